"""(f) The city's page of 500 units in five years, beside fetching the same scores and doing nothing."""

from statistics import median

from bench.city import filled
from bench.reindex import read, seconds, statement
from bench.report import Line
from skm.figures.choice import WHOLE_TIME, choose
from skm.figures.overview import list_units, show_figures
from skm.store import organisations
from skm.store.database import Database, connect

UNITS, MONTHS, ANSWERS = 500, 60, 1_000_000
ROUNDS = 9
GOAL = 3


def measure() -> list[Line]:
    """Index, trend and the table of units by element, all from the answers; in turns with the bare read."""
    db = connect(filled(UNITS, MONTHS, ANSWERS))
    root = organisations.find_root(db)
    assert root
    bare_read = statement(db, root.path)
    _page(db, root.slug)
    rounds = [
        (
            seconds(lambda: _page(db, root.slug)),
            seconds(lambda: _heat(db, root.slug)),
            seconds(lambda: read(db.conn, bare_read)),
        )
        for _ in range(ROUNDS)
    ]
    return [
        _line("city page: index, trends and interval", [(page, bare) for page, _, bare in rounds]),
        _line("city page: 500 units by element", [(heat, bare) for _, heat, bare in rounds]),
    ]


def _line(name: str, rounds: list[tuple[float, float]]) -> Line:
    ours, bare = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(mine / plain for mine, plain in rounds)
    return Line(name, ratio, "×", GOAL, f"{ours:.3f} s", f"{bare:.3f} s")


def _page(db: Database, slug: str) -> None:
    figures = show_figures(db, choose(db, slug, WHOLE_TIME))
    if figures.result.n != ANSWERS or len(figures.months) != MONTHS:
        raise RuntimeError("not every answer is on the page")


def _heat(db: Database, slug: str) -> None:
    _, units = list_units(db, choose(db, slug, WHOLE_TIME))
    if len(units) != UNITS or sum(unit.result.n for unit in units) != ANSWERS:
        raise RuntimeError("not every unit is in the table")
