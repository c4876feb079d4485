"""The one reader of tables that people send, XLSX or text with separators, for every import and the calculator.

What is sent is not trusted: sizes are bounded before anything is unpacked, and nothing is ever calculated.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from skm.i18n import formats
from skm.output.reading.cells import of_text
from skm.output.reading.size import COLUMN_LIMIT, HEAD_ROWS, LAST_ROW
from skm.output.reading.text import Text, decoded
from skm.output.sandbox.limits import TREE, Limits, check_size
from skm.survey.problem import Problem

_BLANK = b"\xef\xbb\xbf \t\r\n"  # what may stand before the first sign of a text
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # XLS, and also an XLSX with a password
_PDF = b"%PDF-"


@dataclass(frozen=True)
class Line:
    """A row by its number in the spreadsheet: its cells as text, and by column what is wrong with some.

    `broken`: it has no cells, for its quotes do not fit; the number of the line in the text, else 0.
    """

    number: int
    cells: Sequence[str]
    faults: Mapping[int, str] = field(default_factory=dict)
    broken: int = 0


@dataclass(frozen=True)
class Table:
    """A sheet: its name ("" for a text), and the ways to read its rows that are not empty.

    A sheet of a workbook has one reading, a text one for each sign that may separate its cells.
    """

    name: str
    readings: Sequence[Callable[[], Iterator[Line]]]

    @property
    def place(self) -> str:
        """Where its rows stand, in a sentence: `lembar Layanan`, "" for a text."""
        return f"lembar {self.name}" if self.name else ""


@dataclass(frozen=True)
class Tables:
    """What a file holds. `old_encoding`: it was not Unicode and was read as Windows-1252."""

    tables: Sequence[Table]
    old_encoding: bool = False


def read_tables(content: bytes, limits: Limits = TREE) -> Tables:
    """The tables of an XLSX or text file, whatever its name says. Raises Problem, also while the rows are read."""
    check_size(content, limits)
    if content.startswith(_OLD_EXCEL):
        raise Problem("import_old_excel")
    if content.startswith(_PDF):
        raise Problem("import_pdf")
    if content.lstrip(_BLANK).startswith(b"<"):
        raise Problem("import_web_page")
    if content.startswith(b"PK"):
        from skm.output.reading.xlsx import sheets  # openpyxl takes longer to load than a text to be read

        found = sheets(content, COLUMN_LIMIT, limits)
        return Tables([Table(name, [partial(_lines_of, rows, limits)]) for name, rows in found])
    text, old = decoded(content)
    return Tables([_text_table(Text(text), limits)], old)


def _lines_of(
    rows: Callable[[], Iterator[tuple[int, list[str], dict[int, str]]]], limits: Limits
) -> Iterator[Line]:
    return _within((Line(*row) for row in rows()), limits)


def _text_table(text: Text, limits: Limits) -> Table:
    return Table("", [partial(_text_lines, text, sign, limits) for sign in text.signs])


def _text_lines(text: Text, sign: str, limits: Limits) -> Iterator[Line]:
    return _within(_lines_of_text(text, sign), limits)


def _lines_of_text(text: Text, sign: str) -> Iterator[Line]:
    for number, row, broken in text.rows(sign):
        if number > LAST_ROW:
            raise Problem("import_last_row", limit=formats.count(LAST_ROW))
        cells, faults = of_text(row[:COLUMN_LIMIT])
        if broken or any(cells):
            yield Line(number, cells, faults, broken)


def _within(lines: Iterator[Line], limits: Limits) -> Iterator[Line]:
    """The lines of a sheet, as many as may be read. Raises Problem."""
    cells = 0
    for count, line in enumerate(lines, 1):
        cells += len(line.cells)
        if count > limits.rows + HEAD_ROWS:
            raise Problem("import_too_long", limit=formats.count(limits.rows))
        if cells > limits.cells:
            raise Problem("import_many_cells", limit=formats.count(limits.cells))
        yield line
