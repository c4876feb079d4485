"""Units by element as a table to take home."""

from collections.abc import Sequence

from skm.i18n import formats
from skm.web.figures.tables import HeatTable, NamedResult
from skm.wording.change import FELL, ROSE, verdict


def units_table(table: HeatTable) -> tuple[list[str], list[list[str]]]:
    """Heads and rows, in words."""
    codes = list(table.elements)
    heads = ["Unit", "Jawaban", "IKM", "Mutu", *codes]
    if table.since:
        heads += [f"Perubahan penilaian dari {table.since}", "Putusan", "Unsur yang naik", "Unsur yang turun"]
    return heads, [_line(row, codes) + (_changes(row, codes) if table.since else []) for row in table.rows]


def _line(row: NamedResult, codes: Sequence[str]) -> list[str]:
    result, elements = row.result, row.elements
    values = [formats.number(elements[code].value if code in elements else None) for code in codes]
    return [row.name, formats.count(result.n), formats.number(result.index), result.grade or "", *values]


def _changes(row: NamedResult, codes: Sequence[str]) -> list[str]:
    rated = formats.signed(row.step.rated).removeprefix("+") if row.step else ""  # a plus begins a formula
    ways = [" ".join(code for code in codes if row.way(code) == way) for way in (ROSE, FELL)]
    return [rated, verdict(row.step), *ways]
