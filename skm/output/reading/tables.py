"""The one reader of tables that people send, XLSX or text with separators, for every import and the calculator.

What is sent is not trusted: sizes are bounded before anything is unpacked, and nothing is ever calculated.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skm.output.reading.cells import of_text
from skm.output.reading.text import Text, decoded
from skm.survey.problem import Problem

SENT_LIMIT = 20_000_000  # bytes of a file that is uploaded
COLUMN_LIMIT = 512  # columns beyond are not read
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


def read_tables(content: bytes, limit: int | None = SENT_LIMIT) -> Tables:
    """The tables of an XLSX or text file, whatever its name says. Raises Problem, also while the rows are read."""
    if limit and len(content) > limit:
        raise Problem("import_too_large", megabytes=limit // 1_000_000)
    if content.startswith(_OLD_EXCEL):
        raise Problem("import_old_excel")
    if content.startswith(_PDF):
        raise Problem("import_pdf")
    if content.lstrip(_BLANK).startswith(b"<"):
        raise Problem("import_web_page")
    if content.startswith(b"PK"):
        from skm.output.reading.xlsx import sheets  # openpyxl takes longer to load than a text to be read

        return Tables([Table(name, [_lines_of(rows)]) for name, rows in sheets(content, COLUMN_LIMIT)])
    text, old = decoded(content)
    return Tables([_text_table(Text(text))], old)


def _lines_of(
    rows: Callable[[], Iterator[tuple[int, list[str], dict[int, str]]]],
) -> Callable[[], Iterator[Line]]:
    return lambda: (Line(*row) for row in rows())


def _text_table(text: Text) -> Table:
    return Table("", [_reading(text, sign) for sign in text.signs])


def _reading(text: Text, sign: str) -> Callable[[], Iterator[Line]]:
    return lambda: _text_lines(text, sign)


def _text_lines(text: Text, sign: str) -> Iterator[Line]:
    for number, row, broken in text.rows(sign):
        cells, faults = of_text(row[:COLUMN_LIMIT])
        if broken or any(cells):
            yield Line(number, cells, faults, broken)
