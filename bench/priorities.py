"""(i) What to improve first in a city, of a million answers in a year."""

from bench.beside import compared
from bench.city import FIRST_YEAR, filled
from bench.report import Line
from skm.figures.choice import choose
from skm.figures.priorities import show_priorities
from skm.store.database import Database

UNITS, MONTHS, ANSWERS = 40, 12, 1_000_000
ROUNDS = 5


def measure() -> list[Line]:
    """The page that says what to improve first."""
    return compared(
        filled(UNITS, MONTHS, ANSWERS), {f"priorities: {ANSWERS:,} answers of a city": _page}, ROUNDS
    )


def _page(db: Database, slug: str) -> None:
    found = show_priorities(db, choose(db, slug, str(FIRST_YEAR)))
    if found.figure.n != ANSWERS or not found.comparable or not any(low.units for low in found.lowest):
        raise RuntimeError("not every answer is in the priorities")
