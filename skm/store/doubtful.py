"""What the rules for holding answers look at: the answers since the last look, and a unit's own pace before them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from skm.store.rows import rows

_COLUMNS = """r.number, r.id, r.receipt, r.unit_id, r.received, r.local_date, r.local_hour, r.channel, r.scores,
              r.flags, r.seconds, r.form_number, r.form_turn, r.same_origin,
              (SELECT why FROM response_events WHERE response_id = r.id ORDER BY number DESC LIMIT 1)"""
MOST = 20_000  # answers that are looked at together


@dataclass(frozen=True)
class Candidate:
    """An answer with its signals, and why somebody, or a rule, decided on it last; None where nobody has."""

    number: int
    id: str
    receipt: str
    unit_id: str
    received: str
    local_date: str
    local_hour: int
    channel: str
    scores: str
    flags: str
    seconds: int | None
    form_number: int | None
    form_turn: int | None
    same_origin: int | None
    why: str | None

    @property
    def decided(self) -> bool:
        """Whether anybody has decided on it."""
        return self.why is not None


def all_after(db: Database, number: int) -> Sequence[Candidate]:
    """The next answers with a higher number, in the order of arrival; at most MOST."""
    sql = f"SELECT {_COLUMNS} FROM responses AS r WHERE r.number > :number ORDER BY r.number LIMIT {MOST}"
    return rows(db, Candidate, sql, {"number": number})


def all_recent(db: Database, number: int) -> Sequence[Candidate]:
    """The answers up to a number, in the order of arrival; MOST of them."""
    sql = f"SELECT {_COLUMNS} FROM responses AS r WHERE r.number BETWEEN :number - {MOST} AND :number ORDER BY r.number"
    return rows(db, Candidate, sql, {"number": number})


def all_of_form(db: Database, form_number: int) -> Sequence[Candidate]:
    """The answers of one opened form, by the number of its first."""
    form = "substr(f.id, 1, instr(f.id || '~', '~') - 1)"
    sql = f"""SELECT {_COLUMNS} FROM responses AS f JOIN responses AS r ON r.id BETWEEN {form} AND {form} || '~~'
              WHERE f.number = :number AND r.form_number = :number ORDER BY r.number"""
    return rows(db, Candidate, sql, {"number": form_number})


def all_of_kiosks(db: Database, unit_id: str, day: str) -> Sequence[Candidate]:
    """The answers of a unit's kiosks of one local date."""
    sql = f"""SELECT {_COLUMNS} FROM responses AS r WHERE r.unit_id = :unit AND r.local_month = substr(:day, 1, 7)
              AND r.local_date = :day AND r.channel = 'kiosk' ORDER BY r.number"""
    return rows(db, Candidate, sql, {"unit": unit_id, "day": day})


def count_pace(db: Database, unit_id: str, since: str, before: str) -> tuple[int, int, int]:
    """How many answers of a unit came by telephone or kiosk, on how many days, how many of them all 4.

    Without those on which anybody has ever decided: a burst is no part of a unit's own pace.
    """
    sql = """SELECT count(*), count(DISTINCT local_date),
                     coalesce(sum(replace(replace(scores, '4', ''), '-', '') = ''), 0) FROM responses
              WHERE unit_id = :unit AND local_month BETWEEN substr(:since, 1, 7) AND substr(:before, 1, 7)
                    AND local_date >= :since AND local_date < :before AND channel NOT IN ('paper', 'import')
                    AND NOT EXISTS (SELECT 1 FROM response_events WHERE response_id = responses.id)"""
    named = {"unit": unit_id, "since": since, "before": before}
    n, days, alike = db.execute(sql, named).fetchone()
    return int(n), int(days), int(alike)
