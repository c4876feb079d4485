"""Which survey period a page is about: the one asked for, else the one that runs."""

from collections.abc import Sequence
from datetime import date

from skm.figures.choice import WHOLE_TIME
from skm.store import periods
from skm.store.database import Database
from skm.survey.organisation import Organisation
from skm.survey.period import Period, find_span, span_of
from skm.survey.problem import needed


def periods_for(db: Database, organisation: Organisation) -> list[Period]:
    """The periods that hold for an organisation: its own, then those of the ones above, each the newest first.

    Of several that fill the same days it is the nearest organisation's.
    """
    newest_first = reversed(periods.all_for(db, organisation.ancestors))
    by_days: dict[tuple[date, date], Period] = {}
    for period in sorted(
        newest_first, key=lambda period: organisation.ancestors.index(period.organisation_id)
    ):
        by_days.setdefault((period.opens, period.closes), period)
    return list(by_days.values())


def choose_period(holding: Sequence[Period], wanted: str, today: date) -> Period | None:
    """The period with this id or calendar code; None where there is no period. Raises Problem "period_unknown".

    For "" it is the one that runs today, the nearest organisation's; else the last that has begun, else the first
    to come. For a calendar span that is no period it is the one that ran at its end.
    """
    for period in holding:
        if wanted in (period.id, span_of(period).code):
            return period
    span = find_span(wanted)
    if wanted not in ("", WHOLE_TIME):
        needed(span, "period_unknown")
    day = min(span.days[1], today) if span else today
    begun = [period for period in holding if period.opens <= day]
    running = [period for period in begun if period.holds(day)]
    latest = sorted(begun, key=lambda period: period.closes, reverse=True)
    to_come = sorted(holding, key=lambda period: period.opens)
    return next(iter(running or latest or to_come), None)
