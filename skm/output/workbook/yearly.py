"""The yearly workbook: the city's recap, a worksheet per unit, and the basis of the city's figure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from skm.output.document import Document
from skm.output.recap import Recap, RecapRow, UnitSheet
from skm.output.workbook.basis import Basis
from skm.output.workbook.file import written
from skm.output.workbook.held_sheet import write_held
from skm.output.workbook.recap_sheet import RecapSheet
from skm.output.workbook.spreadsheet import Book, sheet_name
from skm.output.workbook.worksheet import Section, names_line, write_unit

Unit = tuple[str, str]  # agency, unit


def yearly_workbook(recap: Recap, sheets: Iterable[UnitSheet]) -> Document:
    """The workbook of a year, made whole in a temporary file before the first byte is given, in flat memory.

    Raises Problem "worksheet_too_long" for a unit with more answers than a sheet holds; KeyError for a sheet
    whose unit is not in the recap; ValueError when the rows written are not those that were counted.
    """
    title = f"Rekapitulasi SKM {recap.city} {recap.year}"
    name = f"{'contoh-' * recap.demo}rekap-skm-{recap.year}.xlsx"
    return written(name, title, recap.demo, lambda book: _fill(book, recap, sheets))


def _fill(book: Book, recap: Recap, sheets: Iterable[UnitSheet]) -> None:
    # The recap comes first in the file and is written last, when it is known where the units' figures stand.
    first = book.add(f"Rekap {recap.year}")
    by_unit = _write_units(book, recap, sheets)
    everywhere = [section for several in by_unit.values() for section in several]
    written = sum(section.foot.tally.n for section in everywhere)
    if written != recap.row_count:
        raise ValueError(f"{written} respondents were written, {recap.row_count} were announced")
    title = f"Dasar angka {recap.city} tahun {recap.year}"
    lead = "Setiap angka merujuk ke lembar unit; jumlahnya menjadi angka gabungan pada lembar rekap."
    basis = Basis(book.add(f"Dasar Rekap {recap.year}"), title, lead, recap.convention, recap.demo)
    sections = basis.pool(everywhere)
    sources = [basis.source(row.unit, row.measure, by_unit.get(_unit(row), ())) for row in recap.rows]
    city = basis.source(recap.city, recap.total, sections)
    if recap.held:
        write_held(book, recap)
    RecapSheet(first, recap).write(sources, city, [names_line(section) for section in sections[:1]])


def _write_units(book: Book, recap: Recap, sheets: Iterable[UnitSheet]) -> Mapping[Unit, Sequence[Section]]:
    numbers = {_unit(row): number for number, row in enumerate(recap.rows, 1)}
    by_unit: dict[Unit, list[Section]] = defaultdict(list)
    for unit in sheets:
        several = by_unit[_unit(unit)]
        number = f"{numbers[_unit(unit)]:02d}{f'.{len(several) + 1}' if several else ''}"
        several.append(write_unit(book, sheet_name(number, unit.unit), unit))
    return by_unit


def _unit(of: RecapRow | UnitSheet) -> Unit:
    return of.agency, of.unit
