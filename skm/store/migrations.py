"""The numbered migrations of `migrations/`, applied in order, each in one transaction, forward only.

The STATEMENTS of a migration are SQL; where SQL is not enough they are several pieces, with functions of the database
among them. One that writes a large table again says in FREE_DISK how many times the size of the database it needs
on the disk. One that changes what people have to do says so in its NOTICE.
"""

import math
import runpy
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database, Migrations

from skm.survey.problem import Problem

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def apply(db: Database, free: int | None = None) -> list[str]:
    """Applies what is pending and returns its names; a failing migration leaves the database as it was.

    `free` is the number of free bytes on the disk of the database; None asks for no room. Raises Problem where
    the disk has less room than the pending migrations need.
    """
    names = pending(db)
    if free is not None and free < (needed := _disk_needed(db, names)):
        raise Problem("disk_too_small", free=_megabytes(free), needed=_megabytes(needed))
    old = bool(applied(db))
    _registered().apply(db)
    if old and any(_says(name, "WRITE_AGAIN") for name in names):
        db.execute(
            "PRAGMA wal_checkpoint(TRUNCATE)"
        )  # what the migrations wrote would need its room beside it
        db.execute("VACUUM")
    return names


def pending(db: Database) -> list[str]:
    """The names of the migrations which this database still lacks."""
    return [migration.name for migration in _registered().pending(db)]


def notices(db: Database) -> list[str]:
    """What has to be known before the pending migrations are applied; nothing for a database that is new."""
    names = pending(db)
    if len(names) == len(list(FOLDER.glob("[0-9]*.py"))):
        return []
    return [said for name in names if (said := _says(name, "NOTICE"))]


def applied(db: Database) -> list[str]:
    """The names of the migrations which this database has."""
    return [migration.name for migration in _registered().applied(db)]


def unknown(names: Sequence[str]) -> list[str]:
    """Those of a newer version than this one."""
    return [name for name in names if not (FOLDER / f"{name}.py").exists()]


def _disk_needed(db: Database, names: Sequence[str]) -> int:
    """The bytes that the most demanding of these migrations needs beside the database."""
    pages, size = (int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    shares = [_says(name, "FREE_DISK") or 0 for name in names]
    return math.ceil(pages * size * max(shares, default=0))


def _says(name: str, constant: str) -> Any:
    """What a migration says beside its statements; None for nothing."""
    return runpy.run_path(str(FOLDER / f"{name}.py")).get(constant)


def _megabytes(number: int) -> str:
    return f"{math.ceil(number / 1_000_000)} MB"


def _registered() -> Migrations:
    migrations = Migrations("skm")
    for file in sorted(FOLDER.glob("[0-9]*.py")):
        migrations(name=file.stem)(_change(file))
    return migrations


def _change(file: Path) -> Callable[[Database], None]:
    return lambda db: _apply_all(db, runpy.run_path(str(file))["STATEMENTS"])


def _apply_all(db: Database, statements: str | Sequence[str | Callable[[Database], None]]) -> None:
    for piece in [statements] if isinstance(statements, str) else statements:
        _execute_all(db, piece) if isinstance(piece, str) else piece(db)


def _execute_all(db: Database, script: str) -> None:
    # One statement at a time: sqlite3's executescript would commit the transaction around the migration.
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
