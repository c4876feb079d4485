"""(d) A million answers as open data: rows a second beside the plainest CSV of the same rows, and flat memory."""

import csv
import os
from pathlib import Path
from statistics import median

from bench.child import cost
from bench.city import FIRST_YEAR, filled
from bench.report import Line
from skm.store import organisations, responses
from skm.store.database import connect
from skm.survey.period import year
from skm.usecases.exchange.export import export_answers

UNITS, MONTHS = 40, 12
FEW, MANY = 100_000, 1_000_000
ROUNDS = 3
MEMORY_GOAL = 1.1


def measure() -> list[Line]:
    """Time side by side, and memory for few and for many answers."""
    few, many = filled(UNITS, MONTHS, FEW), filled(UNITS, MONTHS, MANY)
    rounds = [(cost(ours, many), cost(bare, many)) for _ in range(ROUNDS)]
    ratio = median(mine.seconds / plain.seconds for mine, plain in rounds)
    rate, bare_rate = (MANY / median(run.seconds for run in side) for side in zip(*rounds, strict=True))
    small, large = cost(ours, few).peak, max(mine.peak for mine, _ in rounds)
    return [
        Line(f"csv: {MANY:,} answers", ratio, "×", None, f"{rate:,.0f} rows/s", f"{bare_rate:,.0f} rows/s"),
        Line(
            f"csv: peak memory of {MANY:,} answers by that of {FEW:,}",
            large / small,
            "×",
            MEMORY_GOAL,
            f"{large:.0f} MB",
            f"{small:.0f} MB",
        ),
    ]


def ours(database: Path) -> None:
    """All answers of the year as they are downloaded."""
    content = export_answers(connect(database), FIRST_YEAR).content
    with Path(os.devnull).open("wb") as sink:
        sink.writelines([content] if isinstance(content, bytes) else content)


def bare(database: Path) -> None:
    """The rows of the same query, written as they come."""
    db = connect(database)
    root = organisations.find_root(db)
    assert root
    with Path(os.devnull).open("w", newline="") as sink:
        csv.writer(sink).writerows(responses.rows_for_export(db, root.path, year(FIRST_YEAR)))
