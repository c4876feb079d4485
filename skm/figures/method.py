"""How a figure came about, step by step, live or frozen, so that anybody can do the sum again by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.choice import Choice, answers_within, figure_within, open_choice
from skm.figures.computation import unit_figure
from skm.figures.figure import Figure, UnitFigure
from skm.figures.frozen import FrozenFigure, read_figure
from skm.figures.recorded import follows_record
from skm.figures.results import Regime, regime_of
from skm.figures.scheme import scheme
from skm.store.database import Database
from skm.survey.organisation import Organisation
from skm.survey.period import MEAN_OF_UNITS

FEE = "U4"  # biaya/tarif: a free service has the highest score there, whatever people think of it


@dataclass(frozen=True)
class Workings:
    """Everything that stands between the answers and the figure.

    Where it is the `mean` of units, `units` are those in it, by name: none where a record does not tell which they are.
    `silent` are the names of those without answers. `choice` is what was read, None for the figure of a record, which
    does not know its index `with_aside`.
    """

    organisation: Organisation
    choice: Choice | None
    figure: Figure
    with_aside: ikm.Alternative | None
    steps: ikm.Workings | None
    without_fee: Decimal | None
    mean: bool
    units: Sequence[tuple[str, UnitFigure]]
    silent: Sequence[str]


def show_method(db: Database, choice: Choice) -> Workings:
    """The way to the figure that `overview.show_figures` shows for the same choice."""
    workings = _read(db, choice)
    return workings if follows_record(choice, workings.figure) else _read(db, choice.running)


def frozen_method(
    db: Database, frozen: FrozenFigure, organisation: Organisation, own: Mapping[str, str]
) -> Workings:
    """The way to a figure that was frozen, from its record; `own` are the ids of the records of its units, by unit."""
    figure = frozen.figure
    units = _units_of_mean(db, figure, own) if _is_mean(figure, organisation) else None
    return _workings(replace(figure, units=units), organisation, frozen.units)


def _read(db: Database, choice: Choice) -> Workings:
    answers = answers_within(db, open_choice(db, choice), choice.span)
    figure = figure_within(db, choice, answers, choice.span)
    if _is_mean(figure, choice.organisation):
        figure = replace(figure, units=_units(answers))
    names = {key: unit.name for key, unit in choice.units.items()}
    with_aside = None if choice.states else answers.with_aside()
    return _workings(figure, choice.organisation, names, choice, with_aside)


def _workings(
    figure: Figure,
    organisation: Organisation,
    names: Mapping[str, str],
    choice: Choice | None = None,
    with_aside: ikm.Alternative | None = None,
) -> Workings:
    its, measure = scheme(figure.joined[0].instrument) if figure.joined else None, figure.measure
    return Workings(
        organisation=organisation,
        choice=choice,
        figure=figure,
        with_aside=with_aside,
        steps=ikm.workings(measure, its) if measure and its else None,
        without_fee=ikm.without(measure, its, FEE) if measure and its else None,
        mean=figure.units is not None and measure is not None,
        units=[(names[key], unit) for key, unit in (figure.units or {}).items() if unit.n],
        silent=[name for key, name in names.items() if key in figure.silent],
    )


def _is_mean(figure: Figure, organisation: Organisation) -> bool:
    return figure.terms.rule == MEAN_OF_UNITS and organisation.kind != "unit"


def _units_of_mean(db: Database, figure: Figure, own: Mapping[str, str]) -> dict[str, UnitFigure]:
    """The units whose mean a frozen figure is: not those that were asked about other elements.

    A record does not say of what its units were asked; those of the units do. None where even so the mean is another.
    """
    answered = {key: unit for key, unit in (figure.units or {}).items() if unit.n}
    if _come_to(answered, figure) or not figure.joined:
        return answered
    asked = regime_of(figure.joined[0].instrument)
    alike = {key: unit for key, unit in answered.items() if key in own and _regime(db, own[key]) == asked}
    return alike if _come_to(alike, figure) else {}


def _regime(db: Database, snapshot_id: str) -> Regime | None:
    joined = read_figure(db, snapshot_id).figure.joined
    return regime_of(joined[0].instrument) if joined else None


def _come_to(units: Mapping[str, UnitFigure], figure: Figure) -> bool:
    exact = ikm.mean_of_units(unit.exact for unit in units.values())
    return figure.measure is not None and exact == figure.measure.exact


def _units(answers: Answers) -> Mapping[str, UnitFigure]:
    results = {key: answers.of_unit(key, tallies) for key, tallies in answers.by_unit.items()}
    return {key: unit_figure(result) for key, result in results.items() if result.measure}
