"""Databases for tests, copied: the migrations run and the test city is built once per process."""

import sqlite3
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from skm.store import migrations
from skm.store.database import Database, connect, writing
from tests.builders import City, a_city


def a_database(path: Path) -> Database:
    """A migrated, empty database on disk, as in production."""
    path.write_bytes(_migrated())
    return connect(path)


def the_city(db: Database) -> City:
    """The city of `a_city(db)`, put into a database that is still empty; its keys are the same in all tests."""
    source, city = _in_memory()
    source.conn.backup(db.conn)
    return city


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "skm.sqlite"
        db = connect(path)
        migrations.apply(db)
        db.close()
        return path.read_bytes()


@cache
def _in_memory() -> tuple[Database, City]:
    db = Database(sqlite3.connect(":memory:"))
    migrations.apply(db)
    with writing(db):
        return db, a_city(db)
