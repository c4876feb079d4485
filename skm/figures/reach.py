"""How far the periods of units reach: which take no answers now, or soon, because no period follows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from skm.store import organisations, periods
from skm.store.database import Database
from skm.survey.order import in_reading_order
from skm.survey.organisation import Organisation, is_closed
from skm.survey.period import Period

WARNED = timedelta(days=30)  # so long before the last day it is said that no period follows
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reach:
    """How far the periods of a unit reach, by its own clock, whose date is `today`.

    `until` is the last day of those that follow each other without a gap from today on, None where none holds today;
    `since` is then the first day without one, None where there never was any. `opens` is the first day of the next
    one after the gap, None where there is none. `owner` is the organisation whose period was, or is, the last.
    """

    unit: Organisation
    today: date
    until: date | None
    since: date | None
    opens: date | None
    owner: str | None

    @property
    def is_open(self) -> bool:
        """Whether the unit takes answers today."""
        return self.until is not None

    @property
    def is_warned(self) -> bool:
        """Whether the unit takes no answers now, or after a day that is near."""
        return self.until is None or self.until - self.today < WARNED


def read_reach(db: Database, top: Organisation, now: datetime) -> list[Reach]:
    """How far the periods reach of every open unit below an organisation, or of a unit itself, by name."""
    by_owner: dict[str, dict[str, Period]] = defaultdict(dict)
    for period in (*periods.all_for(db, top.ancestors), *periods.all_below(db, top.path)):
        by_owner[period.organisation_id][period.id] = period
    units = [one for one in organisations.all_below(db, top.path) if one.kind == "unit"]
    return [
        reach_of(one, [period for key in one.ancestors for period in by_owner[key].values()], one.today(now))
        for one in in_reading_order(units)
        if not is_closed(one, now)
    ]


def find_reach(db: Database, unit: Organisation, now: datetime) -> Reach:
    """How far the periods of a unit reach."""
    return reach_of(unit, periods.all_for(db, unit.ancestors), unit.today(now))


def reach_of(unit: Organisation, holding: Sequence[Period], today: date) -> Reach:
    """How far some periods, which hold for a unit, reach from a day on."""
    after = today
    while running := [period.closes for period in holding if period.holds(after)]:
        after = max(running) + _DAY
    to_come = [period.opens for period in holding if period.opens > after]
    ended = [period.closes + _DAY for period in holding if period.closes < today]
    last = max(holding, key=lambda period: period.closes, default=None)
    return Reach(
        unit=unit,
        today=today,
        until=after - _DAY if after > today else None,
        since=None if after > today else max(ended, default=None),
        opens=min(to_come, default=None),
        owner=last.organisation_id if last else None,
    )
