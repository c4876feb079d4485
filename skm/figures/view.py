"""One look at an organisation: its answers over the whole time, by unit and month, and what counts inside a span."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from skm import ikm
from skm.figures.figure import Result, Terms
from skm.figures.population import population_of
from skm.figures.results import Regime, main_regime, over_units, result_of, terms_of
from skm.figures.tallies import Answers, Tallies, added, read_answers
from skm.store import organisations
from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.organisation import Organisation
from skm.survey.period import MEAN_OF_UNITS, Span

EVERYBODY = "all"


@dataclass(frozen=True)
class Aside:
    """Answers that were held back or excluded: how many, and the value which the index would have with them."""

    n: int
    with_them: ikm.Alternative | None


@dataclass(frozen=True)
class Inside:
    """The answers of some units within some months, or within all (None)."""

    answers: Answers
    members: Container[str]
    months: Container[str] | None
    rule: str
    span: Span | None = None

    def holds(self, unit: str, at: str) -> bool:
        """Whether the answers of a unit and month are inside."""
        return unit in self.members and (self.months is None or at in self.months)

    @cached_property
    def pooled(self) -> Tallies:
        """All of them together, in full."""
        return self.answers.full(self._everybody).get(EVERYBODY, {})

    @cached_property
    def units(self) -> dict[str, Tallies]:
        """By unit, those with answers only; in full where the mean of units needs their intervals."""
        found = self.full_units if self.rule == MEAN_OF_UNITS else self.answers.brief(self._unit)
        return {unit: tallies for unit, tallies in found.items() if any(t.n for t in tallies.values())}

    @cached_property
    def full_units(self) -> dict[str, Tallies]:
        """By unit, in full."""
        return self.answers.full(self._unit)

    def scores(self) -> dict[str, bytes]:
        """The scores themselves by questionnaire, those that do not count among them."""
        found: dict[str, list[bytes]] = defaultdict(list)
        for (unit, at, name), block in self.answers.blocks.items():
            if self.holds(unit, at):
                found[name].append(block)
        return {name: b"".join(blocks) for name, blocks in found.items()}

    @cached_property
    def not_counted(self) -> Tallies:
        """Those held back or excluded."""
        return self.answers.not_counted(self._everybody).get(EVERYBODY, {})

    def numbers(self) -> dict[str, int]:
        """How many answers each questionnaire has, those that do not count among them."""
        found: dict[str, int] = defaultdict(int)
        for (unit, at, name), block in self.answers.blocks.items():
            if self.holds(unit, at):
                found[name] += len(block) // len(self.answers.known[name].items)
        return dict(found)

    def _unit(self, unit: str, at: str) -> str | None:
        return unit if self.holds(unit, at) else None

    def _everybody(self, unit: str, at: str) -> str | None:
        return EVERYBODY if self.holds(unit, at) else None


@dataclass(frozen=True)
class View:
    """What the parts of one page share. `units` are those that take part: all below, or those of a field."""

    db: Database
    organisation: Organisation
    below: Sequence[Organisation]
    field: str
    fields: Mapping[str, str]
    units: Mapping[str, Organisation]
    wanted: Selection
    answers: Answers
    terms: Terms
    regime: Regime | None

    def inside(self, span: Span | None) -> Inside:
        """The answers within a span; one that cuts months is read by its days."""
        if span is not None and span.cuts_months:
            answers = read_answers(self.db, replace(self.wanted, span=span))
            return Inside(answers, self.units, None, self.terms.rule, span)
        months = None if span is None else frozenset(span.months)
        return Inside(self.answers, self.units, months, self.terms.rule, span)

    def pooled(self, inside: Inside) -> Tallies:
        """The answers inside together, in full: whole months are added up, others counted."""
        if inside.answers is not self.answers:
            return inside.pooled
        chosen = [at for at in self.by_month if inside.months is None or at in inside.months]
        return added([self.by_month[at] for at in chosen])

    def result(self, inside: Inside) -> Result:
        """The result of the answers inside a span, with its interval and the value by the other rule."""
        units = list(inside.units.values())
        known, regime = self.answers.known, self.regime
        return over_units(units, known, self.terms, regime, self.pooled(inside), self._population(inside))

    def _population(self, inside: Inside) -> int | None:
        """The visitors of all units of a span; None until each has a number, and for one service or counter."""
        part_only = self.wanted.service_id or self.wanted.counter_id
        if inside.span is None or part_only:
            return None
        units = [key for key, unit in self.units.items() if key in inside.units or not unit.closed]
        known = population_of(self.db, self.organisation.path, inside.span)
        return sum(known[unit] for unit in units) if units and all(unit in known for unit in units) else None

    def over(self, units: Sequence[Tallies]) -> Result:
        """A result over units by the terms of this view."""
        return over_units(units, self.answers.known, self.terms, self.regime)

    @cached_property
    def by_month(self) -> dict[str, Tallies]:
        """All answers by month, in full: months add up to years."""
        return self.answers.full(lambda unit, at: at if unit in self.units else None)

    def point(self, at: Span) -> Result:
        """One point of a trend: pooled with its interval; as a mean of units without one."""
        if self.terms.rule == MEAN_OF_UNITS and len(self.units) > 1:
            inside = replace(self.inside(at), rule="")
            return self.over(list(inside.units.values()))
        pooled = self.pooled(self.inside(at))
        return result_of(pooled, self.answers.known, self.terms.weights, self.regime)


def open_view(
    db: Database, organisation: Organisation, wanted: Selection, span: Span | None, field: str = ""
) -> View:
    """A view of an organisation, by the terms and in the regime of a span."""
    below = organisations.all_below(db, organisation.path)
    fields = _fields(db, organisation, below)
    units = {o.id: o for o in below if o.kind == "unit" and (not field or fields[o.id] == field)}
    answers = read_answers(db, wanted)
    terms = terms_of(db, organisation, span)
    view = View(db, organisation, below, field, fields, units, wanted, answers, terms, None)
    numbers = view.inside(span).numbers() or view.inside(None).numbers()
    return replace(view, regime=main_regime(numbers, answers.known))


def aside(view: View, inside: Inside) -> Aside:
    """What is held back or excluded inside a span."""
    n = sum(tally.n for tally in inside.not_counted.values())
    if not n:
        return Aside(0, None)
    everyone = result_of(
        added([view.pooled(inside), inside.not_counted]), view.answers.known, view.terms.weights, view.regime
    )
    measure = everyone.measure
    return Aside(n, ikm.Alternative(measure.index, measure.grade) if measure else None)


def _fields(db: Database, top: Organisation, below: Sequence[Organisation]) -> dict[str, str]:
    """The field of every organisation: its own, or that of the nearest one above."""
    own = {o.id: o.field for o in [*(organisations.get(db, key) for key in top.ancestors[1:]), *below]}
    return {o.id: next((own[key] for key in o.ancestors if own.get(key)), "") for o in below}
