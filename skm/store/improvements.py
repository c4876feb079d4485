"""What units changed because of earlier answers. Never deleted: what is withdrawn stays, unseen by citizens."""

from collections.abc import Sequence

from sqlite_utils import Database

from skm.store.rows import insert, one, rows
from skm.survey.improvement import Improvement

_IMPROVEMENT = "SELECT id, unit_id, element, sentence, done, created, published, withdrawn FROM improvements"
_PUBLISHED = "published IS NOT NULL AND withdrawn IS NULL"


def add(db: Database, improvement: Improvement) -> None:
    """Adds an improvement."""
    insert(db, "improvements", [improvement])


def find(db: Database, improvement_id: str) -> Improvement | None:
    """The improvement with this id."""
    return one(db, Improvement, f"{_IMPROVEMENT} WHERE id = :id", {"id": improvement_id})


def all_for(db: Database, unit_id: str) -> Sequence[Improvement]:
    """All of a unit, the newest first."""
    return rows(db, Improvement, f"{_IMPROVEMENT} WHERE unit_id = :unit ORDER BY id DESC", {"unit": unit_id})


def all_published(db: Database, unit_id: str, limit: int) -> Sequence[Improvement]:
    """The published ones of a unit, what was done last first."""
    sql = f"{_IMPROVEMENT} WHERE unit_id = :unit AND {_PUBLISHED} ORDER BY done DESC, id DESC LIMIT :limit"
    return rows(db, Improvement, sql, {"unit": unit_id, "limit": limit})


def published_ids(unit: str, limit: int) -> str:
    """SQL for the ids of `all_published`, joined; `unit` is the SQL for the unit's id. They stand for the sentences."""
    ids = f"SELECT id FROM improvements WHERE unit_id = {unit} AND {_PUBLISHED} ORDER BY done DESC, id DESC"
    return f"SELECT group_concat(id, ' ') FROM ({ids} LIMIT {limit:d})"


def change(db: Database, improvement: Improvement) -> None:
    """Sets everything about an improvement but its unit."""
    sql = """UPDATE improvements SET element = :element, sentence = :sentence, done = :done, published = :published,
             withdrawn = :withdrawn WHERE id = :id"""
    db.execute(sql, vars(improvement))
