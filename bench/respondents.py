"""(g) Who answered, of a million answers in a year: eight tables of groups, beside fetching the same scores."""

from datetime import UTC, datetime
from statistics import median

from bench.city import FIRST_YEAR, filled
from bench.reindex import read, seconds, statement
from bench.report import Line
from skm.figures.respondents import show_respondents
from skm.store import organisations
from skm.store.database import Database, connect

UNITS, MONTHS, ANSWERS = 40, 12, 1_000_000
ROUNDS = 5


def measure() -> list[Line]:
    """The page that says who answered, in turns with the bare read of the scores."""
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
    name = f"respondents: {ANSWERS:,} answers in groups"
    return [Line(name, ratio, "×", None, f"{ours:.2f} s", f"{bare:.2f} s")]


def _page(db: Database, slug: str) -> None:
    found = show_respondents(db, slug, str(FIRST_YEAR), datetime(FIRST_YEAR + 1, 6, 1, tzinfo=UTC))
    if found.result.n != ANSWERS or not all(table.rows for table in found.tables):
        raise RuntimeError("not every answer is in the tables")
