"""A whole database, copied as of one moment while others go on writing; and what a copy says of itself."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from skm.store.database import Database

MOST_FAULTS = 5  # that are named


def copy_database(db: Database, path: Path) -> None:
    """Writes all of a database into a file of its own, without a WAL; nobody waits for it.

    Raises OSError where the file cannot be written.
    """
    path.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(path)) as copy:
            db.conn.backup(copy)  # in one step: a copy in several begins again whenever somebody writes
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def find_faults(db: Database) -> Sequence[str]:
    """What SQLite finds wrong with the file, and references that lead nowhere; none where it is sound."""
    try:
        found = [
            str(row[0]) for row in db.execute(f"PRAGMA integrity_check({MOST_FAULTS})") if row[0] != "ok"
        ]
        strays = [
            f"{row[0]} → {row[2]}" for row in db.execute("PRAGMA foreign_key_check").fetchmany(MOST_FAULTS)
        ]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [*found, *strays]


def count_rows(db: Database) -> dict[str, int]:
    """How many rows each table has, by its name."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    names = [str(row[0]) for row in db.execute(sql).fetchall()]
    return {name: int(db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}
