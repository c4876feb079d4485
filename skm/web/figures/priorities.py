"""What to improve first: the lowest elements, where they come from, and how important each element is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from skm import ikm
from skm.figures.choice import Choice
from skm.figures.priorities import LowElement, Origin, Placed, Priorities
from skm.web.figures import choices
from skm.web.figures.overview import ChartFiles
from skm.wording import index
from skm.wording.priorities import KINDS, advice, finding, share


@dataclass(frozen=True)
class LowElementRow:
    """One of the lowest elements; `share` says how many rate it low, `groups` where it is lowest, by kind."""

    element: ikm.ElementFigure
    name: str
    share: str
    groups: Sequence[tuple[str, Sequence[Origin]]]


@dataclass(frozen=True)
class PrioritiesPage:
    """The lowest elements and where they come from, then all of them by importance, with what that advises."""

    headline: str
    finding: str
    n: int
    lowest: Sequence[LowElementRow]
    placed: Sequence[tuple[Placed, str]]
    chart: ChartFiles


def priorities_page(priorities: Priorities) -> PrioritiesPage:
    """What to improve first among the chosen answers."""
    result = priorities.figure.result
    return PrioritiesPage(
        headline=index.headline(result),
        finding=finding(priorities),
        n=result.n,
        lowest=[_low_element(priorities, one) for one in priorities.lowest],
        placed=[(one, advice(one.low, one.important)) for one in priorities.placed],
        chart=_chart_files(priorities.choice),
    )


def _low_element(priorities: Priorities, low: LowElement) -> LowElementRow:
    groups = {"services": low.services, "units": low.units, "hours": low.hours}
    return LowElementRow(
        element=low.figure,
        name=priorities.figure.names[low.figure.code],
        share=share(low.low),
        groups=[(KINDS[kind], origins) for kind, origins in groups.items() if origins],
    )


def _chart_files(choice: Choice) -> ChartFiles:
    svg, png, csv = (
        url_for(
            "figures.show_quadrant", slug=choice.organisation.slug, extension=extension, **choices.asked()
        )
        for extension in ("svg", "png", "csv")
    )
    alt = "Grafik kepentingan dan IKM setiap unsur; angkanya ada pada tabel di bawah."
    return ChartFiles(svg, png, csv, alt)
