"""Opening the database, and writing to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from skm.store.patience import PATIENCE, SECONDS, StoreBusy, StoreLost
from skm.store.place import PlacedConnection, find_replaced, note_rights

__all__ = ["Database", "StoreBusy", "StoreError", "cannot_now", "connect", "impatient", "reading", "writing"]

StoreError = sqlite3.DatabaseError  # whatever SQLite refuses
# Primary result codes that speak of the disk, the file or somebody else's lock, not of what was asked.
CANNOT_NOW = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


def cannot_now(error: BaseException) -> bool:
    """Whether an error says that the database cannot be used now, rather than that the question was wrong."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in CANNOT_NOW


def connect(path: Path) -> Database:
    """An open database; answers survive a power cut once a transaction has ended (WAL, synchronous=FULL).

    Raises StoreBusy where it cannot be opened now, StoreLost where its files are not those that a server serves.
    """
    with _or_busy():
        _refuse_if(find_replaced(path))
        try:
            # Answers are for nobody else on this machine; SQLite gives the WAL the rights of the database.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)
        except OSError as error:
            raise StoreBusy(str(error)) from error
        note_rights(path)
        connection = sqlite3.connect(path, timeout=SECONDS, check_same_thread=False, factory=PlacedConnection)
        # secure_delete: what somebody has erased is overwritten in the file.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return Database(connection)


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One write transaction, which takes the write lock at its start; it waits SECONDS for it, in a place for waiting.

    `Database.atomic()` starts deferred: a read that turns into a write then fails at once with
    "database is locked" when somebody wrote in between. Raises StoreBusy when the database cannot be written: locked,
    full, read-only, broken. Nothing of the change is left then.
    """
    with _or_busy():
        if not _begin_at_once(db):
            with PATIENCE.place():
                begin(db)
        with ending(db):
            yield db


def begin(db: Database) -> None:
    """Begins a write transaction, which may take SECONDS; raises StoreBusy."""
    with _or_busy():
        if not _begin(db):
            raise StoreBusy("locked")


@contextmanager
def ending(db: Database) -> Iterator[None]:
    """Commits what was begun, or undoes all of it. Raises StoreBusy when it cannot be written."""
    with _or_busy():
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            # After a failed commit too: SQLite leaves its transaction open, and the next could not begin.
            db.conn.rollback()
            raise


@contextmanager
def reading(db: Database) -> Iterator[Database]:
    """One picture of the database for several questions: answers that arrive meanwhile are not seen."""
    db.conn.execute("BEGIN")
    try:
        yield db
    finally:
        db.conn.rollback()


def _begin_at_once(db: Database) -> bool:
    """Begins without waiting; whether the lock was to be had."""
    with impatient(db):
        return _begin(db)


@contextmanager
def impatient(db: Database) -> Iterator[None]:
    """Waits for nobody's lock meanwhile."""
    db.conn.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA busy_timeout = {int(SECONDS * 1000)}")


def _begin(db: Database) -> bool:
    """Begins, within the SECONDS for which connections wait; whether the lock was to be had."""
    if isinstance(db.conn, PlacedConnection):
        _refuse_if(db.conn.find_lost())
    try:
        db.conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _refuse_if(lost: Path | None) -> None:
    if lost:
        raise StoreLost(f"{lost} dihapus atau diganti selagi dipakai; hentikan layanan, lalu jalankan lagi")


@contextmanager
def _or_busy() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        if cannot_now(error):
            raise StoreBusy(str(error)) from error
        raise
