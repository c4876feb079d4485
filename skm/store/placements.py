"""Where organisations stood in the tree, and when: sums follow the tree of the day, rights that of today."""

import json
from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from skm.store.rows import rows
from skm.survey.organisation import ALWAYS, STILL, Placement
from skm.survey.period import Span

Values = dict[str, str | int | None]
_PLACEMENT = "SELECT organisation_id, parent_id, path, since, until FROM placements"
_MEETS = "since <= :closing_day AND until >= :opening_day"
_INSIDE = "'/' || path LIKE :inside"
_COUNTED = f"CASE WHEN {_INSIDE} THEN 1 ELSE 0 END"
_PARTLY = f"""SELECT organisation_id FROM placements WHERE {_MEETS} GROUP BY organisation_id
              HAVING min({_COUNTED}) = 0 AND max({_COUNTED}) = 1"""
# The ids of the organisations that stood below one on every day of a span, and on any day of it.
WHOLLY = f"""SELECT organisation_id FROM placements WHERE {_MEETS} GROUP BY organisation_id
             HAVING min({_COUNTED}) = 1"""
WITHIN = f"{_PLACEMENT} WHERE {_MEETS} AND {_INSIDE}"
EVER = f"SELECT organisation_id FROM placements WHERE {_MEETS} AND {_INSIDE}"
# What an answer has to be for the tree of its day to have it below an organisation.
OF_ITS_DAY = f"""(responses.unit_id NOT IN ({_PARTLY}) OR EXISTS (SELECT 1 FROM placements
                  WHERE organisation_id = responses.unit_id AND responses.local_date BETWEEN since AND until
                        AND {_INSIDE}))"""


def inside(path: str, span: Span | None = None) -> Values:
    """The values that the conditions above need: the organisation at the end of a path, and the days of a span."""
    opens, closes = (day.isoformat() for day in span.days) if span else (ALWAYS, STILL)
    return {"inside": f"%/{id_of(path)}/%", "opening_day": opens, "closing_day": closes}


def id_of(path: str) -> str:
    """The organisation at the end of a path."""
    return path.rstrip("/").rpartition("/")[2]


def all_for(db: Database, organisation_ids: Sequence[str]) -> Sequence[Placement]:
    """The placements of some organisations, by organisation, the earliest first."""
    sql = f"""{_PLACEMENT} WHERE organisation_id IN (SELECT value FROM json_each(:ids))
              ORDER BY organisation_id, since"""
    return rows(db, Placement, sql, {"ids": json.dumps(organisation_ids)})


def all_within(db: Database, path: str, span: Span | None = None) -> Sequence[Placement]:
    """The placements at or below an organisation that meet a span, by organisation, the earliest first."""
    sql = f"{WITHIN} ORDER BY organisation_id, since"
    return rows(db, Placement, sql, inside(path, span))


def all_partly_within(db: Database, path: str, span: Span | None = None) -> Sequence[Placement]:
    """Those of organisations that stood elsewhere on other days of the span."""
    sql = f"{WITHIN} AND organisation_id IN ({_PARTLY}) ORDER BY organisation_id, since"
    return rows(db, Placement, sql, inside(path, span))


def find_path(db: Database, organisation_id: str, day: date) -> str:
    """Where an organisation stood on a day."""
    sql = "SELECT path FROM placements WHERE organisation_id = :id AND :day BETWEEN since AND until"
    return str(db.execute(sql, {"id": organisation_id, "day": day.isoformat()}).fetchone()[0])
