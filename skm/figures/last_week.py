"""How many answered in the last full week, from Monday to Sunday: a number alone, for whoever may read a unit's page.

What they think stays out: a week shares days with months, and its figure less the states around it could leave a few.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skm.figures.numbers import count_answers
from skm.store.database import Database
from skm.survey.organisation import Organisation
from skm.survey.period import Span


@dataclass(frozen=True)
class LastWeek:
    """A Monday, its Sunday, and how many answers of these days count."""

    monday: date
    sunday: date
    n: int


def count_last_week(db: Database, organisation: Organisation, now: datetime) -> LastWeek:
    """The week that ended with the last Sunday on the calendar of the place."""
    today = organisation.today(now)
    monday = today - timedelta(days=today.weekday() + 7)
    sunday = monday + timedelta(days=6)
    span = Span("", f"{monday:%Y-%m}", f"{sunday:%Y-%m}", "", monday.isoformat(), sunday.isoformat())
    return LastWeek(monday, sunday, count_answers(db, organisation.path, span).total())
