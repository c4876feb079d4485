"""The sheets of an Excel workbook, cell by cell as they are shown."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

from skm.output.reading.cells import DATE, ERROR, FORMULA, LONG, fault_of, trimmed
from skm.output.reading.number_formats import DIGITS, shown
from skm.survey.problem import Problem

UNPACKED_LIMIT = 200_000_000  # bytes of all its parts; 100,000 long rows have some 60 million
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
# Strict Open XML is the same but for the names of its vocabularies (ISO/IEC 29500-1, annex A and part 4).
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(spreadsheetml|drawingml|officeDocument)/")
# How a name is written in which `_x0041_` stands for itself. openpyxl takes it away among the shared words, and only
# where it is written so: what is left would then be read as an A.
_WORDS, _ESCAPED = "xl/sharedStrings.xml", b"_x005F_"
_TRANSITIONAL = {
    b"spreadsheetml": b"http://schemas.openxmlformats.org/spreadsheetml/2006/",
    b"drawingml": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"officeDocument": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}


def sheets(content: bytes, columns: int) -> list[tuple[str, Callable[[], Iterator[Row]]]]:
    """Each sheet by its name, with a way to read its rows, the first `columns` cells of each. Raises Problem."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are of no interest here
            book = openpyxl.load_workbook(BytesIO(_readable(content)), read_only=True, keep_links=False)
        return [(sheet.title, _rows_of(sheet, columns)) for sheet in book.worksheets]
    except _DAMAGED as error:
        raise Problem("import_unreadable") from error


def _readable(content: bytes) -> bytes:
    """The workbook as openpyxl reads it; raises Problem where it is none, or too large."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
        # A reader never unpacks more of a part than the archive announces for it.
        if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
            raise Problem("import_too_large", megabytes=UNPACKED_LIMIT // 1_000_000)
        names = {part.filename for part in parts}
        if "content.xml" in names or "xl/workbook.bin" in names or "Index/Document.iwa" in names:
            raise Problem("import_other_workbook")
        if "[Content_Types].xml" in names and not any(name.startswith("xl/") for name in names):
            raise Problem("import_other_document")
        strict = _STRICT.search(archive.read("_rels/.rels") if "_rels/.rels" in names else b"")
        if strict or _ESCAPED in (archive.read(_WORDS) if _WORDS in names else b""):
            return _rewritten(archive)
    return content


def _rewritten(archive: zipfile.ZipFile) -> bytes:
    """The workbook with the common names in place of the strict ones, and escaped signs that openpyxl leaves alone."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as out:
        for part in archive.infolist():
            content = _STRICT.sub(lambda name: _TRANSITIONAL[name[1]], archive.read(part))
            out.writestr(part.filename, content.replace(_ESCAPED, _ESCAPED.lower()))
    return file.getvalue()


def _rows_of(sheet: Any, columns: int) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        sheet.reset_dimensions()  # some programs announce a million rows, others one
        cells = enumerate(sheet.iter_rows(max_col=columns), 1)
        gap: Sequence[Any] = ()  # the one row that openpyxl gives for each of a million that are not there
        while line := _next_row(cells):
            number, row = line
            if row is gap:
                continue
            if any(cell.value is not None for cell in row):
                yield _row(number, row)
            else:
                gap = row

    return rows


def _next_row(rows: Iterator[tuple[int, Sequence[Any]]]) -> tuple[int, Sequence[Any]] | None:
    """What openpyxl reads next; None at the end. Raises Problem."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return next(rows, None)
    except _DAMAGED as error:
        raise Problem("import_unreadable") from error


def _row(number: int, row: Sequence[Any]) -> Row:
    filled = [(place, cell) for place, cell in enumerate(row) if cell.value is not None]
    cells = [""] * (filled[-1][0] + 1)
    for place, cell in filled:
        cells[place] = _text(cell)
    return number, cells, {place: why for place, cell in filled if (why := _fault(cell))}


def _fault(cell: Any) -> str | None:
    value = cell.value
    if isinstance(value, date | datetime | time | timedelta):
        return DATE
    if cell.data_type == "f" or (isinstance(value, str) and value.startswith("=")):
        return FORMULA
    if isinstance(value, int | float) and abs(value) >= 10**DIGITS:
        return LONG
    if cell.data_type == "e":
        return ERROR
    return fault_of(value) if isinstance(value, str) and value else None


def _text(cell: Any) -> str:
    """A cell as it is shown: a truth value in Indonesian, a number by its format, `_x0041_` as an A."""
    value = cell.value
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float):
        return shown(value, cell.number_format or "")
    return trimmed(unescape(value)) if isinstance(value, str) else str(value)
