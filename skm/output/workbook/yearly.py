"""The yearly workbook: the city's recap, a worksheet per unit, and the basis of the city's figure."""

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO

from xlsxwriter import Workbook

from skm.output.document import Document
from skm.output.recap import Recap, RecapRow, UnitSheet
from skm.output.workbook.basis import Basis
from skm.output.workbook.recap_sheet import RecapSheet
from skm.output.workbook.spreadsheet import OPTIONS, Book, sheet_name
from skm.output.workbook.worksheet import Place, names_line, write_unit

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 1 << 16

Unit = tuple[str, str]  # agency, unit


def yearly_workbook(recap: Recap, sheets: Iterable[UnitSheet]) -> Document:
    """The workbook of a year, made whole in a temporary file before the first byte is given, in flat memory.

    Raises Problem "worksheet_too_long" for a unit with more answers than a sheet holds; KeyError for a sheet
    whose unit is not in the recap; ValueError when the rows written are not those that were counted.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - has no name and is gone once it is closed, by the reader
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            Workbook(file, {**OPTIONS, "tmpdir": folder}) as workbook,
        ):
            _describe(workbook, recap)
            _fill(Book(workbook), recap, sheets)
    except BaseException:
        file.close()
        raise
    name = f"{'contoh-' * recap.demo}rekap-skm-{recap.year}.xlsx"
    return Document(name, MEDIA_TYPE, _drain(file))


def _drain(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _describe(workbook: Workbook, recap: Recap) -> None:
    title = f"Rekapitulasi SKM {recap.city} {recap.year}"
    workbook.set_properties({"title": title, "comments": "DATA CONTOH" if recap.demo else ""})


def _fill(book: Book, recap: Recap, sheets: Iterable[UnitSheet]) -> None:
    # The recap comes first in the file and is written last, when it is known where the units' figures stand.
    first = book.add(f"Rekap {recap.year}")
    places = _write_units(book, recap, sheets)
    everywhere = [place for several in places.values() for place in several]
    written = sum(place.foot.tally.n for place in everywhere)
    if written != recap.row_count:
        raise ValueError(f"{written} respondents were written, {recap.row_count} were announced")
    basis = Basis(book, recap)
    sections = basis.pool(everywhere)
    sources = [basis.source(row.unit, row.measure, places.get(_unit(row), ())) for row in recap.rows]
    city = basis.source(recap.city, recap.total, sections)
    RecapSheet(first, recap).write(sources, city, [names_line(place) for place in sections[:1]])


def _write_units(book: Book, recap: Recap, sheets: Iterable[UnitSheet]) -> Mapping[Unit, Sequence[Place]]:
    numbers = {_unit(row): number for number, row in enumerate(recap.rows, 1)}
    places: dict[Unit, list[Place]] = defaultdict(list)
    for unit in sheets:
        several = places[_unit(unit)]
        number = f"{numbers[_unit(unit)]:02d}{f'.{len(several) + 1}' if several else ''}"
        several.append(write_unit(book, sheet_name(number, unit.unit), unit))
    return places


def _unit(of: RecapRow | UnitSheet) -> Unit:
    return of.agency, of.unit
