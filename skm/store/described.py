"""Many answers with what is known of each, joined column by column: for counting them in groups.

Two columns stand in one text where one separates the other's values: to ask the database for each by itself, or to put
them together for each answer, takes up to twice as long.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sqlite_utils import Database

from skm.store import placements
from skm.store.placements import WHOLLY
from skm.store.scores import EVERY_EVENT, INDEXED, find_mark, left_out
from skm.survey.period import Span

HOURS = 32  # a place is left for the hour in each code
AT_ONCE = 1 << 16  # profiles in a text

Values = dict[str, str | int]


class DescribedBlock(NamedTuple):
    """The answers of a unit and a month to a questionnaire, for a service or ("") for any; both texts in one order.

    `answers` has the scores of each answer, then its code; `moments` its date, then its channel. A code is a 1, then in
    so many `digits` the answer's number times HOURS plus its hour.
    """

    unit_id: str
    local_month: str
    service_id: str
    instrument_id: str
    digits: int
    answers: bytes
    moments: bytes


class Profiles(NamedTuple):
    """Profiles of so many signs, each followed by the number of its answer, which has so many digits."""

    width: int
    digits: int
    profiles: bytes


def all_described(db: Database, path: str, span: Span, *, by_service: bool) -> Iterator[DescribedBlock]:
    """All answers of a subtree and of whole months, whatever their state; from the covering index alone."""
    digits = len(str((find_mark(db).response + 1) * HOURS))
    for where, days in _places(db, path, span):
        for month in span.months:
            yield from _of_month(db, where | {"month": month}, days, digits, by_service=by_service)


def profiles_between(db: Database, first: int, last: int, widths: Sequence[int]) -> Iterator[Profiles]:
    """Those of the answers with a number in a range; all profiles have one of these widths, in order."""
    while first <= last:
        digits = len(str(first))
        end = min(first + AT_ONCE, 10**digits, last + 1) - 1
        between = "number BETWEEN :first AND :end"
        yield from _profiles(db, between, {"first": first, "end": end}, digits, widths)
        first = end + 1


def profiles_of(db: Database, numbers: Sequence[int], widths: Sequence[int]) -> Iterator[Profiles]:
    """Those of the answers with these numbers."""
    listed = "number IN (SELECT value FROM json_each(:numbers))"
    for digits, some in groupby(sorted(numbers), lambda number: len(str(number))):
        yield from _profiles(db, listed, {"numbers": json.dumps(list(some))}, digits, widths)


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


def _of_month(
    db: Database, where: Values, days: str, digits: int, *, by_service: bool
) -> Iterator[DescribedBlock]:
    """A block after the other, in the order of the index. To name each costs less than to group by their names."""
    columns = ("instrument_id", "service_id") if by_service else ("instrument_id",)
    code = f"{10**digits} + number * {HOURS} + local_hour"
    within = f"FROM {INDEXED} WHERE unit_id = :unit AND local_month = :month {days}"
    names, values = ", ".join(columns), ", ".join(f":{column}" for column in columns)
    # A text begins with its second value: what would separate the first one from none comes from a row of its own.
    head = f"""SELECT {names}, CAST(scores AS BLOB), CAST(local_date AS BLOB) {within} AND ({names}) > ({values})
               ORDER BY instrument_id, service_id, number LIMIT 1"""
    joined = f"""SELECT CAST(group_concat({code}, scores) AS BLOB),
                        CAST(group_concat(channel, local_date) AS BLOB) {within} AND """
    joined += " AND ".join(f"{column} = :{column}" for column in columns)
    named = where | dict.fromkeys(columns, "")
    while first := db.conn.execute(head, named).fetchone():
        *found, scores, day = first
        named |= dict(zip(columns, found, strict=True))
        codes, channels = db.conn.execute(joined, named).fetchone()
        yield DescribedBlock(
            str(where["unit"]),
            str(where["month"]),
            str(named.get("service_id", "")),
            str(named["instrument_id"]),
            digits,
            scores + codes,
            day + channels,
        )


def _profiles(
    db: Database, condition: str, values: Values, digits: int, widths: Sequence[int]
) -> Iterator[Profiles]:
    """Some whose numbers have so many digits.

    In one text where their widths add up to the least or the most that they can, else in one for each width.
    """
    where = f"FROM profiles WHERE {condition}"
    sql = f"""SELECT count(*), (SELECT CAST(profile AS BLOB) {where} ORDER BY number LIMIT 1),
                     CAST(group_concat(number, profile) AS BLOB) {where}"""
    n, first, others = db.conn.execute(sql, values).fetchone()
    if not n:
        return
    signs = len(first + others) - n * digits
    if signs in (n * widths[0], n * widths[-1]):
        yield Profiles(signs // n, digits, first + others)
    else:
        for width in widths:
            yield from _profiles(db, f"{condition} AND length(profile) = {width}", values, digits, [width])
