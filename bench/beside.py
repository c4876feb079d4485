"""Pages about a city beside the covering-index read of the same scores, whose rows are fetched and thrown away."""

from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from bench.reindex import processor_seconds, read, statement
from bench.report import Line
from skm.store import organisations
from skm.store.database import Database, connect

GOAL = 3
Page = Callable[[Database, str], None]  # takes the city's slug


def compared(database: Path, pages: Mapping[str, Page], rounds: int) -> list[Line]:
    """A line for each page by name: all of them in turns with the bare read."""
    db = connect(database)
    root = organisations.get_root(db)
    bare = statement(db, root.path)
    for page in pages.values():
        page(db, root.slug)
    took = [
        (_each(db, root.slug, pages), processor_seconds(lambda: read(db.conn, bare))) for _ in range(rounds)
    ]
    return [_line(name, [(ours[name], plain) for ours, plain in took]) for name in pages]


def _each(db: Database, slug: str, pages: Mapping[str, Page]) -> dict[str, float]:
    return {name: processor_seconds(lambda page=page: page(db, slug)) for name, page in pages.items()}


def _line(name: str, rounds: list[tuple[float, float]]) -> Line:
    ours, bare = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(mine / plain for mine, plain in rounds)
    return Line(name, ratio, "×", GOAL, f"{ours:.3f} s", f"{bare:.3f} s")
