"""Opening the database, and writing to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

__all__ = ["Database", "StoreBusy", "connect", "reading", "writing"]

BUSY_MILLISECONDS = 10_000


class StoreBusy(Exception):
    """The database could not take the change in time; nothing was written, and trying again is safe."""


def connect(path: Path) -> Database:
    """An open database; answers survive a power cut once a transaction has ended (WAL, synchronous=FULL)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_MILLISECONDS / 1000, check_same_thread=False)
    db = Database(connection)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return db


@contextmanager
def writing(db: Database) -> Iterator[Database]:
    """One write transaction, which takes the write lock at its start.

    `Database.atomic()` starts deferred: a read that turns into a write then fails at once with
    "database is locked" when somebody wrote in between. Raises StoreBusy when the lock is not to be had.
    """
    try:
        db.conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise StoreBusy(str(error)) from error
    try:
        yield db
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()  # of a failed commit too: SQLite leaves its transaction open, and the next could not begin
        raise


@contextmanager
def reading(db: Database) -> Iterator[Database]:
    """One picture of the database for several questions: answers that arrive meanwhile are not seen."""
    db.conn.execute("BEGIN")
    try:
        yield db
    finally:
        db.conn.rollback()
