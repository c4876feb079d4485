"""What a change is made of: the groups on both sides, units or within a unit services, and the shock of months."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import fsum

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.choice import Choice
from skm.figures.figure import Result
from skm.figures.results import Known, regime_of
from skm.figures.scheme import scheme, weights_for
from skm.figures.tallies import Tallies, added, count
from skm.store.database import Database
from skm.store.scores import GROUPED_BY
from skm.survey.instrument import Instrument
from skm.survey.period import MEAN_OF_UNITS, Span, year
from skm.survey.states import MONTH

UNITS, SERVICES = "units", "services"
NO_SERVICE = "-"
Asked = tuple[tuple[str, str, tuple[str, ...]], ...]
ByMonth = Mapping[str, Tallies]  # by unit and month, with a space between
Counted = tuple[
    str, tuple[str, ...], list[tuple[ikm.Tally, ikm.Scheme]]
]  # a group, its questionnaires, its parts


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


@dataclass(frozen=True)
class _Group:
    """A group on one side: what its answers come to, and the questionnaires that they are of."""

    side: ikm.Side
    instruments: tuple[str, ...]
    tallies: Tallies


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
    sizes = [(one.side.n, one.side.spread) for some in units for one in some.values()]
    return Mixed(of, _parts(of, groups, sides), _shock(answers, by_month, sizes))


def questions(result: Result, known: Known) -> set[Asked]:
    """What was asked for the index: element, question and answers of each item, once for each way of asking."""
    return _questions(result.instruments, known)


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


def _units(side: Beside, by_month: ByMonth) -> dict[str, _Group]:
    return _groups(side.answers, side.answers.by_unit_in_full, _months_of(side, by_month))


def _services(db: Database, answers: Answers, side: Beside, by_month: ByMonth) -> dict[str, _Group]:
    selection = replace(answers.selection, span=side.span)
    read = open_answers(db, selection, GROUPED_BY, terms=answers.terms, dated=True)
    read = replace(read, known=answers.known, regime=answers.regime, months=side.answers.months)
    tallies = read.full(lambda _, __, service: service or NO_SERVICE)
    return _groups(read, tallies, dict.fromkeys(tallies, _months_of_all(side, by_month)))


def _whole(side: Beside, by_month: ByMonth) -> dict[str, _Group]:
    measure = side.result.measure
    if measure is None or measure.exact is None:
        return {}
    whole = ikm.Side(measure.n, measure.exact, measure.spread, _months_of_all(side, by_month))
    return {"": _Group(whole, side.result.instruments, {})}


def _groups(answers: Answers, tallied: Mapping[str, Tallies], months: Mapping[str, int]) -> dict[str, _Group]:
    """The groups that have an index, with as little as a change needs of each: a city has hundreds."""
    groups: dict[str, _Group] = {}
    for weights, some in _by_weights(answers, tallied).items():
        exact = ikm.index_values([parts for _, _, parts in some], weights)
        for (key, names, parts), value in zip(some, exact, strict=True):
            if value is not None:
                n = sum(tally.n for tally, _ in parts)
                spread = ikm.spread_of(parts, parts[0][1].conventions[weights])
                side = ikm.Side(n, value, spread, months.get(key, 1))
                groups[key] = _Group(side, names, tallied[key])
    return groups


def _by_weights(answers: Answers, tallied: Mapping[str, Tallies]) -> dict[str, list[Counted]]:
    """What each group has in the regime, by the weights that its index is made with."""
    schemes = {
        name: scheme(instrument)
        for name, instrument in answers.known.items()
        if regime_of(instrument) == answers.regime
    }
    by_weights: dict[str, list[Counted]] = defaultdict(list)
    for key, tallies in tallied.items():
        names = tuple(sorted(name for name in tallies.keys() & schemes.keys() if tallies[name].n))
        if names:
            wanted = answers.terms.weights
            if answers.terms.rule == MEAN_OF_UNITS:
                wanted = answers.terms.of_unit(key.partition(" ")[0])
            weights = weights_for(schemes[names[0]], wanted)
            by_weights[weights].append((key, names, [(tallies[name], schemes[name]) for name in names]))
    return by_weights


def _months_of(side: Beside, by_month: ByMonth) -> dict[str, int]:
    """In how many months of a side each unit has answers."""
    numbers: dict[str, int] = defaultdict(int)
    for key in by_month:
        unit, _, month = key.partition(" ")
        numbers[unit] += month in side.months
    return numbers


def _months_of_all(side: Beside, by_month: ByMonth) -> int:
    return max(_months_of(side, by_month).values(), default=1)


def _parts(of: str, groups: Sequence[Mapping[str, _Group]], sides: Sequence[Beside]) -> ikm.Mix | None:
    """The parts of the change from one side to the other; None where no group is on both, asked the same."""
    before, after = groups
    known = sides[0].answers.known
    pairs = [
        (before[key], after[key])
        for key in before
        if key in after and _alike(before[key].instruments, after[key].instruments, known)
    ]
    whole = [side.result.measure.exact if side.result.measure else None for side in sides]
    if not pairs or whole[0] is None or whole[1] is None:
        return None
    equal = of == UNITS and sides[0].answers.terms.rule == MEAN_OF_UNITS
    common = whole[0], whole[1]
    if not len(pairs) == len(before) == len(after):
        common = (
            _together(sides[0].answers, [one for one, _ in pairs], equal=equal),
            _together(sides[1].answers, [other for _, other in pairs], equal=equal),
        )
    return ikm.fixed_mix(
        [(one.side, other.side) for one, other in pairs], common, (whole[0], whole[1]), equal=equal
    )


def _alike(some: Sequence[str], others: Sequence[str], known: Known) -> bool:
    return some == others or _questions(some, known) == _questions(others, known)


def _together(answers: Answers, groups: Sequence[_Group], *, equal: bool) -> Fraction:
    """The exact index of some groups by the rule over units."""
    if equal:
        return ikm.mean_of_units(group.side.exact for group in groups) or Fraction(0)
    brief = [{name: tally.brief for name, tally in group.tallies.items()} for group in groups]
    measure = answers.result(added(brief)).measure
    return (measure.exact if measure else None) or Fraction(0)


def _shock(answers: Answers, by_month: ByMonth, sizes: Sequence[tuple[int, ikm.Spread | None]]) -> ikm.Shock:
    """The shock of months; each month is held against those of its unit, year and questionnaires.

    So what changed from one year to the next is no shock. `sizes` are the respondents and the spread of each unit.
    """
    known = [(n, spread) for n, spread in sizes if spread]
    freedom = fsum(spread.freedom for _, spread in known)
    if not freedom:
        return ikm.Shock()
    a_respondent = fsum(spread.freedom * spread.variance * n for n, spread in known) / freedom
    return ikm.month_shock(_strata(answers, by_month), a_respondent)


def _strata(answers: Answers, by_month: ByMonth) -> list[list[tuple[float, int]]]:
    """The index and the respondents of each month, by unit, year and questionnaires."""
    strata: dict[tuple[str, ...], list[tuple[float, int]]] = defaultdict(list)
    for weights, some in _by_weights(answers, by_month).items():
        values = ikm.index_values([parts for _, _, parts in some], weights)
        for (key, names, parts), value in zip(some, values, strict=True):
            if value is not None:
                unit_and_year = key.rpartition("-")[0]
                n = sum(tally.n for tally, _ in parts)
                strata[unit_and_year, *names].append((float(value), n))
    return list(strata.values())


def _questions(instruments: Sequence[str], known: Known) -> set[Asked]:
    return {_asked(known[name]) for name in instruments}


def _asked(instrument: Instrument) -> Asked:
    elements = instrument.main_index.elements
    return tuple(
        (item.element, item.text["id"], tuple(option["id"] for option in item.options))
        for item in instrument.items
        if item.element in elements
    )
