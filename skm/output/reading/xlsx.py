"""The sheets of an Excel workbook, cell by cell as they are shown."""

import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from io import BytesIO
from string import digits
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, fromstring, iterparse

from openpyxl.reader.excel import SHARED_STRINGS, ExcelReader
from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import (
    CELL_TAG,
    FORMULA_TAG,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
    _cast_number,
)
from openpyxl.xml.constants import ARC_STYLE, SHEET_MAIN_NS

from skm.i18n import formats
from skm.output.reading.archive import Archive
from skm.output.reading.cells import DATE, ERROR, FORMULA, LONG, fault_of, trimmed
from skm.output.reading.number_formats import DIGITS, shown
from skm.output.reading.size import LAST_COLUMN, LAST_ROW, LONGEST_CELL, SHEETS_LIMIT
from skm.output.sandbox.limits import Limits
from skm.survey.problem import Problem

Row = tuple[int, list[str], dict[int, str]]  # its number, its cells, what is wrong with some
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
_TEXT, _RUN, _ITEM = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("t", "r", "si"))
_FORMATS, _STYLES = (
    f"{{{SHEET_MAIN_NS}}}{path[0]}/{{{SHEET_MAIN_NS}}}{path[1]}"
    for path in (("numFmts", "numFmt"), ("cellXfs", "xf"))
)


@dataclass(frozen=True)
class _Book:
    """What all sheets of a workbook share: its words, and the number format of each style."""

    archive: Archive
    words: Sequence[str]
    formats: Sequence[str]
    epoch: datetime


def sheets(content: bytes, columns: int, limits: Limits) -> list[tuple[str, Callable[[], Iterator[Row]]]]:
    """Each sheet by its name, with a way to read its rows, the first `columns` cells of each. Raises Problem."""
    with _refusing_damage():
        archive = Archive(content, limits.unpacked)
        _check_kind(set(archive.namelist()))
        reader = ExcelReader(BytesIO(content), read_only=True, keep_links=False)
        reader.archive = archive
        reader.read_manifest()
        strings = reader.package.find(SHARED_STRINGS)
        words = _words(archive, strings.PartName[1:], limits.cells) if strings is not None else []
        reader.read_workbook()
        book = _Book(archive, words, _formats(archive), reader.wb.epoch)
        found = [
            (sheet.name, rel.target)
            for sheet, rel in reader.parser.find_sheets()
            if rel.target in reader.valid_files and "chartsheet" not in rel.Type
        ]
    if len(found) > SHEETS_LIMIT:
        raise Problem("import_many_sheets", limit=formats.count(SHEETS_LIMIT))
    return [(name, partial(_rows, book, part, columns)) for name, part in found]


def _check_kind(names: set[str]) -> None:
    if "content.xml" in names or "xl/workbook.bin" in names or "Index/Document.iwa" in names:
        raise Problem("import_other_workbook")
    if "[Content_Types].xml" in names and not any(name.startswith("xl/") for name in names):
        raise Problem("import_other_document")


def _words(archive: Archive, name: str, most: int) -> list[str]:
    """The texts that cells point at. A word's furigana is none of it."""
    words = []
    for _, item in iterparse(archive.stream(name)):  # noqa: S314 - Expat bounds entities, `Part` refuses them
        if item.tag == _ITEM:
            words.append(_text_of(item))
            item.clear()
            if len(words) > most:
                raise Problem("import_many_words", limit=formats.count(most))
    return words


def _text_of(item: Element) -> str:
    plain = item.find(_TEXT)
    if plain is not None and len(item) == 1:
        return plain.text or ""
    runs = [run.find(_TEXT) for run in item.iterfind(_RUN)]
    return "".join(text.text or "" for text in (plain, *runs) if text is not None)


def _formats(archive: Archive) -> list[str]:
    """The number format of each style of a cell; all else of the styles is not read, for it takes long."""
    if ARC_STYLE not in archive.namelist():
        return []
    styles = fromstring(archive.read(ARC_STYLE))  # noqa: S314 - as above
    own = {int(each.attrib["numFmtId"]): each.attrib["formatCode"] for each in styles.iterfind(_FORMATS)}
    ids = (int(each.get("numFmtId", 0)) for each in styles.iterfind(_STYLES))
    return [own.get(key) or builtin_format_code(key) or "General" for key in ids]


class _Parser(WorkSheetParser):
    """Reads the cells of a row; most of them hold a number or point at a text, and are read without a detour."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """Where a cell stands, its value, type and style, as openpyxl says it."""
        kind, style, reference = element.get("t", "n"), int(element.get("s", 0)), element.get("r")
        text = element[0].text if len(element) == 1 and element[0].tag == VALUE_TAG else None
        if not text or not reference or kind not in _PLAIN or style in self.date_formats:
            parsed: dict[str, Any] = super().parse_cell(element)
            return parsed
        value = self.shared_strings[int(text)] if kind == "s" else _number(text)
        self.col_counter = column = _column(reference.rstrip(digits))
        return {"column": column, "value": value, "data_type": kind, "style_id": style}

    # A formula is what is written in its cell: others may share it and have none.
    def parse_formula(self, element: Element) -> str:
        """The formula with its sign."""
        return f"={element.findtext(FORMULA_TAG) or ''}"


_PLAIN = ("n", "s")
_column = lru_cache(2**15)(column_index_from_string)


def _number(text: str) -> int | float:
    return int(text) if text.isdigit() else _cast_number(text)


class _Cell(NamedTuple):
    """What stands in a cell, where, of which of the types of a workbook, and how its number is shown."""

    place: int
    value: Any
    data_type: str
    number_format: str


def _rows(book: _Book, part: str, columns: int) -> Iterator[Row]:
    rows = _rows_with_cells(book, part, columns)
    while row := _next(rows):
        yield _row(*row)


def _rows_with_cells(book: _Book, part: str, columns: int) -> Iterator[tuple[int, list[_Cell]]]:
    """The rows in which something stands. Raises Problem where their numbers do not rise, or leave the sheet."""
    styled = dict(enumerate(book.formats))
    dates = {key for key, code in styled.items() if is_date_format(code)}
    spans = {key for key, code in styled.items() if is_timedelta_format(code)}
    parser = _Parser(None, book.words, False, book.epoch, dates, spans)
    last = width = 0
    for _, element in iterparse(book.archive.stream(part)):  # noqa: S314 - Expat bounds entities, `Part` refuses them
        if element.tag == CELL_TAG:
            width += 1
            if width > LAST_COLUMN:
                raise Problem("import_too_wide", limit=formats.count(LAST_COLUMN))
        if element.tag != ROW_TAG:
            continue
        number, cells = parser.parse_row(element)
        element.clear()
        parser.row_dimensions.clear()
        width = 0
        if number > LAST_ROW:
            raise Problem("import_last_row", limit=formats.count(LAST_ROW))
        if number <= last:
            raise Problem("import_unreadable")
        last = number
        filled = [
            _Cell(cell["column"] - 1, cell["value"], cell["data_type"], styled.get(cell["style_id"], ""))
            for cell in cells
            if cell["value"] is not None and cell["column"] <= columns
        ]
        if filled:
            yield number, filled


def _next(rows: Iterator[tuple[int, list[_Cell]]]) -> tuple[int, list[_Cell]] | None:
    """The next row; None at the end. Raises Problem."""
    with _refusing_damage():
        return next(rows, None)


@contextmanager
def _refusing_damage() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of dates and extensions that are of no interest here
            yield
    except _DAMAGED as error:
        if str(error).startswith("out of memory"):
            raise MemoryError from error
        raise Problem("import_unreadable") from error


def _row(number: int, filled: Sequence[_Cell]) -> Row:
    cells = [""] * (max(cell.place for cell in filled) + 1)
    for cell in filled:
        cells[cell.place] = _text(cell)
    if sum(map(len, cells)) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
        raise Problem("import_long_cell", limit=formats.count(LONGEST_CELL))
    return number, cells, {cell.place: why for cell in filled if (why := _fault(cell))}


def _fault(cell: _Cell) -> str | None:
    value = cell.value
    if cell.data_type == "n" and isinstance(value, int | float):
        return LONG if abs(value) >= 10**DIGITS else None
    if isinstance(value, date | datetime | time | timedelta):
        return DATE
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        return FORMULA
    if isinstance(value, int | float) and abs(value) >= 10**DIGITS:
        return LONG
    if cell.data_type == "e":
        return ERROR
    return fault_of(value) if isinstance(value, str) and value else None


def _text(cell: _Cell) -> str:
    """A cell as it is shown: a truth value in Indonesian, a number by its format, `_x0041_` as an A."""
    value = cell.value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float):
        return shown(value, cell.number_format)
    if not isinstance(value, str):
        return str(value)
    return trimmed(unescape(value) if "_x" in value else value)
