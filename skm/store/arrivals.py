"""What happened to answers in the order in which it happened: they arrived, were decided on, frozen and published."""

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from skm.store.publications import PUBLISHED
from skm.store.scores import LEFT_OUT
from skm.survey.paper import UNANSWERED

# Scores are read where an answer left something out, else they are empty.
Arrival = tuple[int, str, str, str, str, str]  # number, unit, questionnaire, day, moment (UTC), scores
Decision = tuple[
    int, int, str, str, str, str, int, str
]  # event, number, unit, questionnaire, day, moment, counts, scores
Frozen = tuple[str, str, str, int, int]  # unit, moment, period, last answer and last event read
Published = tuple[
    str, str, str, str, str, int, int
]  # unit, moment, period, its first and last day, last answer and last event read
_UNITS = "(SELECT value FROM json_each(:units))"
_GAPS = f"CASE WHEN instr(scores, '{UNANSWERED}') THEN scores ELSE '' END"


def all_since(db: Database, units: Iterable[str], number: int) -> Iterator[Arrival]:
    """The answers of some units after a number, the earliest first."""
    # With the "+" SQLite reads by number: what is new is little. All of them it reads by unit.
    column = "+unit_id" if number else "unit_id"
    sql = f"""SELECT number, unit_id, instrument_id, local_date, received, {_GAPS} FROM responses
              WHERE {column} IN {_UNITS} AND number > :number ORDER BY number"""
    return iter(db.conn.execute(sql, _values(units) | {"number": number}))


def all_decisions(db: Database, units: Iterable[str]) -> list[Decision]:
    """The decisions on answers of some units, the earliest first."""
    out = ", ".join(f"'{state}'" for state in LEFT_OUT)
    sql = f"""SELECT e.number, r.number, unit_id, instrument_id, local_date, e.at, e.state NOT IN ({out}), {_GAPS}
              FROM response_events AS e JOIN responses AS r ON r.id = e.response_id
              WHERE r.unit_id IN {_UNITS} ORDER BY e.number"""
    return list(db.conn.execute(sql, _values(units)))


def all_frozen(db: Database, units: Iterable[str]) -> list[Frozen]:
    """When a period was frozen for some units, the earliest first."""
    sql = f"""SELECT s.organisation_id, s.made, s.period_id, s.last_response, s.last_event FROM snapshots AS s
              WHERE s.organisation_id IN {_UNITS} ORDER BY s.made, s.revision"""
    return list(db.conn.execute(sql, _values(units)))


def all_published(db: Database, units: Iterable[str]) -> list[Published]:
    """When a frozen period was published for some units, the earliest first."""
    sql = f"""SELECT s.organisation_id, a.at, p.id, p.opens, p.closes, max(s.last_response), max(s.last_event)
              FROM publications AS a JOIN periods AS p ON p.id = a.period_id
              JOIN snapshots AS s ON s.period_id = a.period_id AND s.revision <= a.revision
              WHERE a.kind = '{PUBLISHED}' AND s.organisation_id IN {_UNITS}
              GROUP BY a.number, s.organisation_id ORDER BY a.number"""
    return list(db.conn.execute(sql, _values(units)))


def _values(units: Iterable[str]) -> dict[str, str | int]:
    return {"units": json.dumps(list(units))}
