"""Who does what, and when: every change by an officer is one transaction that ends with an entry in the log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from skm.store import audit
from skm.store.database import Database, writing
from skm.survey.problem import needed

__all__ = ["SERVER", "Actor", "Deed", "Log", "logged", "needed"]

Values = Mapping[str, object]


@dataclass(frozen=True)
class Actor:
    """Who acts: an officer (petugas) in a role, or the server, which has no id and no role."""

    id: str | None
    name: str
    role: str


SERVER = Actor(None, "server", "")


@dataclass(frozen=True)
class Deed:
    """One act: who does it, and the moment in UTC."""

    by: Actor
    at: datetime

    @property
    def moment(self) -> str:
        """The moment as it is stored: UTC to the second."""
        return self.at.isoformat(timespec="seconds")


class Log:
    """The log as one deed writes to it, within the deed's transaction."""

    def __init__(self, db: Database, deed: Deed) -> None:
        self.db = db
        self.deed = deed
        self.touched = False

    def note(
        self,
        path: str,
        verb: str,
        subject: str,
        before: Values | None = None,
        after: Values | None = None,
    ) -> None:
        """Notes what was done to a subject in the subtree of a path, with the values before and after."""
        self.touched = True
        by = self.deed.by
        audit.add(self.db, self.deed.moment, (by.id, by.name, by.role), path, verb, subject, before, after)

    def added(self, path: str, verb: str, subject: str, noun: Any) -> None:
        """Notes something new with every value it has."""
        values = {name: value for name, value in vars(noun).items() if value not in (None, "")}
        self.note(path, verb, subject, None, values)

    def changed(self, path: str, verb: str, subject: str, before: Values, after: Values) -> None:
        """Notes the values that differ; writes no entry where none does."""
        self.touched = True
        names = [name for name in after if before.get(name) != after[name]]
        if names:
            was, now = {name: before.get(name) for name in names}, {name: after[name] for name in names}
            self.note(path, verb, subject, was, now)

    def unchanged(self) -> None:
        """Says that there was nothing to change, as where the same is sent twice; writes no entry."""
        self.touched = True


@contextmanager
def logged(db: Database, deed: Deed) -> Iterator[Log]:
    """One write transaction, undone with an AssertionError unless something was noted in the log.

    Raises StoreBusy where the database cannot be written now.
    """
    with writing(db):
        log = Log(db, deed)
        yield log
        if not log.touched:
            raise AssertionError("a deed ended without an entry in the log")
