"""What became of an answer after it arrived: held back, released, excluded. Append-only; the last event counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from skm.store.rows import insert_numbered, rows
from skm.store.scores import LEFT_OUT


@dataclass(frozen=True)
class Event:
    """One decision on an answer, by whom and why."""

    response_id: str
    state: str
    at: str
    officer_id: str | None
    officer_name: str
    why: str


def add(db: Database, event: Event) -> None:
    """Adds a decision; it takes the place of the earlier ones."""
    insert_numbered(db, "response_events", [event])


def all_for(db: Database, response_id: str) -> Sequence[Event]:
    """The decisions on an answer, the earliest first."""
    sql = """SELECT response_id, state, at, officer_id, officer_name, why FROM response_events
             WHERE response_id = :id ORDER BY number"""
    return rows(db, Event, sql, {"id": response_id})


def find_state(db: Database, response_id: str) -> str:
    """The state of an answer: "counted", or what the last decision says."""
    last = [event.state for event in all_for(db, response_id)][-1:]
    return last[0] if last and last[0] in LEFT_OUT else "counted"
