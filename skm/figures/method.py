"""How a figure came about, step by step, so that anybody can do the sum again by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm import ikm
from skm.figures.choice import EVERYTHING, Choice, Wish, choose
from skm.figures.figure import Result, Terms
from skm.figures.results import result_of
from skm.figures.scheme import scheme
from skm.figures.tallies import Tallies
from skm.figures.view import Aside, Inside, View, aside
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.organisation import Organisation
from skm.survey.period import MEAN_OF_UNITS

FEE = "U4"  # biaya/tarif: a free service has the highest score there, whatever people think of it


@dataclass(frozen=True)
class Counted:
    """The answers to one questionnaire: how often each item got each score."""

    instrument: Instrument
    scheme: ikm.Scheme
    tally: ikm.Tally


@dataclass(frozen=True)
class UnitValue:
    """One unit in a mean of units: its respondents and its exact index, None without one."""

    name: str
    n: int
    exact: Fraction | None


@dataclass(frozen=True)
class Workings(Choice):
    """Everything that stands between the answers and the figure. `parts` are the questionnaires counted together."""

    terms: Terms
    result: Result
    aside: Aside
    parts: Sequence[Counted]
    steps: ikm.Workings | None
    without_fee: Decimal | None
    units: Sequence[UnitValue]  # only where the figure is the mean of units
    silent: Sequence[Organisation]


def show_method(db: Database, slug: str, wish: Wish = EVERYTHING) -> Workings:
    """The way to the figure that `figures.show_figures` shows for the same wish; raises Problem."""
    choice = choose(db, slug, wish)
    view = choice.view(db)
    inside = view.inside(choice.span)
    result = view.result(inside)
    parts = _parts(view, view.pooled(inside), result)
    return Workings(
        **vars(choice),
        terms=view.terms,
        result=result,
        aside=aside(view, inside),
        parts=parts,
        steps=ikm.workings(result.measure, parts[0].scheme) if result.measure else None,
        without_fee=ikm.without(result.measure, parts[0].scheme, FEE) if result.measure else None,
        units=_units(view, inside) if view.terms.rule == MEAN_OF_UNITS and len(view.units) > 1 else [],
        silent=[unit for key, unit in view.units.items() if not unit.closed and key not in inside.units],
    )


def _parts(view: View, tallies: Tallies, result: Result) -> list[Counted]:
    known = view.answers.known
    return [Counted(known[name], scheme(known[name]), tallies[name]) for name in result.instruments]


def _units(view: View, inside: Inside) -> list[UnitValue]:
    found = [
        (view.units[key].name, result_of(tallies, view.answers.known, view.terms.weights, view.regime))
        for key, tallies in inside.units.items()
    ]
    return [UnitValue(name, result.n, result.measure.exact) for name, result in found if result.measure]
