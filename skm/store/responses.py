"""The answers. Append-only: there is no change and no delete here, and the database refuses both.

What a person may ask to erase, the profile and the comment, stands in tables of its own under the answer's number.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import islice
from operator import attrgetter

from sqlite_utils import Database

from skm.store import placements
from skm.store.improvements import published_ids
from skm.store.periods import FROZEN_SINCE
from skm.store.publications import official_id
from skm.store.rows import one
from skm.store.scores import ANSWERS_BELOW, EVERY_EVENT, LEFT_OUT, Mark, left_out, subtree
from skm.survey.period import Period, Span
from skm.survey.problem import needed
from skm.survey.response import Response

COLUMNS = [field.name for field in fields(Response) if field.name not in ("profile", "comment")]
BATCH = 1_000  # answers held in memory at a time
_FORM = """SELECT coalesce(min(number), (SELECT coalesce(max(number), 0) + 1 FROM responses)), count(*),
                  coalesce(max(id = :id), 0)
           FROM responses WHERE id BETWEEN :form AND :form || '~~'"""
IMPROVEMENTS = 3  # so many of a unit's improvements are shown to citizens

_values = attrgetter(*COLUMNS)
_ADD = f"INSERT INTO responses (number, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"
_ADD_NEXT = f"""INSERT INTO responses (number, {", ".join(COLUMNS)})
                VALUES ((SELECT coalesce(max(number), 0) + 1 FROM responses){", ?" * len(COLUMNS)})
                ON CONFLICT (id) DO NOTHING RETURNING number"""
_ARRIVED = f"""SELECT r.receipt, u.name, c.name, r.received, u.time_zone, r.local_date, r.instrument_id, r.unit_id,
                      (SELECT id FROM snapshots WHERE organisation_id = r.unit_id AND period_id = r.period_id
                       ORDER BY revision DESC LIMIT 1), ({official_id("r.unit_id")}),
                      ({published_ids("r.unit_id", IMPROVEMENTS)}) FROM responses AS r
               JOIN organisations AS u ON u.id = r.unit_id JOIN counters AS c ON c.id = r.counter_id
               WHERE r.receipt = :receipt"""


@dataclass(frozen=True)
class Arrived:
    """What a receipt may tell: where (the names of unit and counter) and when, nothing of what was said.

    `received` is the quarter of an hour of its arrival in UTC, `time_zone` the unit's; `frozen` is the id of the unit's
    latest snapshot of its period. Beside it what its unit tells everyone: the id of its `official` snapshot, those of
    its last `improvements` joined.
    """

    receipt: str
    unit: str
    counter: str
    received: str
    time_zone: str
    local_date: str
    instrument_id: str
    unit_id: str
    frozen: str | None
    official: str | None
    improvements: str | None


@dataclass(frozen=True)
class Form:
    """What has come of one opened form: the `number` of its first answer, which is the next one while there is none,
    how many answers, and whether a certain one is among them.
    """

    number: int
    answers: int
    holds: bool


def find_form(db: Database, form: str, response_id: str) -> Form:
    """What has come of the form whose answers have ids that begin so, and whether one of these ids is there."""
    number, answers, holds = db.conn.execute(_FORM, {"form": form, "id": response_id}).fetchone()
    return Form(number, answers, bool(holds))


def add(db: Database, response: Response) -> str:
    """Adds an answer and returns its receipt; an id that is there already keeps its first answer and receipt.

    Its number is the next one. No other answer can come in between, for `writing` lets in one at a time: numbers have
    no gaps and are in the order of commit.
    """
    added = db.conn.execute(_ADD_NEXT, _values(response)).fetchall()
    if not added:
        return needed(find_receipt(db, response.id), "receipt_unknown")
    _add_profiles_and_comments(db, [(added[0][0], response)])
    return response.receipt


def find_receipt(db: Database, response_id: str) -> str | None:
    """The receipt of the answer with this id."""
    row = db.execute("SELECT receipt FROM responses WHERE id = :id", {"id": response_id}).fetchone()
    return None if row is None else str(row[0])


def add_all(db: Database, responses: Iterable[Response]) -> int:
    """Adds many answers with ids that are not there yet; how many there were."""
    before = last = find_last_number(db)
    numbered = enumerate(responses, before + 1)
    while batch := list(islice(numbered, BATCH)):
        db.conn.executemany(_ADD, ((number, *_values(response)) for number, response in batch))
        _add_profiles_and_comments(db, batch)
        last, _ = batch[-1]
    return last - before


def find_last_number(db: Database) -> int:
    """The number of the answer that was committed last; 0 before the first."""
    return int(db.execute("SELECT coalesce(max(number), 0) FROM responses").fetchone()[0])


def find_latest(db: Database, day: date) -> tuple[str | None, bool]:
    """When the last answer that counts arrived, in UTC, None before the first; and whether a period is FROZEN_SINCE.

    One question, for each answer that is sent asks it.
    """
    sql = f"""SELECT received, EXISTS (SELECT 1 FROM response_events WHERE response_id = last.id),
                     EXISTS (SELECT 1 FROM periods AS p WHERE {FROZEN_SINCE})
              FROM (SELECT 1) LEFT JOIN (SELECT id, received FROM responses ORDER BY number DESC LIMIT 1) AS last"""
    received, decided, frozen = db.execute(sql, {"day": day.isoformat()}).fetchone()
    if decided:  # rarely: then those that are held or excluded have to be known
        sql = f"SELECT received FROM responses WHERE id NOT IN ({left_out()}) ORDER BY number DESC LIMIT 1"
        row = db.execute(sql, {"last_event": EVERY_EVENT}).fetchone()
        received = row and row[0]
    return received, bool(frozen)


def _add_profiles_and_comments(db: Database, numbered: Sequence[tuple[int, Response]]) -> None:
    """Adds those that say anything."""
    profiles = [(number, response.profile) for number, response in numbered if response.profile]
    comments = [(number, response.comment) for number, response in numbered if response.comment]
    if profiles:
        db.conn.executemany("INSERT INTO profiles (number, profile) VALUES (?, ?)", profiles)
    if comments:
        db.conn.executemany("INSERT INTO comments (number, comment) VALUES (?, ?)", comments)


def find_by_receipt(db: Database, receipt: str) -> Arrived | None:
    """Where and when the answer of a receipt arrived.

    One question, for every thank-you page asks it.
    """
    return one(db, Arrived, _ARRIVED, {"receipt": receipt})


def counts_at(db: Database, receipt: str, mark: Mark) -> bool:
    """Whether the answer of a receipt was there, and neither held nor excluded, when somebody had read to a mark."""
    sql = """SELECT 1 FROM responses AS r WHERE r.receipt = :receipt AND r.number <= :last_response
             AND coalesce((SELECT state FROM response_events WHERE response_id = r.id AND number <= :last_event
                           ORDER BY number DESC LIMIT 1), '') NOT IN (SELECT value FROM json_each(:left_out))"""
    values = {"receipt": receipt, "last_response": mark.response, "last_event": mark.event}
    return db.execute(sql, values | {"left_out": json.dumps(LEFT_OUT)}).fetchone() is not None


def find_origin(db: Database, receipt: str) -> tuple[str, str] | None:
    """The id of the answer of a receipt, and that of its unit."""
    sql = "SELECT id, unit_id FROM responses WHERE receipt = :receipt"
    row = db.execute(sql, {"receipt": receipt}).fetchone()
    return None if row is None else (str(row[0]), str(row[1]))


def find_months(db: Database, path: str) -> tuple[str, str] | None:
    """The first and the last month with answers in a subtree, as `2026-07`; None when there are none."""
    # The ends of each unit stand at the ends of its part of the index; one min() over all would read every entry.
    months = """FROM responses WHERE unit_id = organisation_id
                AND local_month BETWEEN substr(since, 1, 7) AND substr(until, 1, 7)"""
    sql = f"""SELECT min((SELECT min(local_month) {months})), max((SELECT max(local_month) {months}))
              FROM ({placements.WITHIN})"""
    first, last = db.execute(sql, placements.inside(path)).fetchone()
    return None if first is None else (first, last)


def find_days(db: Database, period_id: str) -> tuple[str, str] | None:
    """The first and the last local date with answers in a period; None when there are none."""
    sql = "SELECT min(local_date), max(local_date) FROM responses WHERE period_id = :period"
    first, last = db.execute(sql, {"period": period_id}).fetchone()
    return None if first is None else (first, last)


def all_days(db: Database, path: str) -> list[str]:
    """The local dates on which somebody answered a unit that ever stood in a subtree."""
    sql = f"""SELECT DISTINCT local_date FROM responses INDEXED BY scores_by_unit_month
              WHERE unit_id IN ({placements.EVER})"""
    return [day for (day,) in db.execute(sql, placements.inside(path))]


def count_outside(db: Database, period: Period) -> dict[str, int]:
    """How many answers belong to a period, but bear a day outside of it; by unit."""
    sql = """SELECT unit_id, count(*) FROM responses
             WHERE period_id = :period AND local_date NOT BETWEEN :opens AND :closes GROUP BY unit_id"""
    days = {"opens": period.opens.isoformat(), "closes": period.closes.isoformat()}
    return dict(db.execute(sql, {"period": period.id} | days).fetchall())


def find_last_day(db: Database, path: str, span: Span) -> str:
    """The last local date with answers of a subtree in a span that has some."""
    sql = f"SELECT max(local_date) FROM responses WHERE {ANSWERS_BELOW} AND local_month BETWEEN :first AND :last"
    return str(db.execute(sql, subtree(path, span)).fetchone()[0])


def find_instruments(db: Database, path: str, span: Span) -> list[str]:
    """The ids of the instruments with answers in a subtree."""
    sql = f"""SELECT DISTINCT instrument_id FROM responses
              WHERE {ANSWERS_BELOW} AND local_month BETWEEN :first AND :last ORDER BY instrument_id"""
    return [name for (name,) in db.execute(sql, subtree(path, span))]


def scores_of(
    db: Database, unit_id: str, instrument_id: str, span: Span, until: Mark | None = None
) -> Iterator[str]:
    """The score strings of a unit, sorted, one per respondent who counts; streamed.

    In the order of arrival, whoever saw people come would know whose row is whose.
    With a mark only those that were there, and as they were decided on, at it.
    """
    known = "AND number <= :last_response" if until else ""
    sql = f"""SELECT scores FROM responses
              WHERE unit_id = :unit AND instrument_id = :instrument AND local_month BETWEEN :first AND :last
                    AND id NOT IN ({left_out()}) {known} ORDER BY scores"""
    named = {"unit": unit_id, "instrument": instrument_id, "first": span.first, "last": span.last}
    marks = (
        {"last_response": until.response, "last_event": until.event} if until else {"last_event": EVERY_EVENT}
    )
    values = named | marks
    return (scores for (scores,) in db.conn.execute(sql, values))


def count(db: Database, path: str, span: Span | None = None) -> int:
    """How many answers a subtree has."""
    sql = f"SELECT count(*) FROM responses WHERE {ANSWERS_BELOW} AND local_month BETWEEN :first AND :last"
    return int(db.execute(sql, subtree(path, span)).fetchone()[0])


def count_all(db: Database) -> int:
    """How many answers the database holds."""
    return int(db.execute("SELECT count(*) FROM responses").fetchone()[0])


def rows_for_export(
    db: Database, path: str, span: Span
) -> Iterator[tuple[str, int, str, str, str, str, str, str, str, str, str, str, str]]:
    """Every answer of a subtree, streamed in the order of arrival, with the names a reader of a spreadsheet needs.

    The agency is the one that the unit belonged to on the day of the answer; the state is "counted" or one of LEFT_OUT.
    """
    sql = """SELECT r.local_date, r.local_hour, a.name, u.name, c.name, s.name, r.instrument_id, r.channel, r.language,
                     coalesce(e.state, 'counted'), r.scores, coalesce(p.profile, ''), coalesce(w.comment, '')
              FROM responses AS r NOT INDEXED
              LEFT JOIN profiles AS p ON p.number = r.number LEFT JOIN comments AS w ON w.number = r.number
              LEFT JOIN (SELECT response_id, state FROM response_events AS l WHERE state <> 'released' AND number =
                         (SELECT max(number) FROM response_events WHERE response_id = l.response_id)) AS e
                   ON e.response_id = r.id
              JOIN organisations AS u ON u.id = r.unit_id
              JOIN placements AS d ON d.organisation_id = r.unit_id AND r.local_date BETWEEN d.since AND d.until
              JOIN organisations AS a ON a.id = d.parent_id
              JOIN counters AS c ON c.id = r.counter_id JOIN services AS s ON s.id = r.service_id
              WHERE '/' || d.path LIKE :inside AND r.local_month BETWEEN :first AND :last
              ORDER BY r.number"""
    return iter(db.conn.execute(sql, subtree(path, span)))
