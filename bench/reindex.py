"""(b) A million answers into the index of every unit and month, beside fetching the same rows and doing nothing."""

import sqlite3
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

from bench.city import INSTRUMENT, filled
from bench.report import Line
from skm import ikm
from skm.figures.scheme import scheme
from skm.store import organisations, scores
from skm.store.database import Database, connect
from skm.store.scores import Selection
from skm.survey.instrument_file import builtin

UNITS, MONTHS, ANSWERS = 100, 60, 1_000_000
ROUNDS = 9
GOAL = 1.5


def measure() -> list[Line]:
    """The time to re-index, side by side with the bare read."""
    db = connect(filled(UNITS, MONTHS, ANSWERS))
    root = organisations.find_root(db)
    assert root
    sent = statement(db, root.path)
    _reindex(db, root.path)
    rounds = [
        (processor_seconds(lambda: _reindex(db, root.path)), processor_seconds(lambda: read(db.conn, sent)))
        for _ in range(ROUNDS)
    ]
    ours, bare = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(mine / plain for mine, plain in rounds)
    return [Line("reindex: 1,000,000 answers", ratio, "×", GOAL, f"{ours:.3f} s", f"{bare:.3f} s")]


def _reindex(db: Database, path: str) -> None:
    structure = scheme(builtin()[INSTRUMENT])
    blocks = scores.score_blocks(db, Selection(path))
    tallies = ikm.tally_groups(blocks, structure.width)
    values = ikm.index_values([(tally, structure)] for tally in tallies.values())
    if None in values or len(values) != UNITS * MONTHS or sum(t.n for t in tallies.values()) != ANSWERS:
        raise RuntimeError("not every answer was indexed")


def read(connection: sqlite3.Connection, sql: str) -> None:
    """Every row of a statement, thrown away."""
    for _ in connection.execute(sql):
        pass


def statement(db: Database, path: str) -> str:
    """The very statement that the store sends, with its values in it."""
    sent: list[str] = []
    db.conn.set_trace_callback(sent.append)
    scores.score_blocks(db, Selection(path))
    db.conn.set_trace_callback(None)
    return sent[-1]


def processor_seconds(work: Callable[[], object]) -> float:
    """The processor time that it takes, whatever others do on the machine."""
    start = process_time()
    work()
    return process_time() - start


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    start = perf_counter()
    work()
    return perf_counter() - start
