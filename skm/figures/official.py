"""What is public about a unit: its official figure, and its published improvements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from skm.figures.frozen import read_figure
from skm.store import improvements, publications
from skm.store.database import Database
from skm.store.responses import IMPROVEMENTS
from skm.survey.improvement import Improvement
from skm.survey.problem import Problem
from skm.survey.small_cells import K


@dataclass(frozen=True)
class Official:
    """The published figure of an organisation: the index (0 to 100, two decimals) and grade (A to D) of a period.

    `n` are the answers it rests on, at least K.
    """

    period: str
    opens: date
    closes: date
    n: int
    index: Decimal
    grade: str


def find_official(db: Database, organisation_id: str) -> Official | None:
    """The published figure of the period that ended last, of those that are published now.

    None where nothing is published, and where fewer than K answered in that period.
    """
    return read_official(db, publications.find_official(db, organisation_id))


def find_improvements(db: Database, unit_id: str, limit: int = IMPROVEMENTS) -> Sequence[Improvement]:
    """The latest published improvements of a unit, what was done last first. Their sentences are Indonesian."""
    return improvements.all_published(db, unit_id, limit)


def read_official(db: Database, snapshot_id: str | None) -> Official | None:
    """What a snapshot says that is known to be official; None as in `find_official`.

    None also where it is damaged: a figure that does not fit its digest is shown to nobody.
    """
    if snapshot_id is None:
        return None
    try:
        frozen = read_figure(db, snapshot_id)
    except Problem:
        return None
    result = frozen.figure.result
    if result.n < K or result.index is None or result.grade is None:
        return None
    return Official(frozen.period, frozen.opens, frozen.closes, result.n, result.index, result.grade)
