"""The nine elements as bars: which are strong, which are weakest, and in which grade each lies."""

from decimal import Decimal

from skm.i18n.formats import NO_DATA, number
from skm.ikm import BOUNDS
from skm.output.charts import style
from skm.output.charts.bars import Bars, bars_on
from skm.output.charts.look import DAY, PAPER, Look
from skm.output.charts.shapes import Bar, ElementChart
from skm.output.document import Document

_BOUNDS = " · ".join(f"{letter} {number(BOUNDS[letter][0])}" for letter in "CBA")


def element_chart(chart: ElementChart, format: str = "svg", look: Look = PAPER) -> Document:
    """Horizontal bars on the scale 25 to 100 in list order, the lowest marked; "svg" or "png"."""
    graded = any(bar.figure.grade for bar in chart.bars)
    with style.drawing(look) as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 25
        bottom = picture.foot(f"Batas mutu: {_BOUNDS}.") if graded and look.narrow else look.height - 6
        bars = bars_on(picture, top, bottom, len(chart.bars))
        if any(bar.lowest for bar in chart.bars):
            bars.key("unsur terendah")
        for row, bar in enumerate(chart.bars):
            _draw_row(bars, bar, row)
        if graded:
            _draw_bounds(bars)
        return picture.document("grafik-unsur", format)


def _share(value: Decimal) -> float:
    """How far along its rail a value lies."""
    return float(value - 25) / 75


def _draw_bounds(bars: Bars) -> None:
    """A tick with its letter over the bars; its value stands beside it, or where that finds no room, at the foot."""
    picture, top = bars.picture, bars.top
    for letter in "CBA":
        x = bars.x(_share(BOUNDS[letter][0]))
        picture.line((x, x), (top - 16, top - 3), color=DAY.muted)
        words = letter if picture.look.narrow else f"{letter} {number(BOUNDS[letter][0])}"
        picture.small(x + 4, top - 6, words)
        for row in range(bars.rows):  # across the bars only, so that no name is struck through
            picture.line((x, x), bars.rail(row), color=DAY.paper, linewidth=1.4)


def _draw_row(bars: Bars, bar: Bar, row: int) -> None:
    value = bar.figure.value
    bars.draw(row, bar.figure.code, bar.name, None if value is None else _share(value), bar.lowest)
    picture, y = bars.picture, bars.rail(row)[1]
    look = picture.look
    if value is None:
        picture.small(look.edge, y, NO_DATA, ha="right")
        return
    picture.text(look.edge - 14, y, number(value), look.strong, strong=True, ha="right")
    picture.text(look.edge, y, bar.figure.grade or "", look.strong, ha="right")
