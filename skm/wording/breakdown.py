"""The tables of a unit by service, counter and hour in words: of how many answers they are, and what is merged."""

from collections.abc import Sequence
from dataclasses import dataclass

from skm.figures.breakdown import Breakdown, BreakdownRow, BreakdownTable
from skm.figures.figure import Result
from skm.i18n import formats
from skm.survey.small_cells import MERGED, PART, K
from skm.wording.certainty import doubt

TITLES = {"service": "Layanan", "counter": "Loket", "hour": "Jam mengisi"}
TOGETHER = "Digabung"
ELSEWHERE = "Yang kini di unit lain"
_UNCERTAIN = "belum pasti"


@dataclass(frozen=True)
class NamedRow:
    """A row as it is read, with how sure it is; `rest`: several that are shown together."""

    label: str
    result: Result
    rest: bool
    interval: str
    uncertain: str  # the grade


@dataclass(frozen=True)
class NamedTable:
    """The rows under one heading."""

    title: str
    rows: Sequence[NamedRow]
    is_hours: bool


@dataclass(frozen=True)
class BreakdownText:
    """What is said above the tables, and the tables; with intervals where these are by days."""

    source: str
    tables: Sequence[NamedTable]
    intervals: bool


def breakdown_text(shown: Breakdown | None) -> BreakdownText | None:
    """The tables with their labels; None where there are none for this reader."""
    if shown is None or not (shown.tables or shown.small or not shown.live):
        return None
    source = _live_source(shown) if shown.live else _source(shown)
    return BreakdownText(source, [_table(one) for one in shown.tables], shown.live)


def _source(shown: Breakdown) -> str:
    later = f"Tabel bertambah sedikitnya {PART} jawaban sekaligus, dan sesudah tahunnya berakhir sisanya"
    if not shown.n:
        return f"Belum ada. {later}."
    waiting = f"{formats.count(shown.waiting)} jawaban di atas belum termasuk. " if shown.waiting else ""
    small = "Baris yang kecil digabung, supaya jawaban seseorang tidak dapat dihitung dari selisihnya."
    return f"Dari {formats.count(shown.n)} jawaban. {waiting}{later}. {small}"


def _live_source(shown: Breakdown) -> str:
    sentence = f"Dari {formats.count(shown.n)} jawaban."
    if any(row.code == MERGED for table in shown.tables for row in table.rows):
        sentence += (
            f" Baris dengan kurang dari {K} jawaban digabung, supaya jawaban seseorang tidak dapat dihitung."
        )
    if shown.small:
        names = " dan ".join(TITLES[name].lower() for name in shown.small)
        sentence += f" Tabel menurut {names} belum ada: belum ada dua baris dengan {K} jawaban atau lebih."
    return sentence


def _table(table: BreakdownTable) -> NamedTable:
    return NamedTable(
        TITLES[table.heading], [_row(table, row) for row in table.rows], table.heading == "hour"
    )


def _row(table: BreakdownTable, row: BreakdownRow) -> NamedRow:
    rest, measure = row.code == MERGED, row.result.measure
    interval = measure.interval if measure else None
    ends = f"{formats.number(interval.low)}–{formats.number(interval.high)}" if interval else _UNCERTAIN
    uncertain = _UNCERTAIN if measure and interval and doubt(measure) else ""
    label = TOGETHER if rest else table.labels.get(row.code, ELSEWHERE)
    return NamedRow(label, row.result, rest, ends, uncertain)
