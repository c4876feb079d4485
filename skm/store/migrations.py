"""The numbered migrations of `migrations/`, applied in order, each in one transaction, forward only.

The STATEMENTS of a migration are SQL; where SQL is not enough they are several pieces, with functions of the database
among them.
"""

import runpy
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlite_utils import Database, Migrations

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def apply(db: Database) -> list[str]:
    """Applies what is pending and returns its names; a failing migration leaves the database as it was."""
    migrations = _registered()
    pending = [migration.name for migration in migrations.pending(db)]
    migrations.apply(db)
    return pending


def pending(db: Database) -> list[str]:
    """The names of the migrations which this database still lacks."""
    return [migration.name for migration in _registered().pending(db)]


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
