"""From figures to the shapes that charts draw: a title that says what is found, then the measure and n."""

from collections.abc import Sequence

from skm import ikm
from skm.figures.figure import Result
from skm.figures.overview import Overview
from skm.figures.priorities import Priorities
from skm.i18n import formats
from skm.output.charts.shapes import Bar, Break, ElementChart, GainBar, GainChart, Point, TrendChart
from skm.survey.instrument import say
from skm.survey.period import Span
from skm.wording import index, spans
from skm.wording.change import change, since
from skm.wording.priorities import finding
from skm.wording.snapshot import BY_RECORD, basis


def chart_of_elements(overview: Overview, demo: bool) -> ElementChart:
    """The elements of the chosen answers."""
    result, names = overview.result, overview.figure.names
    bars = [Bar(element, names[element.code], element in result.lowest) for element in result.elements]
    first = next(iter(result.lowest), None)
    title = (
        f"{names[first.code]} paling rendah: {formats.number(first.value)}"
        if first
        else index.headline(result)
    )
    subtitle = _subtitle(overview, "IKM per unsur", spans.name(overview.choice.span))
    return ElementChart(title, subtitle, tuple(bars), demo)


def chart_of_trend(overview: Overview, by: str, demo: bool) -> TrendChart:
    """The course of the index, by `months` or by `years`."""
    points = overview.months if by == "months" else overview.years
    return TrendChart(
        title=_finding(overview, points),
        subtitle=_subtitle(overview, "IKM per bulan" if by == "months" else "IKM per tahun", ""),
        points=tuple(_point(span, result) for span, result in points),
        breaks=tuple(_breaks(overview, [result for _, result in points])),
        demo=demo,
    )


def chart_of_gains(priorities: Priorities, demo: bool) -> GainChart:
    """What each element holds the index back by."""
    choice, names = priorities.choice, priorities.figure.names
    bars = [
        GainBar(
            figure=gain.figure,
            name=names[gain.figure.code],
            points=ikm.round_half_up(gain.points, 2),
            low=priorities.low[gain.figure.code],
            first=gain.first and priorities.comparable,
        )
        for gain in priorities.gains
    ]
    number = f"n = {formats.count(priorities.figure.n)}"
    parts = ["Poin yang menahan IKM", choice.organisation.name, spans.name(choice.span), number]
    if choice.span in choice.marks:
        parts.append(BY_RECORD)
    return GainChart(finding(priorities).removesuffix("."), " · ".join(parts), tuple(bars), demo)


def _point(span: Span, result: Result) -> Point:
    interval = result.measure.interval if result.measure else None
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Point(spans.label(span), result.n, result.index, low, high)


def _finding(overview: Overview, points: Sequence[tuple[Span, Result]]) -> str:
    """The newest index, and how it differs from the one before it as the page compares them; else with nothing."""
    answered = [(span, result.index) for span, result in points if result.index is not None]
    if not answered:
        return "Belum ada data"
    span, last = answered[-1]
    comparison = overview.comparison if overview.choice.span == span else None
    if len(span.months) == 1:
        comparison = overview.last_months
    step = (
        [change(comparison.step, since(comparison))]
        if comparison and comparison.now.last in span.months
        else []
    )
    return ", ".join([f"IKM {formats.number(last)} pada {spans.label(span)}", *filter(None, step)])


def _subtitle(overview: Overview, measure: str, when: str) -> str:
    choice = overview.choice
    service = choice.service.name if choice.service else ""
    number = f"n = {formats.count(overview.result.n)}" if when else ""
    parts = (choice.organisation.name, service, measure, when, number, basis(overview))
    return " · ".join(part for part in parts if part)


def _breaks(overview: Overview, results: Sequence[Result]) -> list[Break]:
    """Where the instrument changed between two points with answers."""
    breaks: list[Break] = []
    before: set[str] = set()
    for place, result in enumerate(results):
        asked = {*result.instruments, *result.others}
        if asked and before and asked != before:
            titles = {say(overview.instruments[name].title, "id") for name in asked}
            breaks.append(Break(place, f"Kuesioner: {', '.join(sorted(titles))}"))
        before = asked or before
    return breaks
