"""Units by element as a table to take home."""

from collections.abc import Mapping, Sequence
from typing import Any

from skm.figures.overview import Child
from skm.i18n import formats
from skm.survey.instrument import Instrument
from skm.web.figures import tables


def units_table(known: Mapping[str, Instrument], units: Sequence[Child]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows, in words."""
    found = tables.by_element(units, known)
    codes = [column["code"] for column in found["columns"]]
    return ["Unit", "Jawaban", "IKM", "Mutu", *codes], [_line(row, codes) for row in found["children"]]


def _line(row: dict[str, Any], codes: Sequence[str]) -> list[str]:
    values = [formats.number(row["values"].get(code, {}).get("value")) for code in codes]
    return [row["name"], formats.count(row["n"]), formats.number(row["index"]), row["grade"] or "", *values]
