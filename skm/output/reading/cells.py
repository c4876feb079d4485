"""The text of one cell, and why it cannot be used though something stands in it."""

import re
from collections.abc import Sequence

FORMULA, DATE, ERROR, EXPONENT, LONG = "formula", "date", "error", "exponent", "long"
# Space of any kind, and the signs that nobody sees: zero width, direction, byte order mark, soft hyphen.
_EDGES = "".join(map(chr, (0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD))) + "".join(
    chr(code) for code in range(0x3001) if chr(code).isspace()
)
_EXPONENT = re.compile(r"[-+]?\d+([.,]\d+)?[Ee]\+?\d+")
_SUSPECT = re.compile(r"=|\d[Ee]")  # a row without this has no faults
_AS_TEXT = re.compile(r'="([^"]*)"')  # ="002": how people keep Excel from taking a code for a number
_CODE = re.compile(r"\d+e\d+")  # such as 1e5: a code that somebody chose, for a spreadsheet writes 1E+5


def of_text(row: Sequence[str]) -> tuple[list[str], dict[int, str]]:
    """The cells of a row of a text, and by column what is wrong with some."""
    whole = "".join(row)
    cells = [cell.strip() for cell in row] if whole.isascii() else [trimmed(cell) for cell in row]
    if not _SUSPECT.search(whole):
        return cells, {}
    cells = [as_text[1] if (as_text := _AS_TEXT.fullmatch(cell)) else cell for cell in cells]
    return cells, {place: why for place, cell in enumerate(cells) if cell and (why := fault_of(cell))}


def trimmed(cell: str) -> str:
    """A cell without space and invisible signs around what it says."""
    return cell.strip(_EDGES)


def fault_of(cell: str) -> str | None:
    """What is wrong with a text: it is a formula, or a number of which only the first digits are left."""
    if cell[0] == "=":
        return FORMULA
    if cell[0] in "+-0123456789" and _EXPONENT.fullmatch(cell) and not _CODE.fullmatch(cell):
        return EXPONENT
    return None
