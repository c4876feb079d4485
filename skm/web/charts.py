"""Figures as the charts draw them: a title that says what is found, then the measure and n."""

from skm.i18n import formats
from skm.output.charts.shapes import Bar, Break, ElementChart, Point, TrendChart
from skm.survey.instrument import say
from skm.usecases.figures import Figures, Result, lowest
from skm.web import figures as words
from skm.web import spans


def element_chart(figures: Figures, demo: bool) -> ElementChart:
    """The elements of the chosen answers."""
    rows = words.elements(figures)
    bars = tuple(Bar(row["code"], row["name"], row["value"], row["grade"], row["n"]) for row in rows)
    measure = figures.result.measure
    weakest = next(iter(lowest(measure)), None) if measure else None
    name = next((row["name"] for row in rows if weakest and row["code"] == weakest.code), "")
    title = f"{name} paling rendah: {formats.number(weakest.value)}" if weakest else "Belum ada data"
    return ElementChart(title, _subtitle(figures, "Nilai per unsur", spans.name(figures.span)), bars, demo)


def trend_chart(figures: Figures, by: str, demo: bool) -> TrendChart:
    """The course of the index, by `months` or by `years`."""
    points = figures.months if by == "months" else figures.years
    rows = [words.point(span, result) for span, result in points]
    answered = [row for row in rows if row["index"] is not None]
    title = "Belum ada data"
    if answered:
        last = answered[-1]
        title = f"IKM {formats.number(last['index'])} pada {last['label']}"
    return TrendChart(
        title=title,
        subtitle=_subtitle(figures, "IKM per bulan" if by == "months" else "IKM per tahun", ""),
        points=tuple(Point(r["label"], r["n"], r["index"], r["low"], r["high"]) for r in rows),
        breaks=tuple(_breaks(figures, [result for _, result in points])),
        demo=demo,
    )


def _subtitle(figures: Figures, measure: str, when: str) -> str:
    service = figures.service.name if figures.service else ""
    number = f"n = {formats.count(figures.result.n)}" if when else ""
    return " · ".join(part for part in (figures.organisation.name, service, measure, when, number) if part)


def _breaks(figures: Figures, results: list[Result]) -> list[Break]:
    """Where the instrument changed between two points with answers."""
    found, before = [], None
    for place, result in enumerate(results):
        if result.instruments and before and set(result.instruments) != set(before):
            titles = {say(figures.instruments[name].title, "id") for name in result.instruments}
            found.append(Break(place, f"Kuesioner: {', '.join(sorted(titles))}"))
        before = result.instruments or before
    return found
