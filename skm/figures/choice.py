"""What a reader chose to see: an organisation, and of its answers a span, a service, a counter or a field."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from skm.figures.answers import Answers, open_answers
from skm.figures.figure import Figure, Terms
from skm.figures.frozen import FrozenFigure, find_frozen, find_record
from skm.figures.members import Members, piece_of, read_members, was_open
from skm.figures.offered_spans import offered_spans
from skm.figures.population import population_of
from skm.figures.results import main_regime
from skm.figures.states import States, find_states
from skm.figures.terms import PeriodTerms, read_terms
from skm.store import organisations, responses, snapshots
from skm.store.database import Database
from skm.store.scores import Block, Mark, Selection
from skm.survey.organisation import FIELDS, Counter, Organisation, Placement, Service
from skm.survey.period import Span, before, find_span, is_month
from skm.survey.problem import Problem, needed

WHOLE_TIME = "semua"


@dataclass(frozen=True)
class Choice:
    """What is shown, and what else could be. `whole` is from the first to the last month with answers.

    `members` are the organisation and all that stood below it in the span; `units` are those of them that take part.
    `fields` are those that the organisations have themselves.
    `states` are there for readers without access to single answers, who choose whole spans of the calendar only.
    `record` is the frozen figure of the organisation in the span, for a reader of states the latest official one. Of
    the spans in `marks` no answer and no decision is counted that came after the mark of their record.
    """

    organisation: Organisation
    above: Sequence[Organisation]
    members: Members
    periods: PeriodTerms
    fields: Mapping[str, str]
    units: Mapping[str, Organisation]
    services: Sequence[Service]
    service: Service | None
    counters: Sequence[Counter]
    counter: Counter | None
    field: str
    spans: Sequence[Span]
    span: Span | None
    whole: Span | None
    states: States | None = None
    record: FrozenFigure | None = None
    marks: Mapping[Span, Mark] = dataclasses.field(default_factory=dict)

    @property
    def selection(self) -> Selection:
        """The answers of the whole time."""
        service, counter = self.service, self.counter
        return Selection(
            self.organisation.path, None, service.id if service else None, counter.id if counter else None
        )

    @property
    def partial(self) -> bool:
        """Whether only a service, a counter or a field of the organisation was asked for."""
        return bool(self.service or self.counter or self.field)

    @property
    def earlier(self) -> Span | None:
        """The year, semester, quarter, month or survey period before the chosen one."""
        if self.span is None:
            return None
        own = [other for other in self.spans if other.name and other.closes < self.span.opens]
        return max(own, key=lambda other: other.closes, default=None) if self.span.name else before(self.span)

    def field_of(self, placement: Placement) -> str:
        """The field of an organisation at a time: its own, or that of the nearest one above it then."""
        line = reversed(placement.path.rstrip("/").split("/"))
        return next((self.fields[key] for key in line if self.fields.get(key)), "")

    @property
    def chosen(self) -> Selection:
        """The answers of the chosen span."""
        return replace(self.selection, span=self.span, until=self.marks.get(self.span) if self.span else None)

    @property
    def running(self) -> "Choice":
        """The same without regard to what was frozen."""
        return replace(self, record=None, marks={})

    def terms(self, path: str, span: Span | None) -> Terms:
        """The terms of the organisation at the end of a path, with those of its units in the chosen span."""
        if self.record and self.states is None and span == self.span:
            frozen, key = self.record.figure.terms, path.rstrip("/").rpartition("/")[2]
            if key == self.organisation.id:
                return frozen
            if key in self.members.units:
                return Terms(frozen.of_unit(key), frozen.rule)
        below = (unit for unit in self.members.units.values() if unit.path.startswith(path))
        return self.periods.over(path, span, below)


def choose(
    db: Database,
    slug: str,
    period: str = "",
    service_id: str = "",
    counter_id: str = "",
    field: str = "",
    *,
    states_at: datetime | None = None,
) -> Choice:
    """What a reader asks for: a span such as `2026-TW3` or a period's id, and one service, counter or field.

    Without a span it is the newest year with answers. `states_at` is the moment at which somebody without access to
    single answers reads: states of whole units then, in spans of the calendar. Raises Problem.
    """
    organisation = organisations.get_by_slug(db, slug)
    states = find_states(db, organisation, states_at) if states_at else None
    services = [] if states else organisations.services_of(db, organisation.id)
    counters = [] if states else organisations.counters_ever_of(db, organisation.id)
    above = organisations.all_above(db, organisation)
    months = responses.find_months(db, organisation.path)
    spans = offered_spans(db, organisation, *months, states=states is not None) if months else []
    span = _chosen(spans, period, months=states is None)
    members = read_members(db, organisation, span)
    choice = Choice(
        record=find_frozen(db, organisation, span, official=states is not None),
        organisation=organisation,
        above=above,
        members=members,
        periods=read_terms(db, members.organisations[organisation.id].path),
        fields={one.id: one.field for one in (*above, *members.organisations.values())},
        units=members.units,
        services=services,
        service=next((service for service in services if service.id == service_id), None),
        counters=counters,
        counter=next((counter for counter in counters if counter.id == counter_id), None),
        field=field if field in FIELDS and organisation.kind == "government" and not states else "",
        spans=spans,
        span=span,
        whole=Span("", *months) if months else None,
        states=states,
    )
    choice = replace(choice, units=_of_field(choice, members)) if choice.field else choice
    return choice if states else replace(choice, marks=_marks(db, choice))


def _marks(db: Database, choice: Choice) -> dict[Span, Mark]:
    """How far the records of the chosen span and of the one before it read, where something came later."""
    spans = [span for span in (choice.earlier, choice.span) if span]
    records = {span: record for span in spans if (record := find_record(db, choice.organisation, span))}
    path = choice.organisation.path
    return {
        span: record.mark
        for span, record in records.items()
        if snapshots.count_late(db, path, span, record.mark)
    }


def open_choice(db: Database, choice: Choice, *, dated: bool = True) -> Answers:
    """The answers of the whole time, by the terms and in the regime of the chosen span."""
    terms = choice.terms(choice.members.organisations[choice.organisation.id].path, choice.span)
    answers = open_answers(db, choice.selection, terms=terms, dated=dated, states=choice.states)
    answers = as_recorded(db, answers, choice.marks)
    if choice.field:
        answers = replace(answers, narrow=lambda others: _in_field(db, choice, others))
        answers = answers.narrow(answers)
    numbers = answers_within(db, answers, choice.span).numbers() or answers.numbers()
    return replace(answers, regime=main_regime(numbers, answers.known))


def answers_within(db: Database, answers: Answers, span: Span | None) -> Answers:
    """Those within a span; one that cuts months is read by its days."""
    until = answers.marks.get(span) if span else None
    if span is None or not span.cuts_months:
        within = answers.within(span.months if span else None)
        return replace(within, selection=replace(within.selection, until=until)) if until else within
    asked = replace(answers.selection, span=span, until=until)
    read = open_answers(db, asked, terms=answers.terms, dated=answers.dated)
    return answers.narrow(replace(read, regime=answers.regime, narrow=answers.narrow))


def as_recorded(db: Database, answers: Answers, marks: Mapping[Span, Mark]) -> Answers:
    """The same, but in frozen spans only what their records knew; spans that cut months are read when asked for."""
    answers = replace(answers, marks=marks)
    for span, mark in marks.items():
        if not span.cuts_months:
            asked = replace(answers.selection, span=span, until=mark)
            read = open_answers(db, asked, answers.by, answers.terms, dated=answers.dated)
            answers = _instead(answers, read, set(span.months))
    return answers


def _instead(answers: Answers, others: Answers, months: set[str]) -> Answers:
    blocks, left_out, held = (
        {key: block for key, block in some.items() if key[1] not in months} | dict(more)
        for some, more in zip(
            (answers.blocks, answers.left_out, answers.held),
            (others.blocks, others.left_out, others.held),
            strict=True,
        )
    )
    return replace(answers, blocks=blocks, left_out=left_out, held=held)


def figure_within(db: Database, choice: Choice, answers: Answers, span: Span | None) -> Figure:
    """The figure of the chosen answers within a span."""
    answered = answers.by_unit
    silent = [key for key, unit in choice.units.items() if key not in answered and was_open(unit, unit, span)]
    follows = choice.record and choice.states is None and not choice.partial and span == choice.span
    visitors = (
        choice.record.visitors if choice.record and follows else visitors_within(db, choice, answers, span)
    )
    return answers.figure(silent, visitors)


def visitors_within(db: Database, choice: Choice, answers: Answers, span: Span | None) -> int | None:
    """The visitors of all units of a span; None until each has a number, and for one service or counter."""
    if span is None or choice.service or choice.counter:
        return None
    members = choice.members if span == choice.span else read_members(db, choice.organisation, span)
    standing = _of_field(choice, members) if choice.field else members.units
    units = [key for key, unit in standing.items() if key in answers.by_unit or was_open(unit, unit, span)]
    visitors = population_of(db, choice.organisation.path, span)
    return (
        sum(visitors[unit] for unit in units) if units and all(unit in visitors for unit in units) else None
    )


def read_piece(db: Database, answers: Answers, placement: Placement, span: Span | None) -> Answers:
    """The answers of an organisation from the days of a span on which it stood somewhere, counted as others are."""
    selection = replace(answers.selection, path=placement.path, span=piece_of(placement, span))
    states = answers.differing.states if answers.differing else None
    read = open_answers(db, selection, terms=answers.terms, dated=answers.dated, states=states)
    return replace(read, regime=answers.regime, months=answers.months if states else None)


def _of_field(choice: Choice, members: Members) -> dict[str, Organisation]:
    """The units that were of the chosen field on some day."""
    return {
        key: unit
        for key, unit in members.units.items()
        if any(choice.field_of(placement) == choice.field for placement in members.placements[key])
    }


def _in_field(db: Database, choice: Choice, answers: Answers) -> Answers:
    """Of some answers those of the chosen field; a unit that moved belongs to it for a time."""
    span = answers.selection.span or choice.whole
    members, kept, pieces = read_members(db, choice.organisation, span), set(), []
    for unit in members.units:
        times = members.branches(unit, choice.field_of)
        if times.keys() == {choice.field}:
            kept.add(unit)
        else:
            pieces += [read_piece(db, answers, time, span) for time in times.get(choice.field, ())]
    parts = [_only(answers, kept), *pieces]
    blocks, left_out, held = (
        _joined(getattr(part, name) for part in parts) for name in ("blocks", "left_out", "held")
    )
    return replace(answers, blocks=blocks, left_out=left_out, held=held)


def _only(answers: Answers, units: set[str]) -> Answers:
    blocks, left_out, held = (
        {key: block for key, block in some.items() if key[0] in units}
        for some in (answers.blocks, answers.left_out, answers.held)
    )
    return replace(answers, blocks=blocks, left_out=left_out, held=held)


def _joined(several: Iterable[Mapping[Block, bytes]]) -> dict[Block, bytes]:
    joined: dict[Block, bytes] = defaultdict(bytes)
    for blocks in several:
        for key, block in blocks.items():
            joined[key] += block
    return dict(joined)


def _chosen(spans: Sequence[Span], code: str, *, months: bool) -> Span | None:
    """The span with this code; a month only for those who may read `months`, in others' states it may be empty."""
    if code == WHOLE_TIME or not (code or spans):
        return None
    by_code = {span.code: span for span in spans}
    span = by_code.get(code) or find_span(code) if code else spans[0]
    if span and is_month(span) and not months:
        raise Problem("month_refused")
    return needed(span, "span_unknown", code=code[:20])
