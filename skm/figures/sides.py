"""The groups that are compared, units or services: what each comes to on one side, and how its months scatter."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

from skm import ikm
from skm.figures.answers import Answers
from skm.figures.results import Known, regime_of
from skm.figures.scheme import scheme, weights_for
from skm.figures.tallies import Tallies, added
from skm.survey.instrument import Instrument
from skm.survey.period import MEAN_OF_UNITS

Asked = tuple[tuple[str, str, tuple[str, ...]], ...]
ByMonth = Mapping[str, Tallies]  # by unit and month, with a space between
Parts = list[tuple[ikm.Tally, ikm.Scheme]]
Counted = tuple[str, tuple[str, ...], Parts]  # a group, its questionnaires, its parts
Whole = tuple[int, Fraction]  # respondents, exact index
Strata = dict[tuple[str, ...], list[tuple[float, int]]]  # the index and the respondents of each month


@dataclass(frozen=True)
class Group:
    """A group on one side: what its answers come to, the questionnaires that they are of, and the answers.

    `length` are the points from the lowest index to the highest.
    """

    side: ikm.Side
    instruments: tuple[str, ...]
    parts: Parts
    length: Fraction


def groups_of(
    answers: Answers, tallied: Mapping[str, Tallies], months: Mapping[str, int]
) -> dict[str, Group]:
    """The groups that have an index, with as little as a change needs of each: a city has hundreds."""
    groups: dict[str, Group] = {}
    for weights, some in parts_by_weights(answers, tallied).items():
        exact = ikm.index_values([parts for _, _, parts in some], weights)
        for (key, names, parts), value in zip(some, exact, strict=True):
            if value is not None:
                n = sum(tally.n for tally, _ in parts)
                own = parts[0][1].conventions[weights]
                side = ikm.Side(n, value, ikm.spread_of(parts, own), months.get(key, 1))
                groups[key] = Group(side, names, parts, ikm.length_of(own, parts[0][1].scale))
    return groups


def parts_of(
    answers: Answers, groups: Sequence[Mapping[str, Group]], whole: Sequence[Whole], *, equal: bool
) -> ikm.Mix | None:
    """The parts of the change from one side to the other; None where no group is on both, asked the same.

    `whole` is what all together come to, also those that have no index by themselves.
    """
    pairs = pairs_of(answers, groups)
    if not pairs:
        return None
    (n, before), (m, after) = whole
    common = before, after
    if [n, m] != [sum(pair[place].side.n for pair in pairs) for place in (0, 1)]:
        common = (
            _together(answers, [one for one, _ in pairs], equal=equal),
            _together(answers, [other for _, other in pairs], equal=equal),
        )
    return ikm.fixed_mix(
        [(one.side, other.side) for one, other in pairs], common, (before, after), equal=equal
    )


def pairs_of(answers: Answers, groups: Sequence[Mapping[str, Group]]) -> list[tuple[Group, Group]]:
    """The groups that are on both sides and were asked the same there."""
    before, after = groups
    return [
        (before[key], after[key])
        for key in before
        if key in after and are_alike(before[key].instruments, after[key].instruments, answers.known)
    ]


def are_alike(some: Sequence[str], others: Sequence[str], known: Known) -> bool:
    """Whether two sets of questionnaires ask the same for the index."""
    return some == others or questions(some, known) == questions(others, known)


def shock_of(answers: Answers, by_month: ByMonth, units: Sequence[ikm.Side]) -> ikm.Shock:
    """The shock of months; each month is held against those of its unit, year and questionnaires.

    So what changed from one year to the next is no shock. `units` say how far the index of one respondent scatters.
    """
    strata: Strata = defaultdict(list)
    for weights, some in parts_by_weights(answers, by_month).items():
        values = ikm.index_values([parts for _, _, parts in some], weights)
        for (key, names, parts), value in zip(some, values, strict=True):
            if value is not None:
                strata[_stratum(key, names)].append((float(value), sum(tally.n for tally, _ in parts)))
    return ikm.month_shock(strata.values(), a_respondent(units))


def element_shocks(
    answers: Answers, by_month: ByMonth, units: Mapping[str, Sequence[ikm.Side]]
) -> dict[str, ikm.Shock]:
    """The same for each element by its code."""
    strata: dict[str, Strata] = {code: defaultdict(list) for code in units}
    for some in parts_by_weights(answers, by_month).values():
        for key, names, parts in some:
            n = sum(tally.n for tally, _ in parts)
            stratum = _stratum(key, names)
            for code, value in ikm.element_numbers(parts):
                if code in strata:
                    strata[code][stratum].append((value, n))
    return {code: ikm.month_shock(strata[code].values(), a_respondent(own)) for code, own in units.items()}


def a_respondent(units: Sequence[ikm.Side]) -> float | None:
    """The variance of the index of one respondent within units; None where no unit has one."""
    known = [(side.n, side.spread) for side in units if side.spread]
    freedom = fsum(spread.freedom for _, spread in known)
    return fsum(spread.freedom * spread.variance * n for n, spread in known) / freedom if freedom else None


def _stratum(key: str, names: tuple[str, ...]) -> tuple[str, ...]:
    unit_and_year = key.rpartition("-")[0]
    return (unit_and_year, *names)


def parts_by_weights(answers: Answers, tallied: Mapping[str, Tallies]) -> dict[str, list[Counted]]:
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


def _together(answers: Answers, groups: Sequence[Group], *, equal: bool) -> Fraction:
    """The exact index of some groups by the rule over units."""
    if equal:
        return ikm.mean_of_units(group.side.exact for group in groups) or Fraction(0)
    brief = [
        {name: tally.brief for name, (tally, _) in zip(group.instruments, group.parts, strict=True)}
        for group in groups
    ]
    measure = answers.result(added(brief)).measure
    return (measure.exact if measure else None) or Fraction(0)


def questions(instruments: Sequence[str], known: Known) -> set[Asked]:
    """What was asked for the index: element, question and answers of each item, once for each way of asking."""
    return {_asked(known[name]) for name in instruments}


def _asked(instrument: Instrument) -> Asked:
    elements = instrument.main_index.elements
    return tuple(
        (item.element, item.text["id"], tuple(option["id"] for option in item.options))
        for item in instrument.items
        if item.element in elements
    )
