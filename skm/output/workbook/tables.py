"""Tables of text that an office gets to fill in, as XLSX."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from skm.output.document import Document
from skm.output.workbook.file import MEDIA_TYPE
from skm.output.workbook.spreadsheet import OPTIONS, Book


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
