"""The sheet of one figure: from the counts of each answer to the index, every step a formula."""

from skm import ikm
from skm.figures.method import Workings
from skm.output.document import Document
from skm.output.workbook.basis import Basis
from skm.output.workbook.file import written
from skm.output.workbook.spreadsheet import Book, Worksheet, span

LEAD = "Banyaknya jawaban menurut nilai, lalu langkah demi langkah sampai IKM; setiap langkah adalah rumus."
POOLED = (
    "Ini bukan IKM periode ini, yang rata-rata IKM unit: di sini semua jawaban digabung, untuk perbandingan."
)


def method_workbook(workings: Workings, period: str, demo: bool, standing: str, stem: str = "") -> Document:
    """A workbook: the counting, and a second sheet of the units where the figure is their mean.

    `period` in words; `standing` says of which answers the figure is. `stem` ends the name of the file.
    """
    organisation = workings.organisation
    title, name = (
        f"Cara hitung IKM {organisation.name}, {period}",
        f"cara-hitung-{organisation.slug}{stem}.xlsx",
    )
    return written(
        f"{'contoh-' * demo}{name}", title, demo, lambda book: _fill(book, workings, title, demo, standing)
    )


def _fill(book: Book, workings: Workings, title: str, demo: bool, standing: str) -> None:
    figure = workings.figure
    if workings.units:
        _write_units(book.add("Rata-rata unit"), workings, title, demo, standing)
    name, lead = ("Gabungan", POOLED) if workings.mean else ("Cara hitung", LEAD)
    basis = Basis(book.add(name), title, lead, figure.terms.weights, demo)
    basis.say(standing, "small")
    sections = [basis.count(one) for one in figure.joined]
    if len(sections) > 1 and not workings.mean:
        basis.source(workings.organisation.name, figure.measure, sections)
    if not sections:
        basis.say("Belum ada data.", "plain")


def _write_units(sheet: Worksheet, workings: Workings, title: str, demo: bool, standing: str) -> None:
    """The exact index of every unit and their mean: the figure by the rule of the period."""
    first, result = int(demo) + 3, workings.figure.result
    sheet.columns(44, [14, 18])
    sheet.for_print(title, demo, (first, first))
    if demo:
        sheet.mark_demo(2)
    sheet.text(first - 3, 0, title.upper(), "title")
    sheet.text(first - 2, 0, standing, "small")
    sheet.texts(first, 0, ("UNIT", "RESPONDEN", "IKM (tepat)"), "head")
    for row, (name, unit) in enumerate(workings.units, first + 1):
        sheet.text(row, 0, name, "text")
        sheet.number(row, 1, unit.n, "count")
        sheet.value(row, 2, unit.exact, "mean")
    last = first + len(workings.units)
    people = sum(unit.n for _, unit in workings.units)
    sheet.text(last + 1, 0, "IKM: rata-rata IKM unit, dibulatkan sekali", "sum text")
    sheet.formula(last + 1, 1, f"=SUM({span(first + 1, 1, last, 1)})", people, "sum count")
    mean = f"=ROUND(ROUND(AVERAGE({span(first + 1, 2, last, 2)}),9),2)"
    sheet.formula(last + 1, 2, mean, result.index, "sum value")
    sheet.text(last + 2, 0, f"Mutu pelayanan: {ikm.KINERJA[result.grade] if result.grade else '–'}", "plain")
