"""How long answering took, and at which hour it was, by the clocks of server and device."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from skm.security.stamps import Stamp
from skm.survey.organisation import Organisation
from skm.survey.response import MOST_SECONDS, SECONDS_STEP, Sent

LOADING = timedelta(minutes=10)  # that a page may take on a weak signal, over midnight too
AN_HOUR = timedelta(hours=1)
MOST_DIGITS = 9  # of seconds: 30 years
MOST_OFFSET = timedelta(days=31)
OFFSET_STEP = 900  # seconds: a quarter of an hour; finer, it would tell one telephone from another


def opened_at(stamp: Stamp, now: datetime, ago: str) -> datetime:
    """When the form was opened: by its stamp, or by what a device says, where that is later by more than LOADING."""
    told = now - timedelta(seconds=seconds) if (seconds := number_of(ago)) is not None else stamp.opened
    return told if told - stamp.opened > LOADING else stamp.opened


def number_of(typed: str) -> int | None:
    """A number of seconds that a device has sent; None where it is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < MOST_DIGITS else None


def seconds_between(opened: datetime, now: datetime, unit: Organisation, sent: Sent) -> int | None:
    """The seconds from opening a form to sending it, in steps; None where they are not known, or may not be.

    A device says how long it was until somebody pressed the button (`took`), which is less than until now where the
    answer waited for a connection. It can only make it shorter: the opening is signed.
    """
    passed = int((now - opened).total_seconds())
    if passed < 0 or (now - opened <= AN_HOUR and unit.today(opened) != unit.today(now)):
        return None  # beside the date of the opening it would tell the minute after midnight
    said = [_first(sent.get(field, ())) for field in ("took", "ago")]
    shortest = min(passed, *(number for number in said if number is not None), MOST_SECONDS)
    return shortest // SECONDS_STEP * SECONDS_STEP


def hour_of(moment: datetime, now: datetime, unit: Organisation) -> int:
    """The hour by the unit's clock that an answer of a moment is of.

    That of its arrival, where it came within an hour on the same day: a form opened at 9:59 that took one minute would
    else be known to have been sent within the minute after ten.
    """
    at_once = timedelta(0) <= now - moment <= AN_HOUR and unit.today(moment) == unit.today(now)
    return unit.local(now if at_once else moment).hour


def clock_offset(now: datetime, sent: Sent) -> int | None:
    """How many seconds the clock of a device is ahead, in quarters of an hour; None where it does not say its time.

    It shows whether the day that a late answer is of can be believed: the device has counted the time since.
    """
    told = next(iter(sent.get("clock", ())), "")
    if not (told.isascii() and told.isdigit() and len(told) < MOST_DIGITS + 3):
        return None
    most = int(MOST_OFFSET.total_seconds())
    ahead = max(-most, min(most, int(told) - int(now.timestamp())))
    return round(ahead / OFFSET_STEP) * OFFSET_STEP


def _first(values: Sequence[str]) -> int | None:
    return number_of(values[0]) if values else None
