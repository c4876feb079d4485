"""Where a value stands beside a line, so that it covers neither the line nor a bound."""

from collections.abc import Sequence

HALF = 30  # of the width of a value, with the room around it
LETTERS = 15  # the height of its figures
FREE = 8  # between the line and a value
POINT = 16  # from the middle of a point to a value

Place = tuple[float, float]


def baselines(line: Sequence[Place], bounds: Sequence[float]) -> list[float]:
    """For each point the baseline of its value: above or below, whichever is nearer to the point."""
    return [_baseline(line, number, bounds) for number in range(len(line))]


def _baseline(line: Sequence[Place], number: int, bounds: Sequence[float]) -> float:
    y = line[number][1]
    near = _heights(line, number)
    above, below = min(y - POINT, min(near) - FREE), max(y + POINT, max(near) + FREE) + LETTERS
    far_above, far_below = y - above, below - LETTERS - y
    far_above, far_below = far_above + _crossed(above, bounds), far_below + _crossed(below, bounds)
    return round(above if far_above <= far_below else below, 1)


def _crossed(baseline: float, bounds: Sequence[float]) -> float:
    """What a place costs where a bound would go through the value."""
    return 2.0 * LETTERS * any(baseline - LETTERS - 2 <= bound <= baseline + 2 for bound in bounds)


def _heights(line: Sequence[Place], number: int) -> list[float]:
    """How high the line is at the point and as far to both sides as its value reaches."""
    x, y = line[number]
    heights = [y]
    for other_x, other_y in (*line[max(0, number - 1) : number], *line[number + 1 : number + 2]):
        part = min(1.0, HALF / abs(other_x - x))
        heights.append(y + part * (other_y - y))
    return heights
