"""The changes of many units in one list: each as on the unit's own page, and which are real is judged together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.choice import Choice, as_recorded, open_choice
from skm.figures.results import main_regime
from skm.figures.sides import Group, Whole, are_alike, element_shocks, groups_of, pairs_of, parts_of, shock_of
from skm.figures.tallies import Tallies, added, count
from skm.store.database import Database
from skm.store.scores import GROUPED_BY
from skm.survey.organisation import Organisation
from skm.survey.period import Span, year
from skm.survey.states import MONTH

Months = tuple[frozenset[str], frozenset[str]]  # of both sides


@dataclass(frozen=True)
class UnitChange:
    """The change of a unit's index, None where nothing can be said, and of its elements by code."""

    index: ikm.Change | None
    elements: Mapping[str, ikm.Change]


@dataclass(frozen=True)
class Changes:
    """The changes of units since an `earlier` span, by id; their indices are judged together, and so are elements."""

    earlier: Span
    units: Mapping[str, UnitChange]

    @property
    def indices(self) -> list[ikm.Change]:
        """Those of the indices that were looked at."""
        return [one.index for one in self.units.values() if one.index and one.index.real is not None]

    @property
    def elements(self) -> list[ikm.Change]:
        """Those of the elements that were looked at."""
        every = (step for one in self.units.values() for step in one.elements.values())
        return [step for step in every if step.real is not None]


def read_changes(db: Database, choice: Choice) -> Changes | None:
    """The changes of all units below an organisation, from the earlier span to the chosen one.

    Each unit is compared over the months in which it has answers in both, as on its own page. None without an earlier
    span, and for spans that cut months.
    """
    now, earlier = choice.span, choice.earlier
    if now is None or earlier is None or now.cuts_months or earlier.cuts_months:
        return None
    answers = _opened(db, choice, earlier, now)
    by_month = _by_month(answers, (earlier, now))
    months = {unit: _both(has, earlier, now) for unit, has in by_month.items()}
    tallied = _tallied(answers, {unit: pair for unit, pair in months.items() if all(pair)})
    found = {
        unit: _changed(
            _of_unit(choice, answers, choice.units[unit], sides[1]), sides, by_month[unit], months[unit]
        )
        for unit, sides in tallied.items()
        if unit in choice.units
    }
    return Changes(earlier, _judged(found))


def _opened(db: Database, choice: Choice, earlier: Span, now: Span) -> Answers:
    """The answers of the years of both spans, by service for whoever may read single answers."""
    if choice.states or choice.field:
        return open_choice(db, choice)
    first, last = sorted([earlier, now], key=lambda span: span.first)
    years = Span("", f"{first.first[:4]}-01", f"{last.last[:4]}-12")
    answers = open_answers(db, replace(choice.selection, span=years), GROUPED_BY, dated=True)
    return as_recorded(db, answers, choice.marks)


def _by_month(answers: Answers, spans: Sequence[Span]) -> dict[str, dict[str, Tallies]]:
    """Brief tallies by unit, then by month, in the years of the spans."""
    years = sorted({int(month[:4]) for span in spans for month in span.months})
    within = answers.within([month for number in years for month in year(number).months])
    by_month: dict[str, dict[str, Tallies]] = defaultdict(dict)
    tallied = replace(within, level=MONTH).brief(lambda unit, month, *_: f"{unit} {month}")
    for key, tallies in tallied.items():
        if count(tallies):
            unit, _, month = key.partition(" ")
            by_month[unit][month] = tallies
    return by_month


def _both(has: Mapping[str, Tallies], earlier: Span, now: Span) -> Months:
    """The months with answers on both sides; all of spans that are not of one length."""
    if len(earlier.months) != len(now.months):
        return frozenset(has.keys() & set(earlier.months)), frozenset(has.keys() & set(now.months))
    both = [(a, b) for a, b in zip(earlier.months, now.months, strict=True) if a in has and b in has]
    return frozenset(a for a, _ in both), frozenset(b for _, b in both)


def _tallied(answers: Answers, months: Mapping[str, Months]) -> dict[str, list[dict[str, Tallies]]]:
    """Full tallies by unit: of each side, by service.

    Units with the same months are read together; what a reader of states is shown depends on the months.
    """
    found: dict[str, list[dict[str, Tallies]]] = {unit: [{}, {}] for unit in months}
    for side in (0, 1):
        alike: dict[frozenset[str], set[str]] = defaultdict(set)
        for unit, pair in months.items():
            alike[pair[side]].add(unit)
        for within, units in alike.items():
            some = answers.within(sorted(within)).full(
                lambda unit, _, service="", units=units: f"{unit} {service or '-'}" if unit in units else None
            )
            for key, tallies in some.items():
                if count(tallies):
                    unit, _, service = key.partition(" ")
                    found[unit][side][service] = tallies
    return found


def _of_unit(choice: Choice, answers: Answers, unit: Organisation, now: Mapping[str, Tallies]) -> Answers:
    """The answers by the terms and in the regime of a unit's own page."""
    numbers = {name: tally.n for name, tally in added(now.values()).items()}
    terms = choice.terms(unit.path, choice.span)
    return replace(answers, terms=terms, regime=main_regime(numbers, answers.known))


def _changed(
    answers: Answers,
    sides: Sequence[Mapping[str, Tallies]],
    by_month: Mapping[str, Tallies],
    months: Months,
) -> UnitChange:
    """The change of a unit, by the calculation of its own page."""
    nothing = UnitChange(None, {})
    numbers = [len(some) for some in months]
    whole = [
        groups_of(answers, {"": added(side.values())}, {"": n})
        for side, n in zip(sides, numbers, strict=True)
    ]
    if not all(whole):
        return nothing
    before, after = (one[""] for one in whole)
    if not are_alike(before.instruments, after.instruments, answers.known):
        return nothing
    if max(len(side) for side in sides) > 1:
        groups = [
            groups_of(answers, side, dict.fromkeys(side, n)) for side, n in zip(sides, numbers, strict=True)
        ]
    else:
        groups = whole
    both: list[Whole] = [(one.side.n, one.side.exact) for one in (before, after)]
    mix = parts_of(answers, groups, both, equal=False)
    if mix is None:
        return nothing
    dated = {f"- {month}": tallies for month, tallies in by_month.items()}
    shock = shock_of(answers, dated, [before.side, after.side])
    index = _step(before.side, after.side, mix, before.length, shock)
    return UnitChange(index, _elements(answers, (before, after), groups, dated))


def _step(before: ikm.Side, after: ikm.Side, mix: ikm.Mix, length: Fraction, shock: ikm.Shock) -> ikm.Change:
    first, second = (ikm.round_half_up(side.exact, 2) for side in (before, after))
    return ikm.change_of(first, second, mix, length, shock)


def _elements(
    answers: Answers,
    whole: tuple[Group, Group],
    groups: Sequence[Mapping[str, Group]],
    by_month: Mapping[str, Tallies],
) -> dict[str, ikm.Change]:
    """The change of each element, with the mix of the same groups fixed and the shock of its own months."""
    before, after = (ikm.element_sides(one.parts, one.side.months) for one in whole)
    pairs = pairs_of(answers, groups)
    alone = len(pairs) == 1 and [pairs[0][side].side.n for side in (0, 1)] == [one.side.n for one in whole]
    own = [[before, after]]
    if not alone:
        own = [[ikm.element_sides(one.parts, one.side.months) for one in pair] for pair in pairs]
    common = [_common(whole[side], [pair[side] for pair in pairs]) for side in (0, 1)]
    units = {code: [before[code], after[code]] for code in before if code in after}
    shocks = element_shocks(answers, by_month, units)
    length = ikm.length_of((Fraction(1),), whole[0].parts[0][1].scale)
    found = {}
    for code, (first, second) in units.items():
        some = [(one[code], other[code]) for one, other in own if code in one and code in other]
        if some:
            both = common[0][code], common[1][code]
            mix = ikm.fixed_mix(some, both, (first.exact, second.exact), equal=False)
            found[code] = _step(first, second, mix, length, shocks[code])
    return found


def _common(whole: Group, groups: Sequence[Group]) -> dict[str, Fraction]:
    """The values of the elements of some groups together."""
    if sum(group.side.n for group in groups) == whole.side.n:
        return ikm.element_values(whole.parts)
    tallies = added(
        {name: tally for name, (tally, _) in zip(group.instruments, group.parts, strict=True)}
        for group in groups
    )
    schemes = {
        name: its for group in groups for name, (_, its) in zip(group.instruments, group.parts, strict=True)
    }
    return ikm.element_values([(tally, schemes[name]) for name, tally in tallies.items()])


def _judged(units: Mapping[str, UnitChange]) -> dict[str, UnitChange]:
    """All changes with the verdicts of a list: the indices together, and all elements of all units together."""
    indices = ikm.judged_together([one.index for one in units.values()])
    places = [(unit, code) for unit, one in units.items() for code in one.elements]
    steps = ikm.judged_together([units[unit].elements[code] for unit, code in places])
    elements: dict[str, dict[str, ikm.Change]] = {unit: {} for unit in units}
    for (unit, code), step in zip(places, steps, strict=True):
        if step is not None:
            elements[unit][code] = step
    return {unit: UnitChange(index, elements[unit]) for unit, index in zip(units, indices, strict=True)}
