"""The answers that are held until a person decides, and who proposed to exclude them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from skm.store.rows import insert_numbered, one, rows

# The decision by which each held answer is held. A proposal stands while that decision is the last one.
_HELD = """(SELECT number, response_id, at, why FROM response_events AS e
            WHERE state = 'held'
                  AND number = (SELECT max(number) FROM response_events WHERE response_id = e.response_id))"""
_STANDING = """(SELECT response_id, event, officer_id, officer_name, why FROM exclusion_proposals AS p
                WHERE state = 'proposed'
                      AND number = (SELECT max(number) FROM exclusion_proposals WHERE response_id = p.response_id))"""


@dataclass(frozen=True)
class HeldAnswer:
    """A held answer with what helps to judge it; the signals are None where they are not known.

    `why` it is held; who proposed to exclude it and for what reason, where somebody did: `proposal` is "" where nobody.
    """

    number: int
    id: str
    receipt: str
    received: str
    local_date: str
    local_hour: int
    channel: str
    counter: str
    service: str
    scores: str
    seconds: int | None
    form_turn: int | None
    same_origin: int | None
    why: str
    proposer_id: str | None
    proposer: str
    proposal: str


@dataclass(frozen=True)
class Proposal:
    """Somebody proposes to exclude an answer that the decision `event` holds, or withdraws that."""

    response_id: str
    event: int
    state: str
    at: str
    officer_id: str | None
    officer_name: str
    why: str


@dataclass(frozen=True)
class WaitingUnit:
    """A unit with held answers: how many wait, for how many a second person, and the local date of the oldest."""

    id: str
    slug: str
    name: str
    agency: str
    n: int
    proposed: int
    oldest: str

    @property
    def since(self) -> date:
        """The day of the earliest."""
        return date.fromisoformat(self.oldest)


def all_for_unit(db: Database, unit_id: str) -> Sequence[HeldAnswer]:
    """The held answers of a unit, in the order of arrival."""
    sql = f"""SELECT r.number, r.id, r.receipt, r.received, r.local_date, r.local_hour, r.channel, c.name, s.name,
                     r.scores, r.seconds, r.form_turn, r.same_origin, h.why, p.officer_id, coalesce(p.officer_name, ''),
                     coalesce(p.why, '')
              FROM {_HELD} AS h JOIN responses AS r ON r.id = h.response_id
              JOIN counters AS c ON c.id = r.counter_id JOIN services AS s ON s.id = r.service_id
              LEFT JOIN {_STANDING} AS p ON p.response_id = r.id AND p.event = h.number
              WHERE r.unit_id = :unit ORDER BY r.number"""
    return rows(db, HeldAnswer, sql, {"unit": unit_id})


def all_waiting(db: Database, path: str) -> Sequence[WaitingUnit]:
    """The units below a path that have held answers, the one that has waited longest first."""
    sql = f"""SELECT u.id, u.slug, u.name, a.name, count(*), count(p.event), min(r.local_date)
              FROM {_HELD} AS h JOIN responses AS r ON r.id = h.response_id
              JOIN organisations AS u ON u.id = r.unit_id LEFT JOIN organisations AS a ON a.id = u.parent_id
              LEFT JOIN {_STANDING} AS p ON p.response_id = r.id AND p.event = h.number
              WHERE substr(u.path, 1, length(:path)) = :path
              GROUP BY u.id ORDER BY min(r.number)"""
    return rows(db, WaitingUnit, sql, {"path": path})


def find_hold(db: Database, response_id: str) -> int | None:
    """The number of the decision that holds an answer; None where it is not held."""
    sql = f"SELECT number FROM {_HELD} WHERE response_id = :id"
    row = db.execute(sql, {"id": response_id}).fetchone()
    return None if row is None else int(row[0])


def find_proposal(db: Database, response_id: str) -> Proposal | None:
    """The proposal that stands to exclude an answer; None where there is none."""
    sql = f"""SELECT p.response_id, p.event, p.state, p.at, p.officer_id, p.officer_name, p.why
              FROM exclusion_proposals AS p JOIN {_HELD} AS h ON h.number = p.event
              WHERE p.response_id = :id AND p.state = 'proposed'
                    AND p.number = (SELECT max(number) FROM exclusion_proposals WHERE response_id = :id)"""
    return one(db, Proposal, sql, {"id": response_id})


def add_proposal(db: Database, proposal: Proposal) -> None:
    """Adds a proposal, or that it was withdrawn; it takes the place of the earlier ones."""
    insert_numbered(db, "exclusion_proposals", [proposal])
