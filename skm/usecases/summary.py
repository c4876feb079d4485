"""What counter staff may know: one index of the closed months, and only when enough people stand behind it.

Whoever serves at a counter must not learn what the person of this morning answered, nor the only one of last month:
two summaries, taken from each other, leave the persons of the months between. So a month waits until it and the
months that wait with it have ENOUGH respondents; every summary, and every difference of two, stands on at least as
many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skm.store import organisations
from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.instrument import Instrument
from skm.survey.organisation import Organisation
from skm.survey.period import Span
from skm.survey.problem import Problem
from skm.usecases.results import Result, result_of, terms_of
from skm.usecases.tallies import Tallies, added, read_answers

ENOUGH = 5  # respondents


@dataclass(frozen=True)
class Summary:
    """An organisation's index from January to the last month shown; `result` is None as long as none is."""

    organisation: Organisation
    span: Span
    result: Result | None


def show_summary(db: Database, slug: str, now: datetime) -> Summary:
    """The summary of an organisation as of a moment; in January it is that of the year before. Raises Problem."""
    organisation = organisations.find(db, slug)
    if organisation is None:
        raise Problem("organisation_unknown")
    span = _closed_months(organisation.today(now))
    answers = read_answers(db, Selection(organisation.path, span))
    by_month = answers.full(lambda _unit, at: at)
    weights = terms_of(db, organisation, span).weights
    last, result = _last_shown(by_month, span.months, answers.known, weights)
    return Summary(organisation, Span("", span.first, last or span.last), result)


def _last_shown(
    by_month: Mapping[str, Tallies], months: Sequence[str], known: Mapping[str, Instrument], weights: str
) -> tuple[str | None, Result | None]:
    """The last month at which a summary may end, and what it comes to.

    Counted are the answers that the index stands on: where the questionnaire changes, those to another are left out.
    """
    last, shown = None, None
    stood_on: dict[tuple[str, ...], int] = {}  # by the elements measured: the respondents of the last summary
    for number, at in enumerate(months, 1):
        until = [by_month[name] for name in months[:number] if name in by_month]
        result = result_of(added(until), known, weights)
        measured = tuple(figure.code for figure in result.measure.elements) if result.measure else ()
        if result.n - stood_on.get(measured, 0) >= ENOUGH:
            last, shown, stood_on[measured] = at, result, result.n
    return last, shown


def _closed_months(today: date) -> Span:
    last = today.replace(day=1) - timedelta(days=1)
    return Span("", f"{last.year}-01", f"{last.year}-{last.month:02}")
