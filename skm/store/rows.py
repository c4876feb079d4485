"""Rows to nouns and back: the columns of a query are the fields of a dataclass, in the same order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import chain, islice
from operator import attrgetter
from typing import Any, TypeVar

from sqlite_utils import Database

Noun = TypeVar("Noun")
_NAMES: dict[type[Any], list[str]] = {}


def one(db: Database, noun: type[Noun], sql: str, values: Mapping[str, Any]) -> Noun | None:
    """The first row as a noun, or None."""
    row = db.execute(sql, dict(values)).fetchone()
    return None if row is None else noun(*row)


def rows(db: Database, noun: type[Noun], sql: str, values: Mapping[str, Any]) -> Sequence[Noun]:
    """All rows as nouns."""
    return [noun(*row) for row in db.execute(sql, dict(values))]


def columns(noun: type[Any], table: str = "") -> str:
    """The columns that a noun is read from, for a SELECT: one for each field, with the name of their table."""
    return ", ".join(f"{table}.{name}" if table else name for name in _names(noun))


def parts(row: Sequence[Any], *nouns: type[Any]) -> list[Any]:
    """The nouns of a row that has the columns of several, one after the other."""
    values = iter(row)
    return [noun(*islice(values, len(_names(noun)))) for noun in nouns]


def _names(noun: type[Any]) -> list[str]:
    """The names of the fields of a noun: looked up once, for every page needs those of some nouns."""
    if noun not in _NAMES:
        _NAMES[noun] = [field.name for field in fields(noun)]
    return _NAMES[noun]


def update(db: Database, table: str, noun: type[Any], changed: Iterable[Any], fixed: Collection[str]) -> None:
    """Sets in the rows of changed nouns, found by their ids, every field that is not fixed."""
    names = [field.name for field in fields(noun) if field.name != "id" and field.name not in fixed]
    assignments = ", ".join(f"{name} = :{name}" for name in names)
    db.conn.executemany(f"UPDATE {table} SET {assignments} WHERE id = :id", map(vars, changed))


def insert(db: Database, table: str, nouns: Iterable[Any]) -> int:
    """Adds nouns as rows of a table whose columns have the names of their fields; their number."""
    rest = iter(nouns)
    first = next(rest, None)
    if first is None:
        return 0
    names = [field.name for field in fields(first)]
    statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})"
    return db.conn.executemany(statement, map(attrgetter(*names), chain([first], rest))).rowcount


def insert_numbered(db: Database, table: str, nouns: Iterable[Any]) -> None:
    """Adds nouns as rows which have, beside their fields, a `number`: one more than the highest so far."""
    for noun in nouns:
        names = [field.name for field in fields(noun)]
        number = f"(SELECT coalesce(max(number), 0) + 1 FROM {table})"
        marks = ", ".join(f":{name}" for name in names)
        db.execute(f"INSERT INTO {table} (number, {', '.join(names)}) VALUES ({number}, {marks})", vars(noun))
