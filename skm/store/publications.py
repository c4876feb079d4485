"""Which closed periods are official for everyone. Append-only: the last deed on a period counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from skm.store.rows import insert_numbered, rows

PUBLISHED, WITHDRAWN = "published", "withdrawn"


@dataclass(frozen=True)
class Publication:
    """That the figures of a period, as of a revision, were published or withdrawn: when, by whom, and why."""

    period_id: str
    kind: str
    revision: int
    at: str
    officer_id: str | None
    officer_name: str
    reason: str

    @property
    def standing(self) -> bool:
        """Whether it makes the period official; otherwise it takes that back."""
        return self.kind == PUBLISHED


def add(db: Database, publication: Publication) -> None:
    """Adds a deed; it takes the place of the earlier ones."""
    insert_numbered(db, "publications", [publication])


def all_for(db: Database, period_id: str) -> Sequence[Publication]:
    """The deeds on a period, the earliest first."""
    sql = """SELECT period_id, kind, revision, at, officer_id, officer_name, reason FROM publications
             WHERE period_id = :period ORDER BY number"""
    return rows(db, Publication, sql, {"period": period_id})


def find_latest(db: Database, period_id: str) -> Publication | None:
    """The deed that counts; None where nobody has ever published the period."""
    return next(reversed(all_for(db, period_id)), None)


def official_id(organisation: str) -> str:
    """SQL for the id of an organisation's snapshot in the period that is published and ended last.

    `organisation` is the SQL for its id. Of several periods that ended together it is the longest.
    """
    return f"""SELECT s.id FROM snapshots AS s JOIN periods AS p ON p.id = s.period_id
               JOIN publications AS a ON a.period_id = s.period_id AND s.revision <= a.revision
               WHERE s.organisation_id = {organisation} AND a.kind = '{PUBLISHED}'
                     AND a.number = (SELECT max(number) FROM publications WHERE period_id = s.period_id)
               ORDER BY p.closes DESC, p.opens, s.revision DESC LIMIT 1"""


def find_official(db: Database, organisation_id: str) -> str | None:
    """The id of the snapshot that is official for an organisation now."""
    row = db.execute(official_id(":organisation"), {"organisation": organisation_id}).fetchone()
    return None if row is None else str(row[0])
