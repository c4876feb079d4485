"""What the television of a waiting room shows: how its unit does, what it changed, and the way to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from skm.store.database import Database
from skm.survey.follow_up import FollowUp
from skm.usecases import told
from skm.usecases.answer import find_place
from skm.usecases.counters import CounterCard, show_counter
from skm.usecases.summary import Summary, show_summary


@dataclass(frozen=True)
class Screen:
    """The counter whose code opened the page, and its unit's figures for everybody.

    `summary` holds closed months only, and never fewer than five people, as that for counter staff does.
    """

    card: CounterCard
    summary: Summary
    official: told.Official | None
    follow_ups: Sequence[FollowUp]


def show_screen(db: Database, typed: str, base: str, now: datetime) -> Screen:
    """The screen behind a counter's token, the one of its QR; raises Problem."""
    counter, unit = find_place(db, typed, now)
    return Screen(
        card=show_counter(db, counter.id, base),
        summary=show_summary(db, unit.slug, now),
        official=told.find_official(db, unit.id),
        follow_ups=told.find_follow_ups(db, unit.id),
    )
