"""How a figure came about, step by step, so that anybody can do the sum again by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.choice import Choice, answers_within, figure_within, open_choice
from skm.figures.computation import unit_figure
from skm.figures.figure import Figure, UnitFigure
from skm.figures.scheme import scheme
from skm.store.database import Database
from skm.survey.organisation import Organisation
from skm.survey.period import MEAN_OF_UNITS

FEE = "U4"  # biaya/tarif: a free service has the highest score there, whatever people think of it


@dataclass(frozen=True)
class Workings:
    """Everything that stands between the answers and the figure, which has its units where it is their mean."""

    choice: Choice
    figure: Figure
    with_aside: ikm.Alternative | None
    steps: ikm.Workings | None
    without_fee: Decimal | None

    @property
    def units(self) -> list[tuple[Organisation, UnitFigure]]:
        """The units in a mean of units, those with answers."""
        return [(self.choice.units[key], unit) for key, unit in (self.figure.units or {}).items()]

    @property
    def silent(self) -> list[Organisation]:
        """The open units without answers."""
        return [unit for key, unit in self.choice.units.items() if key in self.figure.silent]


def show_method(db: Database, choice: Choice) -> Workings:
    """The way to the figure that `overview.show_figures` shows for the same choice."""
    answers = answers_within(db, open_choice(db, choice), choice.span)
    figure = figure_within(db, choice, answers, choice.span)
    if answers.terms.rule == MEAN_OF_UNITS and choice.organisation.kind != "unit":
        figure = replace(figure, units=_units(answers))
    its = scheme(figure.joined[0].instrument) if figure.joined else None
    measure = figure.measure
    return Workings(
        choice=choice,
        figure=figure,
        with_aside=None if choice.states else answers.with_aside(),
        steps=ikm.workings(measure, its) if measure and its else None,
        without_fee=ikm.without(measure, its, FEE) if measure and its else None,
    )


def _units(answers: Answers) -> Mapping[str, UnitFigure]:
    results = {key: answers.of_unit(key, tallies) for key, tallies in answers.by_unit.items()}
    return {key: unit_figure(result) for key, result in results.items() if result.measure}
