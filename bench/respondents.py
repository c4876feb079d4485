"""(g) Who answered, of a million answers in a year: eight tables of groups, with their index and its interval."""

from datetime import UTC, datetime

from bench.beside import compared
from bench.city import FIRST_YEAR, filled
from bench.report import Line
from skm.figures.respondents import show_respondents
from skm.store.database import Database

UNITS, MONTHS, ANSWERS = 40, 12, 1_000_000
ROUNDS = 5


def measure() -> list[Line]:
    """The page that says who answered."""
    return compared(
        filled(UNITS, MONTHS, ANSWERS), {f"respondents: {ANSWERS:,} answers in groups": _page}, ROUNDS
    )


def _page(db: Database, slug: str) -> None:
    found = show_respondents(db, slug, str(FIRST_YEAR), datetime(FIRST_YEAR + 1, 6, 1, tzinfo=UTC))
    if found.result.n != ANSWERS or not all(table.rows for table in found.tables):
        raise RuntimeError("not every answer is in the tables")
    if any(
        row.result.measure and row.result.measure.spread is None
        for table in found.tables
        for row in table.rows
    ):
        raise RuntimeError("not every group has its days")
