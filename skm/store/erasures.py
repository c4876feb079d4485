"""What was erased of answers: the event stays, the words are gone from the file."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from skm.store import installation
from skm.store.database import Database, StoreBusy, impatient, writing
from skm.store.rows import insert_numbered

TABLES: Mapping[str, str] = {"comment": "comments", "profile": "profiles"}
_UNFINISHED = "words_in_wal"  # the fact that erased words may still lie in the WAL


@dataclass(frozen=True)
class Erasure:
    """What of an answer was erased, "comment" or "profile", by whom and why."""

    response_id: str
    what: str
    at: str
    officer_id: str | None
    officer_name: str
    why: str


def find_words(db: Database, response_id: str) -> Sequence[str]:
    """What an answer still has of what can be erased, of "comment" and "profile"."""
    there = "SELECT 1 FROM {} WHERE number = (SELECT number FROM responses WHERE id = :id)"
    return [
        what
        for what, table in TABLES.items()
        if db.execute(there.format(table), {"id": response_id}).fetchone()
    ]


def erase(db: Database, erasure: Erasure) -> None:
    """Adds the event and deletes the words, also from the paper sheet that they came from."""
    insert_numbered(db, "erasures", [erasure])
    named, table = {"id": erasure.response_id}, TABLES[erasure.what]
    db.execute(f"DELETE FROM {table} WHERE number = (SELECT number FROM responses WHERE id = :id)", named)
    db.execute(f"UPDATE paper_sheets SET {erasure.what} = '' WHERE id = :id AND {erasure.what} <> ''", named)
    installation.change(db, _UNFINISHED, erasure.at)


def all_erased(db: Database) -> list[tuple[str, str, str]]:
    """Every erasure as the id of its answer, what was erased, and when; the earliest first."""
    sql = "SELECT response_id, what, at FROM erasures ORDER BY number"
    return [(str(key), str(what), str(at)) for key, what, at in db.execute(sql).fetchall()]


def finish(db: Database) -> bool:
    """Overwrites what the WAL still has of erased words; whether nothing is left there.

    The database itself overwrites what is deleted. While others read or write the WAL has to stay: nobody waits for
    that, it is to be tried again later.
    """
    if installation.find(db, _UNFINISHED) is None:
        return True
    with suppress(StoreBusy), impatient(db):
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if not busy:
            with writing(db):
                db.execute("DELETE FROM facts WHERE name = :name", {"name": _UNFINISHED})
            return True
    return False
