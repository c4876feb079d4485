"""Snapshots of closed periods: what the figures of an organisation were, frozen. Append-only.

A revision is one number for a whole period; an organisation whose figures it leaves alone has no snapshot in it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from skm.store.rows import one, rows
from skm.store.scores import ANSWERS_BELOW, Mark, left_out, subtree
from skm.survey.period import Span

_SNAPSHOT = """SELECT id, period_id, organisation_id, revision, made, officer_id, officer_name, reason,
                      last_response, last_event, digest FROM snapshots"""
EVERY_REVISION = 1 << 62


@dataclass(frozen=True)
class Snapshot:
    """When, by whom and why the figures of an organisation were frozen, how far the answers were read, and the digest.

    The figures themselves, which may be long, are its content.
    """

    id: str
    period_id: str
    organisation_id: str
    revision: int
    made: str
    officer_id: str | None
    officer_name: str
    reason: str
    last_response: int
    last_event: int
    digest: str

    @property
    def mark(self) -> Mark:
        """How far the answers and the decisions on them were read."""
        return Mark(self.last_response, self.last_event)


Differing = tuple[str, str, int]  # the path of a unit, questionnaire, how many answers


@dataclass(frozen=True)
class Told:
    """Whose answers a frozen figure counts: those of some days, as they were known at a mark."""

    opens: str
    closes: str
    mark: Mark


def add(db: Database, made: Iterable[tuple[Snapshot, bytes]]) -> None:
    """Adds snapshots with their contents, which are UTF-8."""
    for snapshot, content in made:
        values = vars(snapshot) | {"content": content.decode()}
        names = ", ".join(values)
        db.execute(
            f"INSERT INTO snapshots ({names}) VALUES ({', '.join(f':{name}' for name in values)})", values
        )


def find(db: Database, snapshot_id: str) -> Snapshot | None:
    """The snapshot with this id."""
    return one(db, Snapshot, f"{_SNAPSHOT} WHERE id = :id", {"id": snapshot_id})


def content_of(db: Database, snapshot_id: str) -> bytes:
    """The bytes over which the digest was made, as they are stored now; raises LookupError."""
    sql = "SELECT CAST(content AS BLOB) FROM snapshots WHERE id = :id"
    row = db.execute(sql, {"id": snapshot_id}).fetchone()
    if row is None:
        raise LookupError(snapshot_id)
    return bytes(row[0])


def all_for(db: Database, period_id: str, organisation_id: str) -> Sequence[Snapshot]:
    """The snapshots of an organisation in a period, the first revision first."""
    sql = f"{_SNAPSHOT} WHERE period_id = :period AND organisation_id = :organisation ORDER BY revision"
    return rows(db, Snapshot, sql, {"period": period_id, "organisation": organisation_id})


def all_latest(db: Database, period_id: str, until: int = EVERY_REVISION) -> Sequence[Snapshot]:
    """The latest snapshot of every organisation in a period, or the one that was so at a revision."""
    sql = f"""{_SNAPSHOT} AS s WHERE period_id = :period AND revision =
              (SELECT max(revision) FROM snapshots WHERE period_id = s.period_id
               AND organisation_id = s.organisation_id AND revision <= :until) ORDER BY organisation_id"""
    return rows(db, Snapshot, sql, {"period": period_id, "until": until})


def all_snapshots(db: Database) -> Sequence[Snapshot]:
    """Every snapshot, in the order in which they were made."""
    return rows(db, Snapshot, f"{_SNAPSHOT} ORDER BY made, period_id, revision, organisation_id", {})


def all_digests(db: Database) -> list[str]:
    """The digest of every snapshot, sorted."""
    return [str(row[0]) for row in db.execute("SELECT digest FROM snapshots ORDER BY digest").fetchall()]


def count_revisions(db: Database, period_id: str) -> int:
    """The number of a period's latest revision; 0 where it has not been closed."""
    sql = "SELECT coalesce(max(revision), 0) FROM snapshots WHERE period_id = :period"
    return int(db.execute(sql, {"period": period_id}).fetchone()[0])


def find_mark(db: Database, period_id: str) -> Mark | None:
    """How far the latest revision of a period has read; None where it has not been closed."""
    sql = """SELECT last_response, last_event FROM snapshots WHERE period_id = :period
             ORDER BY revision DESC LIMIT 1"""
    row = db.execute(sql, {"period": period_id}).fetchone()
    return None if row is None else Mark(*row)


def count_late(db: Database, path: str, span: Span, mark: Mark) -> dict[str, int]:
    """How many answers of a span came, or were decided on, after a mark; by unit of a subtree."""
    days = " AND local_date BETWEEN :opens AND :closes" if span.cuts_months else ""
    within = f"{ANSWERS_BELOW} AND local_month BETWEEN :first AND :last{days}"
    sql = f"""SELECT unit_id, count(*) FROM
              (SELECT unit_id, number FROM responses INDEXED BY scores_by_unit_month
               WHERE {within} AND number > :last_response
               UNION SELECT unit_id, number FROM responses
               WHERE {within} AND id IN (SELECT response_id FROM response_events WHERE number > :last_event))
              GROUP BY unit_id"""
    last = {"last_response": mark.response, "last_event": mark.event}
    values = subtree(path, span) | last | {"opens": span.opens, "closes": span.closes}
    return {str(unit): int(n) for unit, n in db.execute(sql, values)}


def count_differing(db: Database, units: Iterable[str], one: Told, other: Told) -> list[Differing]:
    """How many answers only one of two frozen figures counts, by unit, by where it stood then, and by questionnaire."""
    left_out_numbers = [_left_out_at(db, told.mark) for told in (one, other)]

    def counts(which: int) -> str:
        return f"""(local_date BETWEEN :opens{which} AND :closes{which} AND number <= :response{which}
                    AND number NOT IN (SELECT value FROM json_each(:out{which})))"""

    sql = f"""SELECT path, instrument_id, sum(n) FROM
              (SELECT unit_id, local_date, instrument_id, count(*) AS n FROM responses INDEXED BY scores_by_unit_month
               WHERE unit_id IN (SELECT value FROM json_each(:units)) AND {counts(0)} <> {counts(1)}
               GROUP BY unit_id, local_date, instrument_id)
              JOIN placements ON organisation_id = unit_id AND local_date BETWEEN since AND until
              GROUP BY path, instrument_id"""
    values: dict[str, str | int] = {"units": json.dumps(list(units))}
    for which, told in enumerate((one, other)):
        values |= {f"opens{which}": told.opens, f"closes{which}": told.closes}
        values |= {f"response{which}": told.mark.response, f"out{which}": left_out_numbers[which]}
    return [(str(path), str(name), int(n)) for path, name, n in db.execute(sql, values)]


def _left_out_at(db: Database, mark: Mark) -> str:
    sql = f"SELECT number FROM responses WHERE id IN ({left_out()})"
    return json.dumps([number for (number,) in db.execute(sql, {"last_event": mark.event})])
