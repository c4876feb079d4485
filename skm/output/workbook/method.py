"""The sheet of one figure: from the counts of each answer to the index, every step a formula."""

from dataclasses import dataclass

from skm import ikm
from skm.figures.method import Counted, UnitValue
from skm.output.document import Document
from skm.output.workbook.basis import Basis
from skm.output.workbook.file import written
from skm.output.workbook.spreadsheet import Book, Sheet, span

LEAD = "Banyaknya jawaban menurut nilai, lalu langkah demi langkah sampai IKM; setiap langkah adalah rumus."


@dataclass(frozen=True)
class Method:
    """One figure: `parts` are pooled, or `units` averaged, to `measure`; `period` and `name` in words."""

    name: str
    period: str
    parts: tuple[Counted, ...]
    units: tuple[UnitValue, ...]
    measure: ikm.Measure | None
    weights: str
    rule: str
    demo: bool


def method_workbook(method: Method, name: str) -> Document:
    """A workbook of one or two sheets: the counting, and the units where the figure is their mean."""
    title = f"Cara hitung IKM {method.name}, {method.period}"
    return written(
        f"{'contoh-' * method.demo}{name}", title, method.demo, lambda book: _fill(book, method, title)
    )


def _fill(book: Book, method: Method, title: str) -> None:
    basis = Basis(book.add("Cara hitung"), title, LEAD, method.weights, method.demo)
    places = [basis.count(part) for part in method.parts]
    if len(places) > 1 and not method.units:
        basis.source(method.name, method.measure, places)
    if not places:
        basis.say("Belum ada data.", "plain")
    if method.units:
        _write_units(book.add("Rata-rata unit"), method, title)


def _write_units(sheet: Sheet, method: Method, title: str) -> None:
    """The exact index of every unit and their mean: the figure by the rule of the period."""
    first = int(method.demo) + 2
    sheet.columns(44, [14, 18])
    sheet.for_print(title, method.demo, (first, first))
    if method.demo:
        sheet.mark_demo(2)
    sheet.text(first - 2, 0, title.upper(), "title")
    sheet.texts(first, 0, ("UNIT", "RESPONDEN", "IKM (tepat)"), "head")
    for row, unit in enumerate(method.units, first + 1):
        sheet.text(row, 0, unit.name, "text")
        sheet.number(row, 1, unit.n, "count")
        sheet.value(row, 2, unit.exact, "mean")
    last = first + len(method.units)
    index = method.measure.index if method.measure else None
    sheet.text(last + 1, 0, "IKM: rata-rata nilai unit, dibulatkan sekali", "sum text")
    sheet.formula(
        last + 1, 1, f"=SUM({span(first + 1, 1, last, 1)})", sum(u.n for u in method.units), "sum count"
    )
    mean = f"=ROUND(ROUND(AVERAGE({span(first + 1, 2, last, 2)}),9),2)"
    sheet.formula(last + 1, 2, mean, index, "sum value")
    grade = ikm.KINERJA[method.measure.grade] if method.measure and method.measure.grade else "–"
    sheet.text(last + 2, 0, f"Mutu pelayanan: {grade}", "plain")
