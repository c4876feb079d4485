"""What each element holds the index back by: bars, the largest first, those that may be the first to improve marked."""

from skm.i18n.formats import NO_DATA, number
from skm.output.charts import style
from skm.output.charts.shapes import GainBar, GainChart
from skm.output.document import Document

_LEFT, _RIGHT = style.MARGIN, style.WIDTH - style.MARGIN - 62
_MARK = "▼"


def gain_chart(chart: GainChart, format: str = "svg") -> Document:
    """Horizontal bars from zero, in points of the index; "svg" or "png"."""
    with style.drawing() as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 25
        if not chart.bars:
            picture.text(style.WIDTH / 2, (top + style.HEIGHT) / 2, NO_DATA, style.TITLE, ha="center")
        if any(bar.first for bar in chart.bars):
            words = "mungkin yang pertama" if sum(bar.first for bar in chart.bars) > 1 else "yang pertama"
            picture.text(_LEFT, top - 6, _MARK, style.SMALL, color=style.VERMILLION)
            picture.text(_LEFT + 14, top - 6, words, style.SMALL, color=style.MUTED)
        height = min(36.0, (style.HEIGHT - 6 - top) / max(1, len(chart.bars)))
        most = max((bar.points for bar in chart.bars), default=0) or 1
        for row, bar in enumerate(chart.bars):
            _draw_row(picture, bar, float(bar.points / most), top + height * row, height)
        return picture.document("grafik-prioritas", format)


def _draw_row(picture: style.Picture, bar: GainBar, share: float, top: float, height: float) -> None:
    size = min(style.TEXT, height * 0.62)
    rail = top + size * 1.12
    foot = rail + height * 0.26
    picture.text(_LEFT, top + size * 0.9, bar.figure.code, size, strong=True)
    [name] = style.wrapped(bar.name, _RIGHT - _LEFT - 26, size, strong=bar.first) or [""]
    picture.text(_LEFT + 26, top + size * 0.9, name, size, strong=bar.first)
    picture.box(_LEFT, rail, _RIGHT, foot, style.RAIL)
    picture.box(
        _LEFT, rail, _LEFT + share * (_RIGHT - _LEFT), foot, style.VERMILLION if bar.first else style.BLUE
    )
    if bar.first:
        picture.text(_RIGHT + 7, foot, _MARK, style.SMALL, color=style.VERMILLION)
    picture.text(style.WIDTH - style.MARGIN, foot, number(bar.points), 14.5, strong=True, ha="right")
