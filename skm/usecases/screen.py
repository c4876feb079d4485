"""What the television of a waiting room shows: how its unit does, and the way to answer."""

from dataclasses import dataclass
from datetime import datetime

from skm.store.database import Database
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


def show_screen(db: Database, typed: str, base: str, now: datetime) -> Screen:
    """The screen behind a counter's token, the one of its QR; raises Problem."""
    counter, unit = find_place(db, typed, now)
    return Screen(show_counter(db, counter.id, base), show_summary(db, unit.slug, now))
