"""What to improve first: the lowest elements, where they come from, and which of them move people's judgement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.choice import Choice, answers_within, figure_within, open_choice
from skm.figures.figure import Figure
from skm.figures.scheme import scheme
from skm.figures.tallies import Tallies
from skm.store.database import Database

ENOUGH = 5  # respondents; of a smaller group nothing is said
SHOWN = 3  # groups for an element


@dataclass(frozen=True)
class Origin:
    """A group's value of one element, beside the value of all; `name` is a service, an hour or a unit."""

    name: str
    figure: ikm.ElementFigure
    low: ikm.Share
    n: int


@dataclass(frozen=True)
class LowElement:
    """One of the lowest elements: the share of 1 and 2, and where it is lowest."""

    figure: ikm.ElementFigure
    low: ikm.Share
    services: Sequence[Origin]
    hours: Sequence[Origin]
    units: Sequence[Origin]


@dataclass(frozen=True)
class Placed:
    """An element among the others: its importance (-1 to 1), and on which side of the means of both it lies."""

    figure: ikm.ElementFigure
    name: str
    importance: float
    low: bool
    important: bool

    @property
    def first(self) -> bool:
        """Whether it is to be improved first."""
        return self.low and self.important


@dataclass(frozen=True)
class Priorities:
    """What to improve first.

    `importance` is by element, the correlation with respondents' own mean; None where it cannot be said.
    """

    choice: Choice
    figure: Figure
    lowest: Sequence[LowElement]
    importance: Mapping[str, float | None]

    @property
    def placed(self) -> list[Placed]:
        """The elements that have both a value and an importance, in the order of the questionnaire."""
        weighted = [
            (element, element.value, weight)
            for element in self.figure.result.elements
            if element.value is not None and (weight := self.importance.get(element.code)) is not None
        ]
        values, weights = [value for _, value, _ in weighted], [weight for *_, weight in weighted]
        return [
            Placed(
                figure=element,
                name=self.figure.names[element.code],
                importance=weight,
                low=value < sum(values) / len(values),
                important=weight > sum(weights) / len(weights),
            )
            for element, value, weight in weighted
        ]


def show_priorities(db: Database, choice: Choice) -> Priorities:
    """What to improve first, for the answers that `overview.show_figures` shows for the same choice."""
    answers = answers_within(db, open_choice(db, choice), choice.span)
    figure, groups = figure_within(db, choice, answers, choice.span), _groups(db, choice, answers)
    return Priorities(
        choice=choice,
        figure=figure,
        lowest=[_low_element(answers, figure, element, groups) for element in figure.result.lowest],
        importance=_importance(answers, figure),
    )


def _groups(db: Database, choice: Choice, answers: Answers) -> dict[str, dict[str, Tallies]]:
    """The tallies by unit, or within a unit by service, and by hour; a group by its name."""
    selection, terms = replace(choice.selection, span=choice.span), answers.terms
    hours = open_answers(db, selection, ("unit_id", "local_hour"), terms)
    by_hour = hours.full(lambda unit, hour: _hour(hour) if unit in choice.units else None)
    if choice.organisation.kind != "unit":
        units = {choice.units[key].name: tallies for key, tallies in answers.by_unit_in_full.items()}
        return {"units": units, "services": {}, "hours": by_hour}
    names = {service.id: service.name for service in choice.services}
    services = open_answers(db, selection, ("unit_id", "service_id"), terms)
    by_service = services.full(lambda _, service: names.get(service)) if not choice.service else {}
    return {"units": {}, "services": by_service, "hours": by_hour}


def _hour(hour: int) -> str:
    return f"{hour:02}.00–{hour:02}.59"


def _low_element(
    answers: Answers, figure: Figure, element: ikm.ElementFigure, groups: Mapping[str, Mapping[str, Tallies]]
) -> LowElement:
    origins = {kind: _origins(answers, figure, element, tallies) for kind, tallies in groups.items()}
    return LowElement(element, _low(figure, element.code, answers.pooled), **origins)


def _origins(
    answers: Answers, figure: Figure, element: ikm.ElementFigure, groups: Mapping[str, Tallies]
) -> list[Origin]:
    """The groups that lie below the whole, the lowest first; none with fewer than ENOUGH answers."""
    origins = []
    for name, tallies in groups.items():
        result = answers.result(tallies)
        its = next((e for e in result.elements if e.code == element.code), None)
        if its and its.n >= ENOUGH and _value(its) < _value(element):
            origins.append(Origin(name, its, _low(figure, element.code, tallies), result.n))
    return sorted(origins, key=lambda origin: _value(origin.figure))[:SHOWN]


def _value(figure: ikm.ElementFigure) -> Decimal:
    return Decimal(100) if figure.value is None else figure.value


def _low(figure: Figure, element: str, tallies: Tallies) -> ikm.Share:
    """How many of an element's answers lie in the lower half of the scale: 1 and 2 of four."""
    low = answers = 0
    for name in figure.result.instruments:
        instrument, tally = figure.questionnaires[name].instrument, tallies.get(name)
        for place in instrument.positions(element) if tally and tally.counts else ():
            counts = tally.counts[place] if tally and tally.counts else ()
            low += sum(counts[1 : 1 + instrument.scale // 2])
            answers += sum(counts[1:])
    return ikm.Share(low, answers)


def _importance(answers: Answers, figure: Figure) -> dict[str, float | None]:
    parts = [
        (block, scheme(answers.known[name]))
        for name, block in answers.scores().items()
        if name in figure.result.instruments
    ]
    return dict(zip(parts[0][1].codes, ikm.importance(parts), strict=True)) if parts else {}
