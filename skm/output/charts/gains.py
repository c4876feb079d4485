"""What each element holds the index back by: bars, the largest first, those that may be the first to improve marked."""

from skm.i18n.formats import NO_DATA, number
from skm.output.charts import style
from skm.output.charts.bars import bars_on
from skm.output.charts.look import PAPER, Look
from skm.output.charts.shapes import GainChart
from skm.output.document import Document


def gain_chart(chart: GainChart, format: str = "svg", look: Look = PAPER) -> Document:
    """Horizontal bars from zero, in points of the index; "svg" or "png"."""
    with style.drawing(look) as picture:
        top = picture.heading(chart.title, chart.subtitle, chart.demo) + 25
        if not chart.bars:
            picture.text(look.width / 2, (top + look.height) / 2, NO_DATA, look.title, ha="center")
        bars = bars_on(picture, top, look.height - 6, len(chart.bars))
        if any(bar.first for bar in chart.bars):
            several = sum(bar.first for bar in chart.bars) > 1
            bars.key("mungkin yang pertama" if several else "yang pertama")
        most = max((bar.points for bar in chart.bars), default=0) or 1
        for row, bar in enumerate(chart.bars):
            bars.draw(row, bar.figure.code, bar.name, float(bar.points / most), bar.first)
            value = number(bar.points)
            picture.text(look.edge, bars.rail(row)[1], value, look.strong, strong=True, ha="right")
        return picture.document("grafik-prioritas", format)
