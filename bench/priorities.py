"""(i) What to improve first in a city, of a million answers in a year, beside fetching the same scores."""

from statistics import median

from bench.city import FIRST_YEAR, filled
from bench.reindex import read, seconds, statement
from bench.report import Line
from skm.figures.choice import choose
from skm.figures.priorities import show_priorities
from skm.store import organisations
from skm.store.database import Database, connect

UNITS, MONTHS, ANSWERS = 40, 12, 1_000_000
ROUNDS = 5
GOAL = 3


def measure() -> list[Line]:
    """The page that says what to improve first, in turns with the bare read of the scores."""
    db = connect(filled(UNITS, MONTHS, ANSWERS))
    root = organisations.get_root(db)
    bare_read = statement(db, root.path)
    _page(db, root.slug)
    rounds = [
        (seconds(lambda: _page(db, root.slug)), seconds(lambda: read(db.conn, bare_read)))
        for _ in range(ROUNDS)
    ]
    ours, bare = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(mine / plain for mine, plain in rounds)
    name = f"priorities: {ANSWERS:,} answers of a city"
    return [Line(name, ratio, "×", GOAL, f"{ours:.2f} s", f"{bare:.2f} s")]


def _page(db: Database, slug: str) -> None:
    found = show_priorities(db, choose(db, slug, str(FIRST_YEAR)))
    if found.figure.n != ANSWERS or not found.comparable or not any(low.units for low in found.lowest):
        raise RuntimeError("not every answer is in the priorities")
