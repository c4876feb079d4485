"""An index over time: a line that stops where nobody answered and where the instrument changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from skm.i18n.formats import NO_DATA, count, number
from skm.ikm import BOUNDS
from skm.output.charts import style
from skm.output.charts.shapes import Break, Point, TrendChart
from skm.output.document import Document

_LEFT, _RIGHT = style.MARGIN + 24, style.WIDTH - style.MARGIN - 96  # room for the last value and the bounds
_STEPS = (1, 2, 3, 4, 6, 12)
_UNDER: dict[str, Any] = {"size": style.SMALL, "color": style.MUTED, "ha": "center"}
_CLEAR = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1}  # keeps lines out of the figures


@dataclass(frozen=True)
class _Plane:
    """Where periods and values lie on the picture, in points; low and high end the axis of values."""

    top: float
    bottom: float
    low: int
    high: int
    cells: int

    def x(self, index: float) -> float:
        """The middle of a period's cell; a cell has the width of the plane divided by the periods."""
        return _LEFT + (index + 0.5) * self.cell

    def y(self, value: Decimal | int) -> float:
        share = (min(max(float(value), self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    @property
    def cell(self) -> float:
        return (_RIGHT - _LEFT) / max(1, self.cells)


def trend_chart(chart: TrendChart, format: str = "svg") -> Document:
    """Line, interval band, gaps, n under the points, breaks and grade bounds; "svg" or "png"."""
    low, high = value_range(chart.points)
    with style.drawing() as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 10 + 16 * min(2, len(chart.breaks))
        plane = _Plane(top, style.HEIGHT - 64, low, high, len(chart.points))
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
        _draw_note(picture, chart.points, low, high)
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
        picture.line((_LEFT, _RIGHT), (y, y))
        picture.text(_LEFT - 6, y + 4, str(value), style.SMALL, color=style.MUTED, ha="right")


def _draw_bounds(picture: style.Picture, plane: _Plane) -> None:
    for letter in "CBA":
        bound = BOUNDS[letter][0]
        if plane.low < bound < plane.high:
            y, edge = plane.y(bound), style.WIDTH - style.MARGIN
            picture.line((_LEFT, edge - 50), (y, y), color=style.MUTED, linewidth=0.9)
            picture.text(edge, y + 4, f"{letter} {number(bound)}", style.SMALL, color=style.MUTED, ha="right")


def _draw_break(picture: style.Picture, plane: _Plane, change: Break, lift: float) -> None:
    x, edge = plane.x(change.before - 0.5), style.WIDTH - style.MARGIN
    look = {"color": style.INK, "linewidth": 1.2, "linestyle": (0, (1, 2))}
    picture.line((x, x), (plane.top - 16 - lift, plane.bottom), **look)
    [words] = style.wrapped(change.words, max(x, edge - x) - 20, style.SMALL) or [""]
    fits = x + 5 + style.text_width(words, style.SMALL) <= edge
    side, shift = ("left", 5) if fits else ("right", -5)
    picture.text(x + shift, plane.top - 7 - lift, words, style.SMALL, ha=side, bbox=_CLEAR)


def _draw_run(picture: style.Picture, plane: _Plane, points: Sequence[Point], run: range) -> None:
    _draw_band(picture, plane, points, run)
    values = [(plane.x(i), plane.y(value)) for i in run if (value := points[i].value) is not None]
    size = max(2.5, min(7.0, plane.cell * 0.42))
    xs, ys = zip(*values, strict=True)
    picture.line(xs, ys, color=style.BLUE, linewidth=2, marker="o", markersize=size, solid_joinstyle="round")


def _draw_band(picture: style.Picture, plane: _Plane, points: Sequence[Point], run: range) -> None:
    band = [
        (plane.x(i), plane.y(low), plane.y(high))
        for i in run
        if (low := points[i].low) is not None and (high := points[i].high) is not None
    ]
    if len(band) == 1:  # a band needs two periods; one alone keeps its interval as an upright bar
        [(x, low_y, high_y)] = band
        picture.line((x, x), (low_y, high_y), color=style.BLUE, alpha=0.3, linewidth=3)
    elif band:
        xs, lows, highs = zip(*band, strict=True)
        picture.area(xs + xs[::-1], lows + highs[::-1], color=style.BLUE, alpha=0.16)


def _draw_last_value(picture: style.Picture, plane: _Plane, points: Sequence[Point]) -> None:
    drawn = [(i, point.value) for i, point in enumerate(points) if point.value is not None]
    if not drawn:
        middle = (plane.top + plane.bottom) / 2
        picture.text((_LEFT + _RIGHT) / 2, middle, NO_DATA, style.TITLE, ha="center", bbox=_CLEAR)
        return
    last, value = drawn[-1]
    look = {"strong": True, "color": style.BLUE, "bbox": _CLEAR}
    picture.text(plane.x(last) + 8, plane.y(value) + 5, number(value), 16, **look)


def _draw_labels(picture: style.Picture, plane: _Plane, points: Sequence[Point]) -> None:
    labels, numbers = [point.label for point in points], [count(point.n) for point in points]
    step = step_between([*labels, *numbers], plane.cell)
    for index in _labelled(points, step):
        picture.line((plane.x(index),) * 2, (plane.bottom, plane.bottom + 4), color=style.MUTED)
        picture.text(plane.x(index), plane.bottom + 17, labels[index], **_UNDER)
    # Every labelled period has its n; between them as many more as find room.
    closer = next(part for part in _STEPS if step % part == 0 and step_between(numbers, plane.cell) <= part)
    sign = "n " if step_between([f"n {number}" for number in numbers], plane.cell) <= closer else ""
    for index in _labelled(points, closer):
        picture.text(plane.x(index), plane.bottom + 32, sign + numbers[index], **_UNDER)
    if not sign:
        picture.text(_LEFT - 6, plane.bottom + 32, "n", style.SMALL, color=style.MUTED, ha="right")


def _labelled(points: Sequence[Point], step: int) -> range:
    return range((len(points) - 1) % step, len(points), step)  # the newest always has its label


def step_between(words: Sequence[str], cell: float) -> int:
    """Every how many periods a label is written so that none touches the next; `cell` in points."""
    widest = max((style.text_width(word, style.SMALL) for word in words), default=0)
    return next((step for step in _STEPS if widest + 7 <= step * cell), _STEPS[-1])


def _draw_note(picture: style.Picture, points: Sequence[Point], low: int, high: int) -> None:
    words = f"Sumbu IKM {low}–{high} dari skala 25–100."
    if any(point.low is not None for point in points):
        words += " Pita: selang kepercayaan 95 %."
    picture.text(_LEFT, style.HEIGHT - 11, words, style.SMALL, color=style.MUTED)
