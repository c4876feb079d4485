"""What counter staff and everybody in the waiting room may know: the index of the closed months, on enough people.

Whoever serves at a counter must not learn what the person of this morning answered, nor the only one of last month:
two summaries, taken from each other, leave the persons of the months between. So a month waits until it and the
months that wait with it have ENOUGH respondents; every summary, every step, and every difference of them, stands on at
least as many.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from skm.figures.answers import Answers, open_answers
from skm.figures.figure import Result, Terms
from skm.figures.members import read_members
from skm.figures.results import Regime, regime_of, result_of
from skm.figures.tallies import Tallies, added
from skm.figures.terms import read_terms
from skm.store import organisations
from skm.store.database import Database
from skm.store.scores import Selection
from skm.survey.instrument import Instrument
from skm.survey.organisation import Organisation
from skm.survey.period import MEAN_OF_UNITS, Span

ENOUGH = 5  # respondents


@dataclass(frozen=True)
class Summary:
    """An organisation's index from January to the last month shown; `result` is None as long as none is.

    `steps` are what it grew by from one summary to the next, each the months by themselves: no two share an answer.
    """

    organisation: Organisation
    span: Span
    result: Result | None
    steps: Sequence[tuple[Span, Result]]


def show_summary(db: Database, slug: str, now: datetime) -> Summary:
    """The summary of an organisation as of a moment; in January it is that of the year before. Raises Problem."""
    organisation = organisations.get_by_slug(db, slug)
    span = _closed_months(organisation.today(now))
    answers = open_answers(db, Selection(organisation.path, span), terms=_terms(db, organisation, span))
    last, result, steps = _last_shown(answers.by_month, span.months, answers.known, answers.terms.weights)
    shown = Span("", span.first, last or span.last)
    if result and answers.terms.rule == MEAN_OF_UNITS:
        result = _over_units(answers, shown, result)
        steps = [(at, _over_units(answers, at, step)) for at, step in steps]
    return Summary(organisation, shown, result, steps)


def _terms(db: Database, organisation: Organisation, span: Span) -> Terms:
    """The terms of the organisation's own page."""
    members = read_members(db, organisation, span)
    path = members.organisations[organisation.id].path
    return read_terms(db, path).over(path, span, members.units.values())


def _over_units(answers: Answers, span: Span, pooled: Result) -> Result:
    """The answers of a pooled result by the rule over units."""
    within = answers.within(span.months)
    return replace(within, regime=regime_of(answers.known[pooled.instruments[0]])).over(within.by_unit)


def _last_shown(
    by_month: Mapping[str, Tallies], months: Sequence[str], known: Mapping[str, Instrument], weights: str
) -> tuple[str | None, Result | None, list[tuple[Span, Result]]]:
    """The last month at which a summary may end, what it comes to, and its steps.

    Counted are the answers that the index stands on: where the questionnaire changes, those to another are left out.
    """

    def over(first: int, last: int, regime: Regime | None = None) -> Result:
        parts = [by_month[name] for name in months[first:last] if name in by_month]
        return result_of(added(parts), known, weights, regime)

    last, shown, steps = None, None, []
    # By what was measured: the respondents of the last summary, and how many months it had.
    stood_on: dict[Regime, tuple[int, int]] = {}
    for number, at in enumerate(months, 1):
        result = over(0, number)
        if not result.instruments:
            continue
        regime = regime_of(known[result.instruments[0]])
        n, began = stood_on.get(regime, (0, 0))
        if result.n - n >= ENOUGH:
            steps.append((Span("", months[began], at), over(began, number, regime)))
            last, shown, stood_on[regime] = at, result, (result.n, number)
    return last, shown, steps


def _closed_months(today: date) -> Span:
    last = today.replace(day=1) - timedelta(days=1)
    return Span("", f"{last.year}-01", f"{last.year}-{last.month:02}")
