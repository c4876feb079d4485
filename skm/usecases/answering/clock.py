"""A server whose clock is behind dates answers into years that are over. What is stored says when it must be later."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.store import organisations, periods, responses
from skm.store.database import Database

# A clock that is set right by the network goes back a little. The moment of an answer is its quarter of an hour, never
# later than it came, so a clock that goes back is noticed from 10 to 25 minutes on.
TOLERANCE = timedelta(minutes=10)
WHY = "Jam server lebih awal daripada {}"


@dataclass(frozen=True)
class Behind:
    """What shows that it is later than the clock says: the moment of an answer that counts, or a frozen period."""

    answer: datetime | None
    period: str

    @property
    def why(self) -> str:
        """The same as the reason of a decision."""
        return WHY.format("jawaban terakhir" if self.answer else f"pembekuan periode {self.period}")


def find_behind(db: Database, now: datetime) -> Behind | None:
    """What shows that the clock is behind; None where nothing does.

    An answer that is held or excluded shows nothing: those of an hour in which the clock was ahead can be excluded.
    """
    yesterday = (now - timedelta(days=1)).date()
    last, frozen = responses.find_latest(db, yesterday)
    if last and datetime.fromisoformat(last) > now + TOLERANCE:
        return Behind(datetime.fromisoformat(last), "")
    for period in periods.all_frozen_since(db, yesterday) if frozen else ():
        if period.closes >= organisations.get(db, period.organisation_id).today(now):
            return Behind(None, period.name)
    return None
