"""The spans that a reader may choose of an organisation's answers."""

from skm.store import periods
from skm.store.database import Database
from skm.survey.organisation import Organisation
from skm.survey.period import Span, calendar_of_year, is_month, span_of


def offered_spans(
    db: Database, organisation: Organisation, first: str, last: str, *, states: bool
) -> list[Span]:
    """The years, semesters, quarters and months that hold answers, the newest year first, then the survey periods that
    are none of these; `first` and `last` are the months of the first and the last answer.

    Readers of `states` choose whole quarters or more.
    """
    numbers = range(int(last[:4]), int(first[:4]) - 1, -1)
    calendar = [span for number in numbers for span in calendar_of_year(number)]
    own = [span_of(period) for period in reversed(periods.all_for(db, organisation.ancestors))]
    offered = dict.fromkeys([*calendar, *(span for span in own if span.name)])
    spans = [span for span in offered if span.last >= first and span.first <= last]
    return [span for span in spans if not (span.name or is_month(span))] if states else spans
