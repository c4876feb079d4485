"""Many answers with what is known of each, joined column by column: for counting them in groups.

Two columns stand in one text where one separates the other's values: to ask the database for each by itself, or to put
them together for each answer, takes up to twice as long.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlite_utils import Database

from skm.store import placements
from skm.store.placements import WHOLLY
from skm.store.scores import EVERY_EVENT, INDEXED, left_out
from skm.survey.period import Span

Values = dict[str, str | int]


class DescribedBlock(NamedTuple):
    """The answers of a unit and a month to a questionnaire, for a service or ("") for any; both texts in one order.

    `scores` has the date of each answer, then its scores; `moments` its channel, then its number and, in two digits,
    the hour.
    """

    unit_id: str
    local_month: str
    service_id: str
    instrument_id: str
    scores: bytes
    moments: bytes


class Profiles(NamedTuple):
    """The numbers of answers and their profiles in the same order, each separated by commas."""

    numbers: bytes
    profiles: bytes


def all_described(db: Database, path: str, span: Span, *, by_service: bool) -> Iterator[DescribedBlock]:
    """All answers of a subtree and of whole months, whatever their state; from the covering index alone."""
    for where, days in _places(db, path, span):
        for month in span.months:
            yield from _of_month(db, where | {"month": month}, days, by_service=by_service)


def profiles_between(db: Database, first: int, last: int) -> Profiles:
    """Those of the answers with a number in a range."""
    return _profiles(db, "number BETWEEN :first AND :last", {"first": first, "last": last})


def profiles_of(db: Database, numbers: str) -> Profiles:
    """Those of the answers whose numbers stand in a list, as JSON."""
    return _profiles(db, "number IN (SELECT value FROM json_each(:numbers))", {"numbers": numbers})


def left_out_numbers(db: Database) -> list[int]:
    """The numbers of the answers that are held back, or excluded."""
    sql = f"SELECT number FROM responses WHERE id IN ({left_out()})"
    return [number for (number,) in db.conn.execute(sql, {"last_event": EVERY_EVENT})]


def _places(db: Database, path: str, span: Span) -> Iterator[tuple[Values, str]]:
    """The units that stood below an organisation, with the days of those that did not stand there in the whole span."""
    for (unit,) in db.conn.execute(WHOLLY, placements.inside(path, span)).fetchall():
        yield {"unit": unit}, ""
    for piece in placements.all_partly_within(db, path, span):
        values: Values = {"unit": piece.organisation_id, "since": piece.since, "until": piece.until}
        yield values, "AND local_date BETWEEN :since AND :until"


def _of_month(db: Database, where: Values, days: str, *, by_service: bool) -> Iterator[DescribedBlock]:
    """A block after the other, in the order of the index. To name each costs less than to group by their names."""
    columns = ("instrument_id", "service_id") if by_service else ("instrument_id",)
    within = f"FROM {INDEXED} WHERE unit_id = :unit AND local_month = :month {days}"
    names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
    # A text begins with its second value: what would separate the first one from none comes from a row of its own.
    head = f"""SELECT {names}, CAST(local_date AS BLOB), CAST(channel AS BLOB) {within} AND ({names}) > ({values})
               ORDER BY instrument_id, service_id, number LIMIT 1"""
    joined = f"""SELECT CAST(group_concat(scores, local_date) AS BLOB),
                        CAST(group_concat(number * 100 + local_hour, channel) AS BLOB) {within} AND """
    joined += " AND ".join(f"{column} = :{column}" for column in columns)
    named = where | dict.fromkeys(columns, "")
    while first := db.conn.execute(head, named).fetchone():
        *found, day, channel = first
        named |= dict(zip(columns, found, strict=True))
        scores, moments = db.conn.execute(joined, named).fetchone()
        yield DescribedBlock(
            str(where["unit"]),
            str(where["month"]),
            str(named.get("service_id", "")),
            str(named["instrument_id"]),
            day + scores,
            channel + moments,
        )


def _profiles(db: Database, condition: str, values: Values) -> Profiles:
    sql = f"""SELECT CAST(coalesce(group_concat(number), '') AS BLOB),
                     CAST(coalesce(group_concat(profile), '') AS BLOB) FROM profiles WHERE {condition}"""
    return Profiles(*db.conn.execute(sql, values).fetchone())
