"""What to improve first: the lowest elements, where they come from, and how important each element is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from skm import ikm
from skm.figures.choice import Choice
from skm.figures.priorities import Origin, Placed, Priorities, Weak
from skm.web.figures import choices
from skm.web.figures.overview import ChartFiles
from skm.wording import index
from skm.wording.priorities import KINDS, finding, place, share


@dataclass(frozen=True)
class LowElement:
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
    weak: Sequence[LowElement]
    placed: Sequence[tuple[Placed, str]]
    chart: ChartFiles


def priorities_page(priorities: Priorities) -> PrioritiesPage:
    """What to improve first among the chosen answers."""
    result = priorities.figure.result
    return PrioritiesPage(
        headline=index.headline(result),
        finding=finding(priorities),
        n=result.n,
        weak=[_low_element(priorities, one) for one in priorities.weak],
        placed=[(one, place(one.low, one.important)) for one in priorities.placed],
        chart=_chart_files(priorities.choice),
    )


def _low_element(priorities: Priorities, weak: Weak) -> LowElement:
    groups = {"services": weak.services, "units": weak.units, "hours": weak.hours}
    return LowElement(
        element=weak.figure,
        name=priorities.figure.names[weak.figure.code],
        share=share(weak.low),
        groups=[(KINDS[kind], origins) for kind, origins in groups.items() if origins],
    )


def _chart_files(choice: Choice) -> ChartFiles:
    svg, png, csv = (
        url_for(
            "figures.show_quadrant", slug=choice.organisation.slug, extension=extension, **choices.asked()
        )
        for extension in ("svg", "png", "csv")
    )
    alt = "Grafik kepentingan dan nilai setiap unsur; angkanya ada pada tabel di bawah."
    return ChartFiles(svg, png, csv, alt)
