"""What units changed because of earlier answers. Never deleted: what is withdrawn stays, unseen by citizens."""

from collections.abc import Sequence

from sqlite_utils import Database

from skm.store.rows import insert, one, rows
from skm.survey.follow_up import FollowUp

_FOLLOW_UP = "SELECT id, unit_id, element, sentence, done, created, published, withdrawn FROM follow_ups"
_TOLD = "published IS NOT NULL AND withdrawn IS NULL"


def add(db: Database, follow_up: FollowUp) -> None:
    """Adds a follow-up."""
    insert(db, "follow_ups", [follow_up])


def find(db: Database, follow_up_id: str) -> FollowUp | None:
    """The follow-up with this id."""
    return one(db, FollowUp, f"{_FOLLOW_UP} WHERE id = :id", {"id": follow_up_id})


def all_for(db: Database, unit_id: str) -> Sequence[FollowUp]:
    """All of a unit, the newest first."""
    return rows(db, FollowUp, f"{_FOLLOW_UP} WHERE unit_id = :unit ORDER BY id DESC", {"unit": unit_id})


def all_told(db: Database, unit_id: str, limit: int) -> Sequence[FollowUp]:
    """The published ones of a unit, what was done last first."""
    sql = f"{_FOLLOW_UP} WHERE unit_id = :unit AND {_TOLD} ORDER BY done DESC, id DESC LIMIT :limit"
    return rows(db, FollowUp, sql, {"unit": unit_id, "limit": limit})


def told_ids(unit: str, limit: int) -> str:
    """SQL for the ids of `all_told`, joined; `unit` is the SQL for the unit's id. What is told never changes."""
    ids = f"SELECT id FROM follow_ups WHERE unit_id = {unit} AND {_TOLD} ORDER BY done DESC, id DESC"
    return f"SELECT group_concat(id, ' ') FROM ({ids} LIMIT {limit:d})"


def change(db: Database, follow_up: FollowUp) -> None:
    """Sets everything about a follow-up but its unit."""
    sql = """UPDATE follow_ups SET element = :element, sentence = :sentence, done = :done, published = :published,
             withdrawn = :withdrawn WHERE id = :id"""
    db.execute(sql, vars(follow_up))
