"""The first sheet: a row per unit in the default columns, and the city's figure below."""

from collections.abc import Sequence
from fractions import Fraction
from textwrap import wrap

from skm import ikm
from skm.i18n.formats import NO_DATA, count, number
from skm.output.recap import Recap, RecapRow
from skm.output.workbook.foot import UNGRADED, grade_shown, mutu
from skm.output.workbook.result import Source
from skm.output.workbook.spreadsheet import Cached, Worksheet
from skm.output.workbook.worksheet import weight_words

FIRST = 3  # the column of the first element, behind number, unit and period
UNIT, METHOD, PRIORITIES, FOLLOW_UP = 30, 15, 30, 30  # widths in characters
NOT_MEASURED = UNGRADED


class RecapSheet:
    """The sheet while it is written, from top to bottom."""

    def __init__(self, sheet: Worksheet, recap: Recap) -> None:
        self._sheet, self._recap = sheet, recap
        self._codes = [figure.code for figure in recap.total.elements]
        self._after = FIRST + len(self._codes)

    def write(self, sources: Sequence[Source | None], city: Source | None, legend: Sequence[str]) -> None:
        """A source is where the figures of a row, or of the city, stand; None: they are written as values."""
        head = 7 + self._recap.demo + len(self._recap.standing)
        self._set_up(head)
        self._title()
        self._heads(head)
        for position, (row, source) in enumerate(zip(self._recap.rows, sources, strict=True), 1):
            self._unit(head + 1 + position, position, row, source)
        self._foot(head + 2 + len(self._recap.rows), city, legend)

    def _set_up(self, head: int) -> None:
        widths = (UNIT, 15, *[7.5] * len(self._codes), 9, 12, 12, METHOD, PRIORITIES, FOLLOW_UP)
        self._sheet.columns(5, widths)
        self._sheet.for_print(
            f"Rekap SKM {self._recap.year}, {self._recap.city}", self._recap.demo, (head, head + 1)
        )
        self._sheet.worksheet.freeze_panes(head + 2, 2)

    def _title(self) -> None:
        recap, row = self._recap, int(self._recap.demo)
        if recap.demo:
            self._sheet.mark_demo(self._after)
        city = recap.city.upper()
        self._sheet.text(
            row, 0, f"REKAPITULASI SURVEI KEPUASAN MASYARAKAT (SKM) {city} TAHUN {recap.year}", "title"
        )
        lines = (
            *recap.standing,
            f"Konvensi bobot: {weight_words(recap.convention, [Fraction(1, len(self._codes))])}",
            f"Kuesioner: {'; '.join(recap.instruments)}",
            f"Angka {recap.city}: {recap.rule}",
            f"Jumlah baris: {count(len(recap.rows))} unit; {count(recap.row_count)} jawaban",
        )
        for at, line in enumerate(lines, row + 1):
            self._sheet.text(at, 0, line)

    def _heads(self, row: int) -> None:
        sheet, after = self._sheet, self._after
        sheet.texts(row, 0, [""] * FIRST, "head")
        sheet.across(row, FIRST, after - 1, "head")
        sheet.text(row, FIRST, "IKM unsur (skala 100)", "head")
        sheet.texts(row, after, [""] * 6, "head")
        sheet.lines_high(row + 1, 2)
        sheet.texts(row + 1, 0, ("No", "OPD/Unit Pelayanan Publik", "Periode Pelaksanaan"), "head left")
        sheet.texts(row + 1, FIRST, self._codes, "head right")
        sheet.texts(row + 1, after, ("IKM", "Kategori", "Jumlah Responden"), "head right")
        sheet.texts(
            row + 1,
            after + 3,
            ("Metode SKM", "Unsur Prioritas Perbaikan", "Rencana Tindak Lanjut"),
            "head left",
        )

    def _unit(self, at: int, position: int, row: RecapRow, source: Source | None) -> None:
        sheet, after = self._sheet, self._after
        name = row.unit if row.unit == row.agency else f"{row.unit}\n{row.agency}"
        last = (row.method, "; ".join(row.priorities), row.follow_up)
        wrapped = zip((name, *last), (UNIT, METHOD, PRIORITIES, FOLLOW_UP), strict=True)
        sheet.lines_high(at, max(2, *(_lines(text, width) for text, width in wrapped)))
        sheet.number(at, 0, position, "count")
        sheet.text(at, 1, name, "text")
        sheet.text(at, 2, row.period, "text")
        self._elements(at, row.measure, source)
        self._index(at, row.measure, row.n, source)
        sheet.texts(at, after + 3, last, "text")

    def _elements(self, at: int, measure: ikm.Measure | None, source: Source | None) -> None:
        figures = {figure.code: place for place, figure in enumerate(measure.elements)} if measure else {}
        for column, code in enumerate(self._codes, FIRST):
            if measure is None or code not in figures:
                self._sheet.text(at, column, NOT_MEASURED, "value")
            else:
                place = figures[code]
                self._figure(
                    at,
                    column,
                    source.values[place] if source else None,
                    measure.elements[place].value,
                    "value",
                )

    def _index(
        self, at: int, measure: ikm.Measure | None, n: int, source: Source | None, style: str = ""
    ) -> None:
        index = measure.index if measure else None
        grade = grade_shown(index, measure.grade, in_words=True) if measure else None
        self._figure(at, self._after, source.index if source else None, index, f"{style}value")
        self._figure(at, self._after + 1, source.grade if source else None, grade, f"{style}centre")
        self._figure(at, self._after + 2, source.n if source else None, n, f"{style}count")

    def _figure(self, row: int, column: int, place: str | None, value: Cached, style: str) -> None:
        if place:
            self._sheet.formula(row, column, f"={place}", value, style)
        else:
            self._sheet.value(row, column, value, style)

    def _foot(self, at: int, city: Source | None, legend: Sequence[str]) -> None:
        """The city's value and grade per element, IKM and mutu; below, how to read the sheet."""
        self._label(at, f"IKM {self._recap.city}")
        elements = list(enumerate(self._recap.total.elements))
        for place, figure in elements:
            self._figure(at, FIRST + place, city.values[place] if city else None, figure.value, "sum value")
        self._index(at, self._recap.total, self._recap.n, city, "sum ")
        self._sheet.texts(at, self._after + 3, [""] * 3, "sum text")
        self._label(at + 1, "Mutu per unsur")
        for place, figure in elements:
            self._figure(
                at + 1,
                FIRST + place,
                city.grades[place] if city else None,
                grade_shown(figure.value, figure.grade),
                "sum centre",
            )
        self._sheet.texts(at + 1, self._after, [""] * 6, "sum text")
        for row, line in enumerate((*legend, *_notes(city is not None)), at + 3):
            self._sheet.text(row, 0, line, "small")

    def _label(self, row: int, text: str) -> None:
        self._sheet.across(row, 0, FIRST - 1, "sum text")
        self._sheet.text(row, 0, text, "sum text")


def _lines(text: str, width: int) -> int:
    """How many lines a text takes, estimated."""
    return sum(len(wrap(line, width)) for line in text.splitlines())


def _notes(live: bool) -> Sequence[str]:
    basis = (
        "dasar angka gabungan ada pada lembar terakhir"
        if live
        else "angka gabungan dihitung aplikasi, bukan rumus"
    )
    bands = "; ".join(
        f"{mutu(letter)} {number(low)}–{number(high)}" for letter, (low, high) in ikm.BOUNDS.items()
    )
    return (
        f"Angka setiap unit adalah rumus yang merujuk ke lembar unit itu; {basis}.",
        f"{NO_DATA}: unit belum mempunyai jawaban pada tahun ini; {NOT_MEASURED}: unsur tidak diukur.",
        f"Mutu pelayanan: {bands}.",
    )
