"""The tables of a unit for readers of states, in words: of how many answers they are, and what is merged."""

from collections.abc import Sequence
from dataclasses import dataclass

from skm.figures.figure import Result
from skm.figures.state_tables import StateTable, StateTables
from skm.i18n import formats
from skm.survey.small_cells import MERGED, PART

TITLES = {"service": "Layanan", "counter": "Loket", "hour": "Jam mengisi"}
TOGETHER = "Digabung"
ELSEWHERE = "Yang kini di unit lain"


@dataclass(frozen=True)
class NamedRow:
    """A row as it is read; `rest`: several that are shown together."""

    label: str
    result: Result
    rest: bool


@dataclass(frozen=True)
class NamedTable:
    """The rows under one heading."""

    title: str
    rows: Sequence[NamedRow]


@dataclass(frozen=True)
class StateTablesText:
    """What is said above the tables, and the tables."""

    source: str
    tables: Sequence[NamedTable]


def state_tables_text(shown: StateTables | None) -> StateTablesText | None:
    """The tables with their labels; None where there are none for this reader."""
    return StateTablesText(_source(shown), [_table(one) for one in shown.tables]) if shown else None


def _source(shown: StateTables) -> str:
    later = f"Tabel bertambah sedikitnya {PART} jawaban sekaligus, dan sesudah tahunnya berakhir sisanya"
    if not shown.n:
        return f"Belum ada. {later}."
    waiting = f"{formats.count(shown.waiting)} jawaban di atas belum termasuk. " if shown.waiting else ""
    small = "Baris yang kecil digabung, supaya jawaban seseorang tidak dapat dihitung dari selisihnya."
    return f"Dari {formats.count(shown.n)} jawaban. {waiting}{later}. {small}"


def _table(table: StateTable) -> NamedTable:
    rows = [
        NamedRow(
            TOGETHER if row.code == MERGED else table.labels.get(row.code, ELSEWHERE),
            row.result,
            row.code == MERGED,
        )
        for row in table.rows
    ]
    return NamedTable(TITLES[table.heading], rows)
