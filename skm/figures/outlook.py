"""Where a collection of answers is heading: what it will come to if people go on answering as they did lately."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, sqrt
from statistics import NormalDist

from skm.ikm import round_half_up
from skm.survey.period import Period, Span

_NORMAL = NormalDist().inv_cdf(0.975)
WINDOW = 28  # days: whole weeks, so that quiet weekends weigh as much as they do


@dataclass(frozen=True)
class Outlook:
    """`projected` answers at the last day of the period, and the day on which the sample will be met, if it will.

    With 95 % probability they will be `low` to `high`, if answers come as independently as they did in the window.
    `a_day` is how many answers each remaining day would have to bring, today left out; None on the last day.
    """

    projected: int
    low: int
    high: int
    met_on: date | None
    a_day: int | None


def window_of(period: Period, today: date) -> Span | None:
    """The days whose pace counts: the last 28 that are over, or all since the period began; None outside of it."""
    if not period.holds(today) or period.opens == today:
        return None
    opens, closes = max(period.opens, today - timedelta(days=WINDOW)), today - timedelta(days=1)
    return Span("", f"{opens:%Y-%m}", f"{closes:%Y-%m}", "", opens.isoformat(), closes.isoformat())


def look_ahead(n: int, recent: int, window: Span, target: int, today: date, closes: date) -> Outlook:
    """From the answers so far and the `recent` ones within the window: a straight line to the end of the period."""
    first, last = window.days
    days = (last - first).days + 1
    pace = Fraction(recent, days)
    left, lacking = (closes - today).days, max(target - n, 0)
    projected = n + int(round_half_up(pace * left, 0))
    # What comes varies by itself, and the pace is known from a few days only.
    margin = _NORMAL * sqrt(pace * left + left**2 * pace / days)
    needed = ceil(lacking / pace) if pace else None
    met_on = today + timedelta(days=needed) if lacking and needed is not None and needed <= left else None
    low, high = max(n, floor(projected - margin)), ceil(projected + margin)
    return Outlook(projected, low, high, met_on, ceil(Fraction(lacking, left)) if left else None)
