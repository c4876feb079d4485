"""What a change is made of: the groups on both sides, units or within a unit services, and the shock of months."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.choice import Choice
from skm.figures.figure import Result
from skm.figures.sides import ByMonth, Group, groups_of, parts_of, shock_of
from skm.figures.tallies import Tallies, count
from skm.store.database import Database
from skm.store.scores import GROUPED_BY, Mark
from skm.survey.period import MEAN_OF_UNITS, Span, year
from skm.survey.states import MONTH

UNITS, SERVICES = "units", "services"
NO_SERVICE = "-"


@dataclass(frozen=True)
class Beside:
    """One of the two sides that are compared: its answers, what they come to, and the months that count."""

    answers: Answers
    result: Result
    span: Span
    months: frozenset[str]


@dataclass(frozen=True)
class Mixed:
    """The parts of a change by its groups `of` UNITS or SERVICES, and the shock of months.

    `parts` are None where no group is on both sides.
    """

    of: str
    parts: ikm.Mix | None
    shock: ikm.Shock


def read_mix(db: Database, choice: Choice, answers: Answers, sides: Sequence[Beside]) -> Mixed:
    """What the change of an organisation is made of.

    The services of a unit are read for whoever may read single answers: states are not of services. Months are those
    of the years in which both sides lie.
    """
    of = SERVICES if choice.organisation.kind == "unit" else UNITS
    by_month = _by_month(answers, sides)
    whole = [_whole(side, by_month) for side in sides]
    if of == UNITS:
        groups = [_units(side, by_month) for side in sides]
    elif len(choice.services) > 1 and not (choice.states or choice.service):
        groups = [_services(db, answers, side, by_month) for side in sides]
    else:
        groups = whole
    units = groups if of == UNITS else whole
    scatter = [one.side for some in units for one in some.values()]
    equal = of == UNITS and answers.terms.rule == MEAN_OF_UNITS
    both = [(some[""].side.n, some[""].side.exact) for some in whole]
    return Mixed(of, parts_of(answers, groups, both, equal=equal), shock_of(answers, by_month, scatter))


def _by_month(answers: Answers, sides: Sequence[Beside]) -> dict[str, Tallies]:
    """Brief tallies of each unit in each month of the years in which the sides lie."""
    years = sorted({int(month[:4]) for side in sides for month in side.span.months})
    months = [month for number in years for month in year(number).months]
    some = replace(answers.within(months), level=MONTH)
    return {
        key: tallies
        for key, tallies in some.brief(lambda unit, month: f"{unit} {month}").items()
        if count(tallies)
    }


def _units(side: Beside, by_month: ByMonth) -> dict[str, Group]:
    return groups_of(side.answers, side.answers.by_unit_in_full, _months_of(side, by_month))


def _services(db: Database, answers: Answers, side: Beside, by_month: ByMonth) -> dict[str, Group]:
    selection = replace(answers.selection, span=side.span, until=_mark(answers, side.span))
    read = open_answers(db, selection, GROUPED_BY, terms=answers.terms, dated=True)
    read = replace(read, known=answers.known, regime=answers.regime, months=side.answers.months)
    tallies = read.full(lambda _, __, service: service or NO_SERVICE)
    return groups_of(read, tallies, dict.fromkeys(tallies, _months_of_all(side, by_month)))


def _mark(answers: Answers, months: Span) -> Mark | None:
    """How far the frozen span was read that some months belong to."""
    marks = answers.marks.items()
    return next(
        (mark for span, mark in marks if span.first <= months.first <= months.last <= span.last), None
    )


def _whole(side: Beside, by_month: ByMonth) -> dict[str, Group]:
    measure = side.result.measure
    if measure is None or measure.exact is None:
        raise ValueError("a side without an index is not compared")
    whole = ikm.Side(measure.n, measure.exact, measure.spread, _months_of_all(side, by_month))
    return {"": Group(whole, side.result.instruments, [], measure.length)}


def _months_of(side: Beside, by_month: ByMonth) -> dict[str, int]:
    """In how many months of a side each unit has answers."""
    numbers: dict[str, int] = defaultdict(int)
    for key in by_month:
        unit, _, month = key.partition(" ")
        numbers[unit] += month in side.months
    return numbers


def _months_of_all(side: Beside, by_month: ByMonth) -> int:
    return max(_months_of(side, by_month).values(), default=1)
