"""Figures as the charts draw them: a title that says what is found, then the measure and n."""

from collections.abc import Sequence

from skm import ikm
from skm.figures.figure import Result, lowest
from skm.figures.overview import Figures
from skm.i18n import formats
from skm.output.charts.shapes import Bar, Break, ElementChart, Point, TrendChart
from skm.survey.instrument import say
from skm.survey.period import Span
from skm.web.figures import overview, tables
from skm.wording import spans


def element_chart(figures: Figures, demo: bool) -> ElementChart:
    """The elements of the chosen answers."""
    elements = overview.elements(figures)
    bars = tuple(Bar(r["code"], r["name"], r["value"], r["grade"], r["n"], r["lowest"]) for r in elements)
    measure = figures.result.measure
    weakest = next(iter(lowest(measure)), None) if measure else None
    name = next((row["name"] for row in elements if weakest and row["code"] == weakest.code), "")
    title = (
        f"{name} paling rendah: {formats.number(weakest.value)}"
        if weakest
        else overview.headline(figures.result)
    )
    return ElementChart(title, _subtitle(figures, "Nilai per unsur", spans.name(figures.span)), bars, demo)


def trend_chart(figures: Figures, by: str, demo: bool) -> TrendChart:
    """The course of the index, by `months` or by `years`."""
    points = figures.months if by == "months" else figures.years
    shown = [tables.point(span, result) for span, result in points]
    return TrendChart(
        title=_finding(points),
        subtitle=_subtitle(figures, "IKM per bulan" if by == "months" else "IKM per tahun", ""),
        points=tuple(Point(r["label"], r["n"], r["index"], r["low"], r["high"]) for r in shown),
        breaks=tuple(_breaks(figures, [result for _, result in points])),
        demo=demo,
    )


def _finding(points: Sequence[tuple[Span, Result]]) -> str:
    """The newest index, and how it differs from the one before it."""
    measures = [(tables.label(span), result.measure) for span, result in points if result.measure]
    answered = [(label, measure) for label, measure in measures if measure.index is not None]
    if not answered:
        return "Belum ada data"
    label, last = answered[-1]
    found = f"IKM {formats.number(last.index)} pada {label}"
    steps = [overview.change(ikm.change(measure, last), earlier) for earlier, measure in answered[-2:-1]]
    return ", ".join([found, *filter(None, steps)])


def _subtitle(figures: Figures, measure: str, when: str) -> str:
    service = figures.service.name if figures.service else ""
    number = f"n = {formats.count(figures.result.n)}" if when else ""
    return " · ".join(part for part in (figures.organisation.name, service, measure, when, number) if part)


def _breaks(figures: Figures, results: list[Result]) -> list[Break]:
    """Where the instrument changed between two points with answers."""
    found: list[Break] = []
    before: set[str] = set()
    for place, result in enumerate(results):
        asked = {*result.instruments, *result.others}
        if asked and before and asked != before:
            titles = {say(figures.instruments[name].title, "id") for name in asked}
            found.append(Break(place, f"Kuesioner: {', '.join(sorted(titles))}"))
        before = asked or before
    return found
