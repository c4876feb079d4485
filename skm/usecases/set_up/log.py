"""How a change of the set-up enters the log: who, and only what differs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skm.store import audit
from skm.store.database import Database

Deed = tuple[str | None, str, str]  # id, name and role of who does it
Values = Mapping[str, object]


def added(db: Database, by: Deed, now: datetime, path: str, verb: str, name: str, noun: Any) -> None:
    """Notes something new with everything about it."""
    audit.add(
        db, at(now), by, path, verb, name, None, {k: v for k, v in vars(noun).items() if v not in (None, "")}
    )


def changed(
    db: Database, by: Deed, now: datetime, path: str, verb: str, name: str, before: Values, after: Values
) -> None:
    """Notes a change with what differs; nothing where nothing does."""
    names = [key for key in after if before.get(key) != after[key]]
    if names:
        was, is_now = {key: before.get(key) for key in names}, {key: after[key] for key in names}
        audit.add(db, at(now), by, path, verb, name, was, is_now)


def at(now: datetime) -> str:
    """A moment as it is stored."""
    return now.isoformat(timespec="seconds")
