"""The nine elements as bars: which are strong, which are weakest, and in which grade each lies."""

from decimal import Decimal

from skm.i18n.formats import NO_DATA, number
from skm.ikm import BOUNDS
from skm.output.charts import style
from skm.output.charts.shapes import Bar, ElementChart
from skm.output.document import Document

_LEFT, _RIGHT = style.MARGIN, style.WIDTH - style.MARGIN - 76
_MARK = "▼"


def element_chart(chart: ElementChart, format: str = "svg") -> Document:
    """Horizontal bars on the scale 25 to 100 in list order, the lowest marked; "svg" or "png"."""
    with style.drawing() as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 25
        height = min(36.0, (style.HEIGHT - 6 - top) / max(1, len(chart.bars)))
        if any(bar.lowest for bar in chart.bars):
            picture.text(_LEFT, top - 6, _MARK, style.SMALL, color=style.VERMILLION)
            picture.text(_LEFT + 14, top - 6, "unsur terendah", style.SMALL, color=style.MUTED)
        for row, bar in enumerate(chart.bars):
            _draw_row(picture, bar, top + height * row, height)
        if any(bar.figure.grade for bar in chart.bars):
            _draw_bounds(picture, top, height, len(chart.bars))
        return picture.document("grafik-unsur", format)


def _x(value: Decimal) -> float:
    return _LEFT + float(value - 25) / 75 * (_RIGHT - _LEFT)


def _draw_bounds(picture: style.Picture, top: float, height: float, rows: int) -> None:
    for letter in "CBA":
        bound = BOUNDS[letter][0]
        picture.line((_x(bound), _x(bound)), (top - 16, top - 3), color=style.MUTED)
        picture.text(_x(bound) + 4, top - 6, f"{letter} {number(bound)}", style.SMALL, color=style.MUTED)
        for row in range(rows):  # across the bars only, so that no name is struck through
            rail, foot = _rail(top + height * row, height)
            picture.line((_x(bound), _x(bound)), (rail, foot), color=style.PAPER, linewidth=1.4)


def _size(height: float) -> float:
    return min(style.TEXT, height * 0.62)


def _rail(top: float, height: float) -> tuple[float, float]:
    """Upper and lower edge of the bar in a row."""
    rail = top + _size(height) * 1.12
    return rail, rail + height * 0.26


def _draw_row(picture: style.Picture, bar: Bar, top: float, height: float) -> None:
    size = _size(height)
    baseline = top + size * 0.9
    rail, foot = _rail(top, height)
    picture.text(_LEFT, baseline, bar.figure.code, size, strong=True)
    [name] = style.wrapped(bar.name, _RIGHT - _LEFT - 26, size, strong=bar.lowest) or [""]
    picture.text(_LEFT + 26, baseline, name, size, strong=bar.lowest)
    if bar.figure.value is not None:
        color = style.VERMILLION if bar.lowest else style.BLUE
        picture.box(_LEFT, rail, _RIGHT, foot, style.RAIL)
        picture.box(_LEFT, rail, _x(bar.figure.value), foot, color)
    _draw_value(picture, bar, foot)


def _draw_value(picture: style.Picture, bar: Bar, y: float) -> None:
    edge = style.WIDTH - style.MARGIN
    if bar.figure.value is None:
        picture.text(edge, y, NO_DATA, style.SMALL, color=style.MUTED, ha="right")
        return
    if bar.lowest:
        picture.text(_RIGHT + 7, y, _MARK, style.SMALL, color=style.VERMILLION)
    picture.text(edge - 14, y, number(bar.figure.value), 14.5, strong=True, ha="right")
    picture.text(edge, y, bar.figure.grade or "", 14.5, ha="right")
