"""The table under a worksheet: NO | UNSUR PELAYANAN | NILAI RATA-RATA, the index, its grade, the bands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from skm import ikm
from skm.i18n.formats import number
from skm.output.workbook.foot import grade_of, grade_shown, out_of_hundred
from skm.output.workbook.spreadsheet import Cached, Worksheet, cell

NAME, MEAN, VALUE, GRADE = (1, 6), (7, 8), (9, 10), (11, 11)  # first and last column


@dataclass(frozen=True)
class Table:
    """What stands in the table: the figures, the elements' names, and the formulas that lead to them.

    `means` has a formula per element for its NRR, `index` and `people` are those of the index and of n.
    """

    measure: ikm.Measure
    names: Sequence[str]
    means: Sequence[str]
    index: str
    people: str
    label: str
    scheme: ikm.Scheme


@dataclass(frozen=True)
class Source:
    """The cells, named with their sheet, where the recap finds a measure."""

    n: str
    values: tuple[str, ...]
    grades: tuple[str, ...]
    index: str
    grade: str


def write_result(sheet: Worksheet, row: int, table: Table) -> Source:
    """Writes the table from `row` on: a row per element, then three."""
    _heads(sheet, row)
    first, end = row + 1, row + 1 + len(table.names)
    lines = zip(table.measure.elements, table.names, table.means, strict=True)
    for at, (figure, name, mean) in enumerate(lines, first):
        _element(sheet, at, figure, name, mean, table.scheme)
    measure, index = table.measure, cell(end, VALUE[0])
    shown = grade_shown(measure.index, measure.grade, in_words=True)
    _total(sheet, end, table.label.upper(), table.index, measure.index, "sum value")
    _total(
        sheet,
        end + 1,
        "MUTU PELAYANAN",
        grade_of(index, table.scheme.graded, in_words=True),
        shown,
        "sum centre",
    )
    _total(sheet, end + 2, "JUMLAH RESPONDEN", table.people, measure.n, "sum count")
    return Source(
        n=cell(end + 2, VALUE[0], sheet.name),
        values=tuple(cell(at, VALUE[0], sheet.name) for at in range(first, end)),
        grades=tuple(cell(at, GRADE[0], sheet.name) for at in range(first, end)),
        index=cell(end, VALUE[0], sheet.name),
        grade=cell(end + 1, VALUE[0], sheet.name),
    )


def write_bands(sheet: Worksheet, row: int) -> int:
    """The official bands from `row` on; the row after them."""
    sheet.text(row, 0, "MUTU", "head")
    _wide(sheet, row, NAME, "KINERJA UNIT PELAYANAN", "head left")
    _wide(sheet, row, (MEAN[0], VALUE[1]), "NILAI INTERVAL KONVERSI (NIK)", "head")
    for at, (letter, (low, high)) in enumerate(ikm.BOUNDS.items(), row + 1):
        sheet.text(at, 0, letter, "centre")
        _wide(sheet, at, NAME, ikm.KINERJA[letter], "text")
        _wide(sheet, at, (MEAN[0], VALUE[1]), f"{number(low)} – {number(high)}", "centre")
    return row + 1 + len(ikm.BOUNDS)


def _heads(sheet: Worksheet, row: int) -> None:
    sheet.lines_high(row, 2)
    sheet.text(row, 0, "NO", "head")
    _wide(sheet, row, NAME, "UNSUR PELAYANAN", "head left")
    _wide(sheet, row, MEAN, "NILAI RATA-RATA", "head right")
    _wide(sheet, row, VALUE, "IKM UNSUR", "head right")
    _wide(sheet, row, GRADE, "MUTU", "head")


def _element(
    sheet: Worksheet, row: int, figure: ikm.ElementFigure, name: str, mean: str, scheme: ikm.Scheme
) -> None:
    value = out_of_hundred(cell(row, MEAN[0]), scheme.scale)
    shown = grade_shown(figure.value, figure.grade)
    sheet.text(row, 0, figure.code, "centre")
    _wide(sheet, row, NAME, name, "text")
    _figures(sheet, row, [(MEAN, mean, figure.nrr, "mean"), (VALUE, value, figure.value, "value")])
    _figures(sheet, row, [(GRADE, grade_of(cell(row, VALUE[0]), scheme.graded), shown, "centre")])


def _total(sheet: Worksheet, row: int, label: str, formula: str, value: Cached, style: str) -> None:
    sheet.text(row, 0, "", "sum text")
    _wide(sheet, row, (NAME[0], MEAN[1]), label, "sum text")
    _figures(sheet, row, [(VALUE, formula, value, style)])


def _figures(sheet: Worksheet, row: int, figures: Iterable[tuple[tuple[int, int], str, Cached, str]]) -> None:
    for (first, last), formula, value, style in figures:
        sheet.across(row, first, last, style)
        sheet.formula(row, first, formula, value, style)


def _wide(sheet: Worksheet, row: int, columns: tuple[int, int], text: str, style: str) -> None:
    sheet.across(row, *columns, style)
    sheet.text(row, columns[0], text, style)
