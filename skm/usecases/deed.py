"""Who does what, and when: every change by an officer is one transaction that ends with an entry in the log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from skm.store import audit
from skm.store.audit import Entry
from skm.store.database import Database, writing

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
    """One act: who does it, and the moment in UTC.

    `with_answer` is what the server does because an answer arrives: it tells no finer moment than the answer.
    """

    by: Actor
    at: datetime
    with_answer: bool = False

    @property
    def moment(self) -> str:
        """The moment as it is stored."""
        return stored_quarter(self.at) if self.with_answer else stored_moment(self.at)


def stored_moment(at: datetime) -> str:
    """A moment as it is stored: UTC to the second."""
    return at.isoformat(timespec="seconds")


def stored_quarter(at: datetime) -> str:
    """A moment as it is stored of what citizens did: the quarter of an hour in UTC in which it lies."""
    return stored_moment(quarter_of(at))


def quarter_of(at: datetime) -> datetime:
    """The beginning of the quarter of an hour in which a moment lies."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)


class Notes:
    """What one deed notes in the log, before it is written there."""

    def __init__(self, deed: Deed) -> None:
        self.deed = deed
        self.entries: list[Entry] = []
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
        officer = by.id, by.name, by.role
        self.entries.append(Entry.of(self.deed.moment, officer, path, verb, subject, before, after))

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

    def take(self, notes: "Notes") -> None:
        """Notes after its own what was noted elsewhere in the same transaction."""
        self.touched = self.touched or notes.touched
        self.entries += notes.entries


class Log(Notes):
    """The log as one deed writes to it: the entries are written when its transaction ends."""

    def __init__(self, db: Database, deed: Deed) -> None:
        super().__init__(deed)
        self.db = db

    def by(self, actor: Actor) -> "Log":
        """The same log, for what another does in the same transaction."""
        log = Log(self.db, replace(self.deed, by=actor))
        log.entries = self.entries
        return log


@contextmanager
def logged(db: Database, deed: Deed) -> Iterator[Log]:
    """One write transaction, undone with an AssertionError unless something was noted in the log.

    Raises StoreBusy where the database cannot be written now.
    """
    with writing(db), logged_within(db, deed) as log:
        yield log


@contextmanager
def logged_within(db: Database, deed: Deed) -> Iterator[Log]:
    """The same within the caller's transaction, as where a citizen's answer leads to a deed of the server."""
    log = Log(db, deed)
    yield log
    if not (log.touched or log.entries):
        raise AssertionError("a deed ended without an entry in the log")
    if deed.with_answer:
        audit.add_in_order(db, log.entries)
    else:
        audit.add_all(db, log.entries)
