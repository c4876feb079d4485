"""The scores of many answers at once, for counting: joined per unit, month and whatever else is asked for.

What is held back or excluded is few. It is read by itself and taken off, so that the large read stays in its index.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlite_utils import Database

from skm.store import placements
from skm.store.placements import EVER, OF_ITS_DAY, WHOLLY
from skm.survey.organisation import Placement
from skm.survey.period import Span

Block = tuple[str, ...]  # the values asked for, then the instrument
UNIT_MONTH = ("unit_id", "local_month")
COLUMNS = frozenset(
    (*UNIT_MONTH, "period_id", "service_id", "counter_id", "local_hour", "channel", "language")
)
COVERED = (
    *UNIT_MONTH,
    *("instrument_id", "service_id", "number", "scores", "counter_id", "local_date", "local_hour", "channel"),
)  # the columns of the covering index
GROUPED_BY = (*UNIT_MONTH, "service_id")
LEFT_OUT = ("held", "excluded")
EVERY_EVENT = 1 << 62
INDEXED = "responses INDEXED BY scores_by_unit_month"
_DATED = "scores || local_date"


@dataclass(frozen=True)
class Mark:
    """How far a reader has read: the number of the last answer and of the last event."""

    response: int
    event: int


class Placed(NamedTuple):
    """The scores of an answer, and where and when it was given."""

    service_id: str
    counter_id: str
    local_hour: int
    scores: str


@dataclass(frozen=True)
class Selection:
    """Which answers: those of a subtree, a span, a service, a counter, none after a mark, or only some `numbers`.

    The subtree is that of each answer's day, below the organisation at the end of the path.
    """

    path: str
    span: Span | None = None
    service_id: str | None = None
    counter_id: str | None = None
    until: Mark | None = None
    numbers: Sequence[int] | None = None


def score_blocks(
    db: Database, wanted: Selection, by: Sequence[str] = UNIT_MONTH, *, dated: bool = False
) -> dict[Block, bytes]:
    """All scores of a selection, joined per value of `by` and instrument, whatever the state of the answers.

    Where they are `dated`, the date of each answer comes after its scores. By unit and month, also of a service, a
    counter, some days or until a mark, it reads the covering index alone.
    """
    table = INDEXED if wanted.numbers is None else "responses"
    return _blocks(db, wanted, by, table, "", _DATED if dated else "scores")


def left_out_blocks(
    db: Database,
    wanted: Selection,
    by: Sequence[str] = UNIT_MONTH,
    states: Sequence[str] = LEFT_OUT,
    *,
    dated: bool = False,
) -> dict[Block, bytes]:
    """Those scores of `score_blocks` which do not count: their answers are held back, or excluded."""
    if not _has_events(db):
        return {}
    more = f"AND id IN ({left_out(states)})"
    return _blocks(db, wanted, by, "responses", more, _DATED if dated else "scores")


def all_placed(db: Database, unit_id: str, instrument_id: str, span: Span) -> dict[int, Placed]:
    """The answers of a unit to a questionnaire by number, also those that do not count; from the covering index."""
    sql = f"""SELECT number, service_id, counter_id, local_hour, scores FROM {INDEXED}
              WHERE unit_id = :unit AND local_month BETWEEN :first AND :last AND instrument_id = :instrument"""
    named = {"unit": unit_id, "instrument": instrument_id, "first": span.first, "last": span.last}
    return {number: Placed(*rest) for number, *rest in db.conn.execute(sql, named)}


def left_out(states: Sequence[str] = LEFT_OUT) -> str:
    """SQL for the ids of the answers in one of these states; it needs the value `last_event`."""
    named = ", ".join(f"'{state}'" for state in LEFT_OUT if state in states)
    return f"""SELECT e.response_id FROM response_events AS e
               WHERE e.state IN ({named}) AND e.number = (SELECT max(number) FROM response_events
                     WHERE response_id = e.response_id AND number <= :last_event)"""


def find_mark(db: Database) -> Mark:
    """How far somebody has read who reads now; within one transaction with what is read."""
    sql = """SELECT (SELECT coalesce(max(number), 0) FROM responses),
                    (SELECT coalesce(max(number), 0) FROM response_events)"""
    return Mark(*db.execute(sql).fetchone())


def find_strays(db: Database) -> list[tuple[str, str]]:
    """Unit and local date of every answer in which its row and the covering index differ.

    Pages read the index, exports the rows. Only a damaged file lets them differ.
    """
    alike = " AND ".join(f"i.{name} = r.{name}" for name in COVERED)
    sql = f"""SELECT r.unit_id, r.local_date FROM responses AS r NOT INDEXED WHERE NOT EXISTS
              (SELECT 1 FROM responses AS i INDEXED BY scores_by_unit_month WHERE {alike})"""
    return [(unit, day) for unit, day in db.conn.execute(sql)]


def _has_events(db: Database) -> bool:
    return db.conn.execute("SELECT 1 FROM response_events LIMIT 1").fetchone() is not None


def _blocks(
    db: Database,
    wanted: Selection,
    by: Sequence[str],
    table: str,
    more: str,
    each: str,
) -> dict[Block, bytes]:
    if unknown := set(by) - COLUMNS:
        raise ValueError(f"answers are not grouped by {', '.join(sorted(unknown))}")
    keys = ", ".join((*by, "instrument_id"))
    select = f"SELECT {keys}, CAST(group_concat({each}, '') AS BLOB) FROM {table}"
    last = f"AND local_month BETWEEN :first AND :last {_conditions(wanted)} {more} GROUP BY {keys}"
    named, pieces = _values(wanted), placements.all_partly_within(db, wanted.path, wanted.span)
    few = [
        found
        for piece in pieces
        for found in db.conn.execute(f"{select} WHERE {_PIECE} {last}", named | _days(piece))
    ]
    blocks = {row[:-1]: row[-1] for row in db.conn.execute(f"{select} WHERE {SUBTREE} {last}", named)}
    for *key, scores in few:
        blocks[tuple(key)] = blocks.get(tuple(key), b"") + scores
    return blocks


def _days(piece: Placement) -> dict[str, str]:
    return {
        "unit": piece.organisation_id,
        "since": piece.since,
        "until": piece.until,
        "since_month": piece.since[:7],
        "until_month": piece.until[:7],
    }


def _conditions(wanted: Selection) -> str:
    span = wanted.span
    asked = {
        "service_id = :service": wanted.service_id is not None,
        "counter_id = :counter": wanted.counter_id is not None,
        "responses.number <= :last_response": wanted.until is not None,
        "responses.number IN (SELECT value FROM json_each(:numbers))": wanted.numbers is not None,
        "local_date BETWEEN :opens AND :closes": span is not None and span.cuts_months,
    }
    return "".join(f" AND {condition}" for condition, is_asked in asked.items() if is_asked)


def _values(wanted: Selection) -> dict[str, str | int | None]:
    span, until = wanted.span, wanted.until
    return subtree(wanted.path, span) | {
        "service": wanted.service_id,
        "counter": wanted.counter_id,
        "last_response": until.response if until else None,
        "last_event": until.event if until else EVERY_EVENT,
        "numbers": None if wanted.numbers is None else json.dumps(list(wanted.numbers)),
        "opens": span.opens if span else "",
        "closes": span.closes if span else "",
    }


# The units that stood below an organisation in the whole span. A unit that moved within it is read by its days.
SUBTREE = f"unit_id IN ({WHOLLY})"
_PIECE = """unit_id = :unit AND local_month BETWEEN :since_month AND :until_month
            AND local_date BETWEEN :since AND :until"""
# The answers of a subtree, whichever units moved. SUBTREE with its pieces is read several times as fast.
ANSWERS_BELOW = f"unit_id IN ({EVER}) AND {OF_ITS_DAY}"


def subtree(path: str, span: Span | None) -> dict[str, str | int | None]:
    """The values that SUBTREE, ANSWERS_BELOW and a span of months need."""
    first, last = (span.first, span.last) if span else ("", "9")
    return placements.inside(path, span) | {"first": first, "last": last}
