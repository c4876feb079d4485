"""What a reader chose to see: an organisation, and of its answers a span, a service, a counter or a field."""

from collections.abc import Sequence
from dataclasses import dataclass

from skm.figures.view import View, open_view
from skm.store import organisations, periods, responses
from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.organisation import FIELDS, Counter, Organisation, Service
from skm.survey.period import Span, before, find_span, span_of, spans_of_year
from skm.survey.problem import Problem

WHOLE_TIME = "semua"


@dataclass(frozen=True)
class Wish:
    """What a reader asks for: a span such as `2026-TW3` or a period's id, and one service, counter or field."""

    period: str = ""
    service_id: str = ""
    counter_id: str = ""
    field: str = ""


EVERYTHING = Wish()


@dataclass(frozen=True)
class Choice:
    """What is shown, and what else could be. `whole` is from the first to the last month with answers."""

    organisation: Organisation
    above: Sequence[Organisation]
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

    def view(self, db: Database) -> View:
        """The answers that were chosen."""
        return open_view(db, self.organisation, self.selection, self.span, self.field)


def choose(db: Database, slug: str, wish: Wish = EVERYTHING) -> Choice:
    """What a wish comes to; raises Problem. Without a span it is the newest year with answers."""
    organisation = organisations.get_by_slug(db, slug)
    services = organisations.services_of(db, organisation.id)
    counters = organisations.counters_of(db, organisation.id)
    found = responses.find_months(db, organisation.path)
    spans = _spans(db, organisation, *found) if found else []
    return Choice(
        organisation=organisation,
        above=organisations.all_above(db, organisation),
        services=services,
        service=next((service for service in services if service.id == wish.service_id), None),
        counters=counters,
        counter=next((counter for counter in counters if counter.id == wish.counter_id), None),
        field=wish.field if wish.field in FIELDS else "",
        spans=spans,
        span=_chosen(spans, wish.period),
        whole=Span("", *found) if found else None,
    )


def _spans(db: Database, organisation: Organisation, first: str, last: str) -> list[Span]:
    """The years, semesters and quarters that hold answers, the newest year first, then the survey periods that are
    none of these."""
    numbers = range(int(last[:4]), int(first[:4]) - 1, -1)
    calendar = [span for number in numbers for span in spans_of_year(number)]
    own = [span_of(period) for period in reversed(periods.all_for(db, organisation.ancestors))]
    known = dict.fromkeys([*calendar, *(span for span in own if span.name)])
    return [span for span in known if span.last >= first and span.first <= last]


def _chosen(spans: Sequence[Span], code: str) -> Span | None:
    if code == WHOLE_TIME or not (code or spans):
        return None
    known = {span.code: span for span in spans}
    span = known.get(code) or find_span(code) if code else spans[0]
    if span is None:
        raise Problem("span_unknown", code=code[:20])
    return span
