"""What counter staff and everybody in the waiting room may know: the index of the closed months, as states show it.

Whoever serves at a counter must not learn what the person of this morning answered, nor whose paper is keyed late. So
they read what everybody without access to single answers reads: the state of the unit at the close of a day
(`skm.figures.states`), of the months that are over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from skm.figures.answers import Answers, open_answers
from skm.figures.figure import Result, Terms
from skm.figures.members import read_members
from skm.figures.results import main_regime
from skm.figures.states import States, find_states
from skm.figures.terms import read_terms
from skm.store import organisations
from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.organisation import Organisation
from skm.survey.period import Span, month


@dataclass(frozen=True)
class Summary:
    """An organisation's index from January to the last month that is over; `result` is None as long as none shows.

    `months` are those of them that show by themselves; few answers show in a longer span only. `states` says as of
    which day all this is.
    """

    organisation: Organisation
    span: Span
    result: Result | None
    months: Sequence[tuple[Span, Result]]
    states: States


def show_summary(db: Database, slug: str, now: datetime) -> Summary:
    """The summary of an organisation as of a moment; in January it is that of the year before. Raises Problem."""
    organisation = organisations.get_by_slug(db, slug)
    span, states = _closed_months(organisation.today(now)), find_states(db, organisation, now)
    terms, selection = _terms(db, organisation, span), Selection(organisation.path, span)
    read = open_answers(db, selection, terms=terms, dated=False, states=states)
    answers = replace(read, regime=main_regime(read.numbers(), read.known))
    by_month = [(at, _result(answers, at)) for at in map(month, span.months)]
    return Summary(
        organisation=organisation,
        span=span,
        result=_result(answers, span),
        months=[(at, result) for at, result in by_month if result],
        states=states,
    )


def _terms(db: Database, organisation: Organisation, span: Span) -> Terms:
    """The terms of the organisation's own page."""
    members = read_members(db, organisation, span)
    path = members.organisations[organisation.id].path
    return read_terms(db, path).over(path, span, members.units.values())


def _result(answers: Answers, span: Span) -> Result | None:
    """What shows of some months, by the rule of the terms; None for nothing."""
    within = answers.within(span.months)
    result = within.over(within.by_unit_in_brief)
    return result if result.n else None


def _closed_months(today: date) -> Span:
    last = today.replace(day=1) - timedelta(days=1)
    return Span("", f"{last.year}-01", f"{last.year}-{last.month:02}")
