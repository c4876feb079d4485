"""What the television of a waiting room shows: how its unit does, what it changed, and the way to answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from skm.figures.official import Official, find_improvements, find_official
from skm.figures.reach import Reach, find_reach
from skm.figures.summary import Summary, show_summary
from skm.store import audit
from skm.store.database import Database
from skm.survey.improvement import Improvement
from skm.survey.period import Span, find_calendar_span
from skm.usecases.answering.answer import find_place
from skm.usecases.city.counter_cards import CounterCard, show_card

LASTS = 300  # seconds


@dataclass(frozen=True)
class Screen:
    """The counter whose code opened the page, and its unit's figures for everybody.

    `summary` is the one for counter staff: closed months, as states show them.
    """

    card: CounterCard
    reach: Reach
    summary: Summary
    official: Official | None
    improvements: Sequence[Improvement]


def find_version(db: Database, typed: str, now: datetime) -> tuple[str, ...]:
    """What a screen depends on: another version, another screen. Raises Problem.

    The months that it shows close with a day; all else that changes it is in the log. A clock that goes back could hide
    an entry there, so no version lasts longer than LASTS.
    """
    counter, unit = find_place(db, typed, now)
    some_minutes = int(now.timestamp() // LASTS)
    return counter.id, unit.today(now).isoformat(), audit.find_last(db), str(some_minutes)


def show_screen(db: Database, typed: str, base: str, now: datetime) -> Screen:
    """The screen that a counter's token opens, the one in its QR; raises Problem."""
    counter, unit = find_place(db, typed, now)
    official = find_official(db, unit.id)
    return Screen(
        card=show_card(db, counter.id, base),
        reach=find_reach(db, unit, now),
        summary=beside(show_summary(db, unit.slug, now), official),
        official=official,
        improvements=find_improvements(db, unit.id),
    )


def beside(summary: Summary, official: Official | None) -> Summary:
    """What of a summary may stand beside an official figure.

    States are made so that they may stand beside the figure of a year, a semester, a quarter or a month. A period that
    is none of these can share a few people with a month: then the figure stands, for everyone may read it anyway, and
    the months that meet the period give way, and with them the summary, which holds them.
    """
    if official is None or _is_of_calendar(official):
        return summary
    apart = [(at, result) for at, result in summary.months if not _meets(at, official)]
    meets = _meets(summary.span, official)
    return replace(summary, result=None, months=apart) if meets else summary


def _is_of_calendar(official: Official) -> bool:
    return find_calendar_span(official.opens, official.closes) is not None


def _meets(span: Span, official: Official) -> bool:
    first, last = span.days
    return first <= official.closes and official.opens <= last
