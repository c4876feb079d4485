"""Importance beside performance: which elements to improve first, keep, or leave as they are."""

from collections.abc import Callable
from decimal import Decimal

from skm.figures.priorities import Placed
from skm.i18n.formats import NO_DATA, number
from skm.output.charts import style
from skm.output.charts.shapes import QuadrantChart
from skm.output.document import Document

_LEFT, _RIGHT, _BOTTOM = style.MARGIN + 40, style.WIDTH - style.MARGIN - 8, style.HEIGHT - 42
_CORNERS = (
    ("Perbaiki dulu", "left", True),
    ("Pertahankan", "right", True),
    ("Prioritas rendah", "left", False),
)
Box = tuple[float, float, float, float]  # left, top, right, bottom


def quadrant_chart(chart: QuadrantChart, format: str = "svg") -> Document:
    """Elements by value (across) and importance (up), with the means of both as the lines between; "svg" or "png"."""
    with style.drawing() as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 14
        if len(chart.placed) < 2:
            picture.text((_LEFT + _RIGHT) / 2, (top + _BOTTOM) / 2, NO_DATA, style.TITLE, ha="center")
        else:
            _draw(picture, chart.placed, top)
        return picture.document("grafik-prioritas", format)


def _draw(picture: style.Picture, placed: tuple[Placed, ...], top: float) -> None:
    values = [float(element.figure.value or 0) for element in placed]
    weights = [element.importance for element in placed]
    x_of = _axis(values, _LEFT, _RIGHT)
    y_of = _axis(weights, _BOTTOM, top)
    x, y = x_of(sum(values) / len(values)), y_of(sum(weights) / len(weights))
    picture.box(_LEFT, top, x, y, "#f7ece4")
    for ends in (((_LEFT, _RIGHT), (y, y)), ((x, x), (top, _BOTTOM))):
        picture.line(*ends, color=style.MUTED, linewidth=0.9)
    _draw_frame(picture, top, values)
    places = [(x_of(value), y_of(weight)) for value, weight in zip(values, weights, strict=True)]
    taken = [_box(*place, 7, 7) for place in places]
    for element, place in zip(placed, places, strict=True):
        first = place[0] < x and place[1] < y
        color = style.VERMILLION if first else style.BLUE
        marker = "D" if first else "o"
        picture.line(*[[at] for at in place], color=color, marker=marker, markersize=6, zorder=4)
        left, base = _label(*place, style.text_width(element.figure.code, style.SMALL, first), taken)
        picture.text(left, base, element.figure.code, style.SMALL, strong=first, color=color)


def _label(x: float, y: float, width: float, taken: list[Box]) -> tuple[float, float]:
    """Where a label stands free of marks and of the labels before it: to the right, if it can."""
    places = [(x + 7, y + 4), (x - 7 - width, y + 4), (x - width / 2, y - 8), (x - width / 2, y + 17)]
    boxes = [_box(left + width / 2, base - 4, width, 11) for left, base in places]
    free = (i for i, box in enumerate(boxes) if not any(_meet(box, other) for other in taken))
    chosen = next(free, 0)
    taken.append(boxes[chosen])
    return places[chosen]


def _box(x: float, y: float, width: float, height: float) -> Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _draw_frame(picture: style.Picture, top: float, values: list[float]) -> None:
    for words, side, above in _CORNERS:
        place = _LEFT + 6 if side == "left" else _RIGHT - 6
        picture.text(
            place, top + 14 if above else _BOTTOM - 6, words, style.SMALL, color=style.MUTED, ha=side
        )
    picture.line((_LEFT, _RIGHT), (_BOTTOM, _BOTTOM))
    picture.line((_LEFT, _LEFT), (top, _BOTTOM))
    picture.text(
        _LEFT, _BOTTOM + 16, f"IKM unsur {number(_shown(min(values)))}", style.SMALL, color=style.MUTED
    )
    picture.text(
        _RIGHT, _BOTTOM + 16, number(_shown(max(values))), style.SMALL, color=style.MUTED, ha="right"
    )
    words = "Mendatar: IKM unsur. Tegak: kepentingan (korelasi dengan penilaian keseluruhan)."
    picture.text(style.MARGIN, style.HEIGHT - 8, words, style.SMALL, color=style.MUTED)


def _axis(values: list[float], low: float, high: float) -> Callable[[float], float]:
    """From a value to its place, with some room at both ends."""
    least, most = min(values), max(values)
    room = (most - least) * 0.12 or 1.0
    return lambda value: low + (value - least + room) / (most - least + 2 * room) * (high - low)


def _shown(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")
