"""Units by element as a table to take home."""

from collections.abc import Sequence

from skm.i18n import formats
from skm.web.figures.tables import HeatTable, NamedResult


def units_table(table: HeatTable) -> tuple[list[str], list[list[str]]]:
    """Heads and rows, in words."""
    codes = list(table.elements)
    return ["Unit", "Jawaban", "IKM", "Mutu", *codes], [_line(row, codes) for row in table.rows]


def _line(row: NamedResult, codes: Sequence[str]) -> list[str]:
    result, elements = row.result, row.elements
    values = [formats.number(elements[code].value if code in elements else None) for code in codes]
    return [row.name, formats.count(result.n), formats.number(result.index), result.grade or "", *values]
