"""What to improve first: which elements may be the one, what holds the index back, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm import ikm
from skm.figures.choice import Choice
from skm.figures.priorities import LowElement, Origin, Priorities
from skm.survey.small_cells import K
from skm.web.figures import choices
from skm.web.figures.pictures import ChartFiles, chart_files
from skm.wording import index
from skm.wording.priorities import KINDS, chance, deciding, finding, left_out, share, standing


@dataclass(frozen=True)
class LowElementRow:
    """One of the lowest elements; `share` says how many rate it low, `groups` where it is lowest, by kind."""

    element: ikm.ElementFigure
    name: str
    share: str
    groups: Sequence[tuple[str, Sequence[Origin]]]


@dataclass(frozen=True)
class GainRow:
    """An element, by how many points it holds the index back, and how it stands to the first."""

    element: ikm.ElementFigure
    name: str
    points: Fraction
    low: ikm.Share
    first: bool
    standing: str


@dataclass(frozen=True)
class DriverRow:
    """An element, its part in what all say of the whole (percent), and the chance that it has the largest."""

    code: str
    name: str
    part: Decimal
    chance: str


@dataclass(frozen=True)
class PrioritiesPage:
    """Which elements may be the one to improve first, where they come from, and all of them beside each other."""

    headline: str
    finding: str
    left_out: str
    n: int
    lowest: Sequence[LowElementRow]
    gains: Sequence[GainRow]
    chart: ChartFiles
    deciding: str
    drivers: Sequence[DriverRow]
    few: int = K  # answers that a group needs to be named


def priorities_page(priorities: Priorities) -> PrioritiesPage:
    """What to improve first among the chosen answers."""
    result = priorities.figure.result
    return PrioritiesPage(
        headline=index.headline(result),
        finding=finding(priorities),
        left_out=left_out(priorities),
        n=result.n,
        lowest=[_low_element(priorities, low) for low in priorities.lowest],
        gains=[_gain(priorities, gain) for gain in priorities.gains],
        chart=_chart_files(priorities.choice),
        deciding=deciding(priorities.drivers, priorities.figure.names) if priorities.drivers else "",
        drivers=_drivers(priorities),
    )


def _drivers(priorities: Priorities) -> list[DriverRow]:
    """The elements by their share, the largest first."""
    found = priorities.drivers.elements if priorities.drivers else ()
    return [
        DriverRow(
            one.code, priorities.figure.names[one.code], Decimal(f"{100 * one.share:.1f}"), chance(one.chance)
        )
        for one in sorted(found, key=lambda one: -one.share)
    ]


def _gain(priorities: Priorities, gain: ikm.Gain) -> GainRow:
    code = gain.figure.code
    return GainRow(
        element=gain.figure,
        name=priorities.figure.names[code],
        points=gain.points,
        low=priorities.low[code],
        first=gain.first and priorities.comparable,
        standing=standing(gain, priorities),
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
    alt = "Grafik poin IKM yang masih ditahan setiap unsur; angkanya ada pada tabel di bawah."
    return chart_files("figures.show_gains", alt, {"slug": choice.organisation.slug} | choices.asked())
