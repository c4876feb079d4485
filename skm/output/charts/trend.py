"""An index over time: a line that stops where nobody answered and where the instrument changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from skm.i18n.formats import NO_DATA, count, number
from skm.ikm import BOUNDS
from skm.output.charts import style
from skm.output.charts.look import DAY, PAPER, Look
from skm.output.charts.shapes import Break, Point, TrendChart
from skm.output.document import Document

_STEPS = (1, 2, 3, 4, 6, 12)
_CLEAR = {"facecolor": DAY.paper, "edgecolor": "none", "pad": 1}  # a ground that keeps lines out of letters


@dataclass(frozen=True)
class _Plane:
    """Where periods and values lie on the picture, in points; low and high end the axis of values."""

    left: float
    right: float
    top: float
    bottom: float
    low: int
    high: int
    cells: int

    def x(self, index: float) -> float:
        """The middle of a period's cell; a cell has the width of the plane divided by the periods."""
        return self.left + (index + 0.5) * self.cell

    def y(self, value: Decimal | int) -> float:
        share = (min(max(float(value), self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    @property
    def cell(self) -> float:
        return (self.right - self.left) / max(1, self.cells)


def trend_chart(chart: TrendChart, format: str = "svg", look: Look = PAPER) -> Document:
    """Line, interval band, gaps, n under the points, breaks and grade bounds; "svg" or "png"."""
    low, high = value_range(chart.points)
    with style.drawing(look) as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 10 + 16 * min(2, len(chart.breaks))
        bottom = picture.foot(_note(chart, look, low, high)) - 40
        left, right = look.margin + 24, look.edge - (64 if look.narrow else 96)
        plane = _Plane(left, right, top, bottom, low, high, len(chart.points))
        _draw_grid(picture, plane)
        if chart.graded:
            _draw_bounds(picture, plane)
        for order, change in enumerate(chart.breaks):
            # Neighbours stand at two heights, the earlier one higher, so that their words pass each other.
            _draw_break(picture, plane, change, 16 * ((len(chart.breaks) - 1 - order) % 2))
        for run in runs(chart):
            _draw_run(picture, plane, chart.points, run)
        _draw_last_value(picture, plane, chart.points)
        _draw_labels(picture, plane, chart.points)
        return picture.document("grafik-tren", format)


def value_range(points: Sequence[Point]) -> tuple[int, int]:
    """Ends of the value axis: multiples of 5 around all that is shown, at least 10 apart, within 25–100."""
    shown = [value for point in points for value in (point.low, point.value, point.high) if value is not None]
    if not shown:
        return 25, 100
    low = max(25, floor((min(shown) - 1) / 5) * 5)
    high = min(100, ceil((max(shown) + 1) / 5) * 5)
    if high - low >= 10:
        return low, high
    return (low - 5, high) if low > 25 else (low, high + 5)


def runs(chart: TrendChart) -> Iterator[range]:
    """Stretches of points that one line may join: no month without answers, no break between them."""
    ends = {change.before for change in chart.breaks}
    start = 0
    for index, point in enumerate(chart.points):
        if point.value is None or index in ends:
            yield from _stretch(start, index)
            start = index + (point.value is None)
    yield from _stretch(start, len(chart.points))


def _stretch(start: int, end: int) -> Iterator[range]:
    if start < end:
        yield range(start, end)


def _draw_grid(picture: style.Picture, plane: _Plane) -> None:
    span = plane.high - plane.low
    step = 5 if span <= 25 else 10 if span <= 50 else 25
    for value in range(-(-plane.low // step) * step, plane.high + 1, step):
        y = plane.y(value)
        picture.line((plane.left, plane.right), (y, y))
        picture.small(plane.left - 6, y + 4, str(value), ha="right")


def _bounds(low: int, high: int) -> list[tuple[str, Decimal]]:
    """The grades that begin within the axis, with the value at which each does."""
    return [(letter, BOUNDS[letter][0]) for letter in "CBA" if low < BOUNDS[letter][0] < high]


def _draw_bounds(picture: style.Picture, plane: _Plane) -> None:
    """A line with its letter; its value stands beside it, or where that finds no room, at the foot."""
    look = picture.look
    for letter, bound in _bounds(plane.low, plane.high):
        y, words = plane.y(bound), letter if look.narrow else f"{letter} {number(bound)}"
        end = look.edge - (14 if look.narrow else 50)
        picture.line((plane.left, end), (y, y), color=DAY.muted, linewidth=0.9)
        picture.small(look.edge, y + 4, words, ha="right")


def _draw_break(picture: style.Picture, plane: _Plane, change: Break, lift: float) -> None:
    x, edge, small = plane.x(change.before - 0.5), picture.look.edge, picture.look.small
    manner = {"color": DAY.ink, "linewidth": 1.2, "linestyle": (0, (1, 2))}
    picture.line((x, x), (plane.top - 16 - lift, plane.bottom), **manner)
    [words] = style.wrapped(change.words, max(x, edge - x) - 20, small) or [""]
    fits = x + 5 + style.text_width(words, small) <= edge
    side, shift = ("left", 5) if fits else ("right", -5)
    clear = {"color": DAY.ink, "bbox": _CLEAR}
    picture.small(x + shift, plane.top - 7 - lift, words, ha=side, **clear)


def _draw_run(picture: style.Picture, plane: _Plane, points: Sequence[Point], run: range) -> None:
    _draw_band(picture, plane, points, run)
    values = [(plane.x(i), plane.y(value)) for i in run if (value := points[i].value) is not None]
    size = max(2.5, min(7.0, plane.cell * 0.42))
    xs, ys = zip(*values, strict=True)
    manner = {"linewidth": 2, "marker": "o", "markersize": size, "solid_joinstyle": "round"}
    picture.line(xs, ys, color=DAY.main, **manner)


def _draw_band(picture: style.Picture, plane: _Plane, points: Sequence[Point], run: range) -> None:
    band = [
        (plane.x(i), plane.y(low), plane.y(high))
        for i in run
        if (low := points[i].low) is not None and (high := points[i].high) is not None
    ]
    if len(band) == 1:  # a band needs two periods; one alone keeps its interval as an upright bar
        [(x, low_y, high_y)] = band
        picture.line((x, x), (low_y, high_y), color=DAY.main, alpha=0.3, linewidth=3)
    elif band:
        xs, lows, highs = zip(*band, strict=True)
        picture.area(xs + xs[::-1], lows + highs[::-1], color=DAY.main, alpha=0.16)


def _draw_last_value(picture: style.Picture, plane: _Plane, points: Sequence[Point]) -> None:
    drawn = [(i, point.value) for i, point in enumerate(points) if point.value is not None]
    if not drawn:
        middle = (plane.left + plane.right) / 2, (plane.top + plane.bottom) / 2
        picture.text(*middle, NO_DATA, picture.look.title, ha="center", bbox=_CLEAR)
        return
    last, value = drawn[-1]
    manner = {"strong": True, "color": DAY.main, "bbox": _CLEAR}
    picture.text(plane.x(last) + 8, plane.y(value) + 5, number(value), 16, **manner)


def _draw_labels(picture: style.Picture, plane: _Plane, points: Sequence[Point]) -> None:
    small = picture.look.small
    labels, numbers = [point.label for point in points], [count(point.n) for point in points]
    step = step_between([*labels, *numbers], plane.cell, small)
    for index in _labelled(points, step):
        ticks = plane.bottom, plane.bottom + 4
        picture.line((plane.x(index),) * 2, ticks, color=DAY.muted)
        picture.small(plane.x(index), plane.bottom + 17, labels[index], ha="center")
    # Every labelled period has its n; between them as many more as find room.
    closer = next(
        part for part in _STEPS if step % part == 0 and step_between(numbers, plane.cell, small) <= part
    )
    sign = "n " if step_between([f"n {number}" for number in numbers], plane.cell, small) <= closer else ""
    for index in _labelled(points, closer):
        picture.small(plane.x(index), plane.bottom + 32, sign + numbers[index], ha="center")
    if not sign:
        picture.small(plane.left - 6, plane.bottom + 32, "n", ha="right")


def _labelled(points: Sequence[Point], step: int) -> range:
    return range((len(points) - 1) % step, len(points), step)  # the newest always has its label


def step_between(words: Sequence[str], cell: float, size: float) -> int:
    """Every how many periods a label is written so that none touches the next; `cell` and `size` in points."""
    widest = max((style.text_width(word, size) for word in words), default=0)
    return next((step for step in _STEPS if widest + 7 <= step * cell), _STEPS[-1])


def _note(chart: TrendChart, look: Look, low: int, high: int) -> str:
    """What is to be known of the axis, the band and, where they have no room beside their lines, the bounds."""
    words = [f"Sumbu IKM {low}–{high} dari skala 25–100."]
    if any(point.low is not None for point in chart.points):
        words.append("Pita: selang kepercayaan 95 %.")
    if chart.graded and look.narrow and (bounds := _bounds(low, high)):
        words.append(f"Batas mutu: {' · '.join(f'{letter} {number(bound)}' for letter, bound in bounds)}.")
    return " ".join(words)
