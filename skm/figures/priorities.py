"""What to improve first: what each element holds the index back by, what chance could order, and where it is from."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.choice import Choice, answers_within, figure_within, open_choice
from skm.figures.driving import find_drivers
from skm.figures.figure import Figure, Result
from skm.figures.method import FEE
from skm.figures.recorded import follows_record
from skm.figures.scheme import scheme
from skm.figures.tallies import Tallies
from skm.store import organisations
from skm.store.database import Database
from skm.store.scores import UNIT_MONTH
from skm.survey.period import MEAN_OF_UNITS
from skm.survey.small_cells import K

SHOWN = 3  # groups for an element, and elements with their groups


@dataclass(frozen=True)
class Origin:
    """A group's value of one element, beside the value of all; `name` is a service, an hour or a unit."""

    name: str
    figure: ikm.ElementFigure
    low: ikm.Share
    n: int


@dataclass(frozen=True)
class LowElement:
    """One of the elements that hold the index back most: the share of 1 and 2, and where it is lowest."""

    figure: ikm.ElementFigure
    low: ikm.Share
    services: Sequence[Origin]
    hours: Sequence[Origin]
    units: Sequence[Origin]


@dataclass(frozen=True)
class Priorities:
    """What to improve first.

    `gains` are the elements by what they hold the index back by, `low` the shares of 1 and 2 by element; `without` are
    elements left out, because every service is free. `next_alone` says that after the first element, which stands
    alone, the second one does so too. `drivers` is None where nobody was asked for the service as a whole.
    """

    choice: Choice
    figure: Figure
    gains: Sequence[ikm.Gain]
    low: Mapping[str, ikm.Share]
    lowest: Sequence[LowElement]
    without: Sequence[str]
    next_alone: bool
    drivers: ikm.Drivers | None = None

    @property
    def first(self) -> list[ikm.Gain]:
        """Those that may be the one to improve first: a single one, or a set that cannot be told apart."""
        return [gain for gain in self.gains if gain.first]

    @property
    def comparable(self) -> bool:
        """Whether there are answers and days enough to tell any two elements apart."""
        return any(gain.margin is not None for gain in self.gains)


@dataclass(frozen=True)
class _Group:
    """Answers in groups of one kind: the key of each by the values of `answers.by`, None for others; and its name."""

    answers: Answers
    key: Callable[..., str | None]
    name: Callable[[str], str]

    def results(self) -> dict[str, Result]:
        """The index of each group, without an interval."""
        by_key = self.answers.by_unit if self.answers.by == UNIT_MONTH else self.answers.brief(self.key)
        return {key: self.answers.result(tallies) for key, tallies in by_key.items()}

    def full(self, keys: Container[str]) -> dict[str, Tallies]:
        """The full tallies of some groups."""
        return self.answers.full(lambda *values: key if (key := self.key(*values)) in keys else None)


def show_priorities(db: Database, choice: Choice) -> Priorities:
    """What to improve first, for the answers that `overview.show_figures` shows for the same choice."""
    shown = _read(db, choice)
    return shown if follows_record(choice, shown.figure) else _read(db, choice.running)


def _read(db: Database, choice: Choice) -> Priorities:
    answers = answers_within(db, open_choice(db, choice), choice.span)
    figure = figure_within(db, choice, answers, choice.span)
    without = (FEE,) if _is_free(db, choice) else ()
    gains, next_alone = _gains(answers, figure, without)
    low = {gain.figure.code: _low(figure, gain.figure.code, answers.pooled) for gain in gains}
    behind = [gain.figure for gain in gains if gain.points > gains[-1].points][:SHOWN]
    return Priorities(
        choice=choice,
        figure=figure,
        gains=gains,
        low=low,
        lowest=_low_elements(figure, behind, low, _groups(db, choice, answers)) if behind else (),
        without=without,
        next_alone=next_alone,
        drivers=find_drivers(answers, figure.result.instruments),
    )


def _is_free(db: Database, choice: Choice) -> bool:
    """Whether nobody paid for anything that was asked about."""
    if choice.service:
        return choice.service.free_of_charge
    services = [
        each
        for each in organisations.all_services(db, choice.organisation.path)
        if each.unit_id in choice.units
    ]
    return bool(services) and all(service.free_of_charge for service in services)


def _gains(answers: Answers, figure: Figure, without: Sequence[str]) -> tuple[Sequence[ikm.Gain], bool]:
    """The elements by what they hold the index back by; whether the second stands alone behind the first."""
    if figure.measure is None:
        return (), False
    spacing, scale = _spacing(answers, figure), figure.joined[0].instrument.scale
    order = partial(ikm.gains, figure.result.elements, figure.weights, spacing, scale)
    gains = order(without=without)
    if sum(gain.first for gain in gains) != 1:
        return gains, False
    others = order(without=[*without, gains[0].figure.code])
    return gains, sum(gain.first for gain in others) == 1


def _spacing(answers: Answers, figure: Figure) -> Callable[[Mapping[str, float]], ikm.Spaced | None]:
    """How far chance moves a difference of elements, by the rule over units that the figure follows."""
    schemes = {name: scheme(answers.known[name]) for name in figure.result.instruments}

    def parts(tallies: Tallies) -> list[tuple[ikm.Tally, ikm.Scheme]]:
        return [(tallies[name], schemes[name]) for name in schemes if name in tallies and tallies[name].n]

    if figure.terms.rule == MEAN_OF_UNITS and len(answers.by_unit) > 1:
        units = [own for tallies in answers.by_unit.values() if (own := parts(tallies))]
        return partial(ikm.mean_spaced, [ikm.joint_of(own) for own in units])
    pooled = ikm.joint_of(parts(answers.pooled))
    return lambda contrast: pooled.spaced(contrast) if pooled else None


def _groups(db: Database, choice: Choice, answers: Answers) -> dict[str, _Group]:
    """The answers by unit; within a unit by service and by hour: units have no queue in common."""
    if choice.organisation.kind != "unit":
        return {"units": _Group(answers, lambda unit, _: str(unit), lambda unit: choice.units[unit].name)}
    if choice.states:
        return {}

    def opened(column: str) -> Answers:
        read = open_answers(db, choice.chosen, ("unit_id", column), answers.terms)
        return replace(read, regime=answers.regime)

    hours = _Group(opened("local_hour"), lambda _, hour: str(hour), _hour)
    if choice.service:
        return {"hours": hours}
    names = {service.id: service.name for service in choice.services}
    services = _Group(
        opened("service_id"), lambda _, key: key if key in names else None, lambda key: names[key]
    )
    return {"hours": hours, "services": services}


def _hour(hour: str) -> str:
    return f"{hour:0>2}.00–{hour:0>2}.59"


def _low_elements(
    figure: Figure,
    elements: Sequence[ikm.ElementFigure],
    low: Mapping[str, ikm.Share],
    groups: Mapping[str, _Group],
) -> list[LowElement]:
    origins = {kind: _origins(figure, elements, group) for kind, group in groups.items()}
    return [
        LowElement(
            element,
            low[element.code],
            *(origins.get(kind, {}).get(element.code, ()) for kind in ("services", "hours", "units")),
        )
        for element in elements
    ]


def _origins(figure: Figure, elements: Sequence[ikm.ElementFigure], group: _Group) -> dict[str, list[Origin]]:
    """Per element the groups that lie below the whole, the lowest first; none with fewer than K answers."""
    results = group.results()
    lowest = {element.code: _lowest(results, element) for element in elements}
    full = group.full({key for origins in lowest.values() for key, _ in origins})
    return {
        code: [
            Origin(group.name(key), its, _low(figure, code, full[key]), results[key].n)
            for key, its in origins
        ]
        for code, origins in lowest.items()
    }


def _lowest(results: Mapping[str, Result], element: ikm.ElementFigure) -> list[tuple[str, ikm.ElementFigure]]:
    found = [
        (name, its)
        for name, result in results.items()
        for its in result.elements
        if its.code == element.code and its.n >= K and _value(its) < _value(element)
    ]
    return sorted(found, key=lambda one: _value(one[1]))[:SHOWN]


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
