"""What a reader chose to see: an organisation, and of its answers a span, a service, a counter or a field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from skm.figures.answers import Answers, open_answers, terms_of
from skm.figures.figure import Figure
from skm.figures.population import population_of
from skm.figures.results import main_regime
from skm.store import organisations, periods, responses
from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.organisation import FIELDS, Counter, Organisation, Service
from skm.survey.period import Span, before, find_span, span_of, spans_of_year
from skm.survey.problem import needed

WHOLE_TIME = "semua"


@dataclass(frozen=True)
class Choice:
    """What is shown, and what else could be. `whole` is from the first to the last month with answers.

    `below` are the organisation and all below it, with the field of each; `units` are those of them that take part.
    """

    organisation: Organisation
    above: Sequence[Organisation]
    below: Sequence[Organisation]
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

    @property
    def selection(self) -> Selection:
        """The answers of the whole time."""
        service, counter = self.service, self.counter
        return Selection(
            self.organisation.path, None, service.id if service else None, counter.id if counter else None
        )

    @property
    def earlier(self) -> Span | None:
        """The year, semester, quarter or survey period before the chosen one."""
        if self.span is None:
            return None
        own = [other for other in self.spans if other.name and other.closes < self.span.opens]
        return max(own, key=lambda other: other.closes, default=None) if self.span.name else before(self.span)


def choose(
    db: Database, slug: str, period: str = "", service_id: str = "", counter_id: str = "", field: str = ""
) -> Choice:
    """What a reader asks for: a span such as `2026-TW3` or a period's id, and one service, counter or field.

    Without a span it is the newest year with answers. Raises Problem.
    """
    organisation = organisations.get_by_slug(db, slug)
    services = organisations.services_of(db, organisation.id)
    counters = organisations.counters_of(db, organisation.id)
    above, below = organisations.all_above(db, organisation), organisations.all_below(db, organisation.path)
    months = responses.find_months(db, organisation.path)
    spans = _spans(db, organisation, *months) if months else []
    wanted, fields = field if field in FIELDS else "", _fields([*above, *below], below)
    return Choice(
        organisation=organisation,
        above=above,
        below=below,
        fields=fields,
        units={o.id: o for o in below if o.kind == "unit" and (not wanted or fields[o.id] == wanted)},
        services=services,
        service=next((service for service in services if service.id == service_id), None),
        counters=counters,
        counter=next((counter for counter in counters if counter.id == counter_id), None),
        field=wanted,
        spans=spans,
        span=_chosen(spans, period),
        whole=Span("", *months) if months else None,
    )


def open_choice(db: Database, choice: Choice, *, dated: bool = True) -> Answers:
    """The answers of the whole time, by the terms and in the regime of the chosen span."""
    terms = terms_of(db, choice.organisation.path, choice.span)
    answers = replace(open_answers(db, choice.selection, terms=terms, dated=dated), units=choice.units)
    numbers = answers_within(db, answers, choice.span).numbers() or answers.numbers()
    return replace(answers, regime=main_regime(numbers, answers.known))


def answers_within(db: Database, answers: Answers, span: Span | None) -> Answers:
    """Those within a span; one that cuts months is read by its days."""
    if span is None or not span.cuts_months:
        return answers.within(span.months if span else None)
    read = open_answers(db, replace(answers.selection, span=span), terms=answers.terms, dated=answers.dated)
    return replace(read, regime=answers.regime, units=answers.units)


def figure_within(db: Database, choice: Choice, answers: Answers, span: Span | None) -> Figure:
    """The figure of the chosen answers within a span."""
    answered = answers.by_unit
    silent = [key for key, unit in choice.units.items() if not unit.closed and key not in answered]
    return answers.figure(silent, visitors_within(db, choice, answers, span))


def visitors_within(db: Database, choice: Choice, answers: Answers, span: Span | None) -> int | None:
    """The visitors of all units of a span; None until each has a number, and for one service or counter."""
    if span is None or choice.service or choice.counter:
        return None
    units = [key for key, unit in choice.units.items() if key in answers.by_unit or not unit.closed]
    visitors = population_of(db, choice.organisation.path, span)
    return (
        sum(visitors[unit] for unit in units) if units and all(unit in visitors for unit in units) else None
    )


def _fields(line: Sequence[Organisation], below: Sequence[Organisation]) -> dict[str, str]:
    """The field of every organisation: its own, or that of the nearest one above."""
    own = {o.id: o.field for o in line}
    return {o.id: next((own[key] for key in o.ancestors if own.get(key)), "") for o in below}


def _spans(db: Database, organisation: Organisation, first: str, last: str) -> list[Span]:
    """The years, semesters and quarters that hold answers, the newest year first, then the survey periods that are
    none of these."""
    numbers = range(int(last[:4]), int(first[:4]) - 1, -1)
    calendar = [span for number in numbers for span in spans_of_year(number)]
    own = [span_of(period) for period in reversed(periods.all_for(db, organisation.ancestors))]
    offered = dict.fromkeys([*calendar, *(span for span in own if span.name)])
    return [span for span in offered if span.last >= first and span.first <= last]


def _chosen(spans: Sequence[Span], code: str) -> Span | None:
    if code == WHOLE_TIME or not (code or spans):
        return None
    by_code = {span.code: span for span in spans}
    span = by_code.get(code) or find_span(code) if code else spans[0]
    return needed(span, "span_unknown", code=code[:20])
