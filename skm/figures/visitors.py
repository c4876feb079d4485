"""How many visitors a service had in a period: the number that an office entered, or an estimate from its year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from skm.store import visitor_numbers
from skm.store.database import Database
from skm.survey.organisation import Service


@dataclass(frozen=True)
class Visitors:
    """The visitors of a service in a period; `number` None: nobody has said. `estimated`: from the yearly number."""

    number: int | None
    estimated: bool = False


def visitors_in(
    db: Database, services: Sequence[Service], path: str, days: tuple[date, date]
) -> dict[str, Visitors]:
    """The visitors of services of a subtree in the period with these days, by service.

    An entered number goes first; else the yearly number of the service, by the days of the period.
    """
    entered = visitor_numbers.all_for(db, path, *days)
    return {
        service.id: Visitors(entered[service.id])
        if service.id in entered
        else Visitors(estimate(service, days), service.yearly_visitors is not None)
        for service in services
    }


def estimate(service: Service, days: tuple[date, date]) -> int | None:
    """The part of the yearly visitors that falls on these days, rounded up; None where the year is not known."""
    if service.yearly_visitors is None:
        return None
    opens, closes = days
    years = Fraction(0)
    for year in range(opens.year, closes.year + 1):
        first, last = date(year, 1, 1), date(year, 12, 31)
        years += Fraction((min(closes, last) - max(opens, first)).days + 1, (last - first).days + 1)
    return ceil(service.yearly_visitors * years)
