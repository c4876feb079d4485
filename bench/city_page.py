"""(f) The city's page of 500 units in five years, and the table of these units."""

from bench.beside import compared
from bench.city import filled
from bench.report import Line
from skm.figures.choice import WHOLE_TIME, choose
from skm.figures.overview import list_units, show_figures
from skm.store.database import Database

UNITS, MONTHS, ANSWERS = 500, 60, 1_000_000
ROUNDS = 9


def measure() -> list[Line]:
    """Index, trend and the table of units by element, all from the answers."""
    pages = {"city page: index, trends and interval": _page, "city page: 500 units by element": _heat}
    return compared(filled(UNITS, MONTHS, ANSWERS), pages, ROUNDS)


def _page(db: Database, slug: str) -> None:
    figures = show_figures(db, choose(db, slug, WHOLE_TIME))
    if figures.result.n != ANSWERS or len(figures.months) != MONTHS:
        raise RuntimeError("not every answer is on the page")


def _heat(db: Database, slug: str) -> None:
    _, units = list_units(db, choose(db, slug, WHOLE_TIME))
    if len(units) != UNITS or sum(unit.result.n for unit in units) != ANSWERS:
        raise RuntimeError("not every unit is in the table")
