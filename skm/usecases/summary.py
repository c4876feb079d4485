"""What counter staff may know: one index of the closed months, and only when enough people stand behind it.

Whoever serves at a counter must not learn what the person of this morning answered.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skm.store import organisations
from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.organisation import Organisation
from skm.survey.period import Span
from skm.survey.problem import Problem
from skm.usecases.results import Result, result_of, terms_of
from skm.usecases.tallies import read_answers

ENOUGH = 5  # respondents


@dataclass(frozen=True)
class Summary:
    """An organisation's index from January to the last closed month; `result` is None below ENOUGH respondents."""

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
    tallies = answers.full(lambda _unit, _month: "all").get("all", {})
    result = result_of(tallies, answers.known, terms_of(db, organisation, span).weights)
    return Summary(organisation, span, result if result.n >= ENOUGH else None)


def _closed_months(today: date) -> Span:
    last = today.replace(day=1) - timedelta(days=1)
    return Span("", f"{last.year}-01", f"{last.year}-{last.month:02}")
