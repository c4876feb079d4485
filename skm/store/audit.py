"""The log of what officers did. Append-only: the database refuses a change."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from skm.security.keys import key_after, new_key
from skm.store.database import Database
from skm.store.rows import insert


@dataclass(frozen=True)
class Entry:
    """Who did what, when, from which role, to what; before and after as JSON."""

    id: str
    at: str
    officer_id: str | None
    officer_name: str
    role: str
    path: str
    verb: str
    subject: str
    before: str
    after: str

    @classmethod
    def of(
        cls,
        at: str,
        officer: tuple[str | None, str, str],
        path: str,
        verb: str,
        subject: str,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> Self:
        """One deed as it is noted; `officer` is id, name and role."""
        return cls(new_key(), at, *officer, path, verb, subject, _text(before), _text(after))


@dataclass(frozen=True)
class Sought:
    """A word, and the codes of verbs and roles that are shown with this word in them."""

    word: str
    codes: Sequence[str] = ()


def add_all(db: Database, entries: Iterable[Entry]) -> None:
    """Notes deeds in their order."""
    insert(db, "audit", entries)


def add_in_order(db: Database, entries: Iterable[Entry]) -> None:
    """Notes deeds after all others, with ids that tell no finer moment than `at` and the entry before."""
    last = find_last(db)
    for entry in entries:
        last = key_after(last, int(datetime.fromisoformat(entry.at).timestamp()) * 1000)
        add_all(db, [replace(entry, id=last)])


def find_last(db: Database) -> str:
    """The id of the newest entry, "" before there is one."""
    (last,) = db.execute("SELECT coalesce(max(id), '') FROM audit").fetchone()
    return str(last)


def all_for(
    db: Database,
    path: str,
    sought: Sequence[Sought] = (),
    before: str = "~",
    limit: int | None = None,
    *,
    since: str = "",
    until: str = "~",
) -> Iterator[Entry]:
    """Entries about a subtree, the newest first, in which everything sought occurs.

    `before` is the id of an entry, to page on; `since` the first moment and `until` the one after the last.
    """
    values: dict[str, object] = {"path": path, "after": path + "~", "before": before, "limit": limit}
    values |= {"since": since, "until": until}
    conditions = "".join(f" AND ({_condition(at, one, values)})" for at, one in enumerate(sought))
    end = "" if limit is None else " LIMIT :limit"
    sql = f"""SELECT id, at, officer_id, officer_name, role, path, verb, subject, before, after FROM audit
              WHERE path >= :path AND path < :after AND id < :before
              AND at >= :since AND at < :until{conditions} ORDER BY id DESC{end}"""
    return (Entry(*row) for row in db.execute(sql, values))


def _condition(at: int, sought: Sought, values: dict[str, object]) -> str:
    """One thing sought as a condition; adds what it names to `values`."""
    plain = sought.word.lower().replace("!", "!!").replace("%", "!%").replace("_", "!_")
    names = {f"code_{at}_{number}": code for number, code in enumerate(sought.codes)}
    values |= names | {f"word_{at}": f"%{plain}%"}
    said = "lower(officer_name || ' ' || subject || ' ' || before || ' ' || after)"
    codes = ", ".join(f":{name}" for name in names) or "NULL"
    return f"{said} LIKE :word_{at} ESCAPE '!' OR verb IN ({codes}) OR role IN ({codes})"


def _text(values: Mapping[str, object] | None) -> str:
    return json.dumps(values, ensure_ascii=False, default=str, sort_keys=True) if values else ""
