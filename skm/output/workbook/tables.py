"""Tables of text, both ways: the spreadsheets that an office sends (XLSX, CSV), and those that it gets (XLSX).

What is sent is not trusted: sizes are bounded before anything is unpacked, and nothing is ever calculated.
"""

import csv
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from xlsxwriter import Workbook

from skm.output.csv_file import delimiter_of
from skm.output.document import Document
from skm.output.workbook.file import MEDIA_TYPE
from skm.output.workbook.spreadsheet import OPTIONS, Book
from skm.survey.problem import Problem

SENT_LIMIT = 20_000_000  # bytes of the file
UNPACKED_LIMIT = 200_000_000  # bytes of all its parts; 100,000 long rows have some 60 million
COLUMN_LIMIT = 40  # columns beyond are not read
FORMULA, DATE, ERROR = "formula", "date", "error"  # why a cell cannot be used
_BLANK = b"\xef\xbb\xbf \t\r\n"  # what may stand before the first sign of a text
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # XLS, and also an XLSX with a password
# How openpyxl, and the readers of ZIP and XML below it, fail on a damaged file (found by damaging 25,000).
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # a ZIP with a password, or a compression that Python does not know
    OSError,  # no part is a workbook
    SyntaxError,  # XML; either parser
    LookupError,  # a part that is missing
    TypeError,  # an attribute that is unknown or missing
    ValueError,  # a number that is none
)


@dataclass(frozen=True)
class Line:
    """A row by its number in the spreadsheet: its cells as text, and by column what is wrong with some."""

    number: int
    cells: Sequence[str]
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A sheet: its name ("" for a CSV), and its rows that are not empty, read while they are asked for."""

    name: str
    lines: Iterator[Line]


@dataclass(frozen=True)
class Tables:
    """What a file holds. `old_encoding`: it was not UTF-8 and was read as Windows-1252."""

    tables: Sequence[Table]
    old_encoding: bool = False


@dataclass(frozen=True)
class Column:
    """A column of a table to write: its head, its width in characters, and what may be chosen in it."""

    head: str
    width: int
    choices: Sequence[str] = ()


@dataclass(frozen=True)
class WrittenTable:
    """A table to write. `columns` have heads; without them the rows are plain text (an explanation)."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str | int]]


def read_tables(content: bytes) -> Tables:
    """The tables of an XLSX or CSV file, whatever its name says. Raises Problem, also while the rows are read."""
    if len(content) > SENT_LIMIT:
        raise Problem("import_too_large", megabytes=SENT_LIMIT // 1_000_000)
    if content.startswith(_OLD_EXCEL):
        raise Problem("import_old_excel")
    if content.lstrip(_BLANK).startswith(b"<"):
        raise Problem("import_web_page")
    if content.startswith(b"PK"):
        return Tables(_workbook(content))
    text, old = _decoded(content)
    return Tables([Table("", _csv_lines(text))], old)


def write_tables(name: str, tables: Sequence[WrittenTable], title: str) -> Document:
    """An Excel file with a sheet each; every cell is text, so that a code such as 007 stays one."""
    file = BytesIO()
    with Workbook(file, {**OPTIONS, "in_memory": True, "constant_memory": False}) as workbook:
        # A fixed birth date: the same tables give the same bytes.
        workbook.set_properties({"title": title, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        book = Book(workbook)
        for table in tables:
            _write(book, table)
    return Document(name, MEDIA_TYPE, file.getvalue())


def _workbook(content: bytes) -> list[Table]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            # A reader never unpacks more of a part than the archive announces for it.
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > UNPACKED_LIMIT:
            raise Problem("import_too_large", megabytes=UNPACKED_LIMIT // 1_000_000)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are of no interest here
            book = openpyxl.load_workbook(BytesIO(content), read_only=True, keep_links=False)
        return [Table(sheet.title, _sheet_lines(sheet)) for sheet in book.worksheets]
    except _DAMAGED as error:
        raise Problem("import_unreadable") from error


def _sheet_lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # some programs announce a million rows, others one
    rows = enumerate(sheet.iter_rows(max_col=COLUMN_LIMIT), 1)
    while line := _next_row(rows):
        number, row = line
        if any(cell.value is not None for cell in row):
            yield _line(number, row)


def _next_row(rows: Iterator[tuple[int, Sequence[Any]]]) -> tuple[int, Sequence[Any]] | None:
    """What openpyxl reads next; None at the end. Raises Problem."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return next(rows, None)
    except _DAMAGED as error:
        raise Problem("import_unreadable") from error


def _line(number: int, row: Sequence[Any]) -> Line:
    filled = [(place, cell) for place, cell in enumerate(row) if cell.value is not None]
    cells = [""] * (filled[-1][0] + 1)
    for place, cell in filled:
        cells[place] = _text(cell.value)
    return Line(number, cells, {place: why for place, cell in filled if (why := _fault(cell))})


def _fault(cell: Any) -> str | None:
    if isinstance(cell.value, date | datetime | time | timedelta):
        return DATE
    if cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith("=")):
        return FORMULA
    return ERROR if cell.data_type == "e" else None


def _text(value: object) -> str:
    """A cell as it is shown: whole numbers without a decimal point, a truth value in Indonesian."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text of a CSV and whether it is in the old encoding of Windows. Raises Problem for any other."""
    try:
        text, old = content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        try:
            text, old = content.decode("cp1252"), True
        except UnicodeDecodeError:
            raise Problem("import_encoding") from None
    if any(sign < " " and sign not in "\t\r\n" for sign in text):  # UTF-16, a picture, a program
        raise Problem("import_encoding")
    return text, old


def _csv_lines(text: str) -> Iterator[Line]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                stripped = [cell.strip() for cell in cells[:COLUMN_LIMIT]]
                faults = {place: FORMULA for place, cell in enumerate(stripped) if cell.startswith("=")}
                yield Line(number, stripped, faults)
    except csv.Error:
        raise Problem("csv_unreadable", row=reader.line_num) from None


def _delimiter(text: str) -> str:
    """The sign that stands most often in the first line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return delimiter_of(first)


def _write(book: Book, table: WrittenTable) -> None:
    out = book.add(table.name)
    if not table.columns:
        _write_words(out, table.rows)
        return
    for place, column in enumerate(table.columns):
        out.worksheet.set_column(place, place, column.width, book.styles["typed"])
        out.text(0, place, column.head, "head left")
        if column.choices:
            out.worksheet.data_validation(1, place, 100_000, place, _choose(column.choices))
    out.worksheet.freeze_panes(1, 0)
    for number, row in enumerate(table.rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                out.number(number, place, value, "typed")
            else:
                out.text(number, place, value, "typed")


def _choose(choices: Sequence[str]) -> dict[str, object]:
    return {"validate": "list", "source": list(choices), "error_type": "warning", "ignore_blank": True}


def _write_words(out: Any, rows: Iterable[Sequence[str | int]]) -> None:
    """An explanation: the first row is its title."""
    out.columns(34, (100,))
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            out.text(number, place, str(text), "title" if number == 0 else ("label", "wrapped")[place > 0])
