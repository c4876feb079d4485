"""How a change of the set-up enters the log: who, and only what differs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skm.store import audit
from skm.store.audit import Entry
from skm.store.database import Database

Deed = tuple[str | None, str, str]  # id, name and role of who does it
Values = Mapping[str, object]


def added(db: Database, by: Deed, now: datetime, path: str, verb: str, name: str, noun: Any) -> None:
    """Notes something new with everything about it."""
    audit.add_all(db, [addition(by, now, path, verb, name, noun)])


def changed(
    db: Database, by: Deed, now: datetime, path: str, verb: str, name: str, before: Values, after: Values
) -> None:
    """Notes a change with what differs; nothing where nothing does."""
    audit.add_all(db, difference(by, now, path, verb, name, before, after))


def addition(by: Deed, now: datetime, path: str, verb: str, name: str, noun: Any) -> Entry:
    """What `added` notes."""
    known = {key: value for key, value in vars(noun).items() if value not in (None, "")}
    return audit.entry(at(now), by, path, verb, name, None, known)


def difference(
    by: Deed, now: datetime, path: str, verb: str, name: str, before: Values, after: Values
) -> list[Entry]:
    """What `changed` notes: one entry or none."""
    names = [key for key in after if before.get(key) != after[key]]
    was, is_now = {key: before.get(key) for key in names}, {key: after[key] for key in names}
    return [audit.entry(at(now), by, path, verb, name, was, is_now)] if names else []


def at(now: datetime) -> str:
    """A moment as it is stored."""
    return now.isoformat(timespec="seconds")
