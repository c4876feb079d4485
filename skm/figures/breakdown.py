"""The tables of a unit by service, counter and part of the day, as they are shown to any reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skm.figures.figure import Result
from skm.store import organisations
from skm.store.database import Database
from skm.survey.respondent import part_of_day
from skm.survey.small_cells import MERGED

HEADINGS = ("service", "counter", "hour")
PARTS_OF_DAY = tuple(map(part_of_day, (8, 12, 0)))


@dataclass(frozen=True)
class BreakdownRow:
    """A service, a counter or a part of the day; `code` is MERGED for those that are shown together."""

    code: str
    result: Result


@dataclass(frozen=True)
class BreakdownTable:
    """The rows under one heading, in the order of its labels."""

    heading: str
    labels: Mapping[str, str]
    rows: Sequence[BreakdownRow]


@dataclass(frozen=True)
class Breakdown:
    """The tables beside a figure, all of the same `n` answers; `waiting` more are in the figure and in no table yet.

    `live`: they are of all answers of the figure, and their intervals are by days. Under the headings in
    `small` everything but one row was too small to be shown.
    """

    tables: Sequence[BreakdownTable]
    n: int
    waiting: int = 0
    live: bool = False
    small: Sequence[str] = ()


def breakdown_labels(db: Database, unit_id: str) -> dict[str, dict[str, str]]:
    """The names of the rows of a unit by heading, in the order in which they are listed."""
    return {
        "service": {one.id: one.name for one in organisations.services_of(db, unit_id)},
        "counter": {one.id: one.name for one in organisations.counters_ever_of(db, unit_id)},
        "hour": {part: part.replace("-", "–") for part in PARTS_OF_DAY},
    }


def ordered_table(
    heading: str, labels: Mapping[str, str], results: Mapping[str, Result]
) -> BreakdownTable | None:
    """The rows that have answers, those without a label behind the others, merged ones last; None without any."""
    others = sorted(results.keys() - labels.keys() - {MERGED})
    order = [row for row in (*labels, *others, MERGED) if row in results and results[row].n]
    return (
        BreakdownTable(heading, labels, [BreakdownRow(row, results[row]) for row in order]) if order else None
    )
