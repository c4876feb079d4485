"""The way to a figure, to take home: a workbook in which every step is a formula."""

from skm.figures.choice import Wish
from skm.figures.method import show_method
from skm.output.document import Document
from skm.output.workbook import Method, method_workbook
from skm.store import facts
from skm.store.database import Database


def export_method(db: Database, slug: str, wish: Wish, period: str) -> Document:
    """The way to a figure as a workbook of live formulas; `period` in words. Raises Problem."""
    found = show_method(db, slug, wish)
    method = Method(
        name=found.organisation.name,
        period=period,
        parts=tuple(found.parts),
        units=tuple(found.units),
        measure=found.result.measure,
        weights=found.terms.weights,
        rule=found.terms.rule,
        demo=facts.find(db, "demo") is not None,
    )
    return method_workbook(method, f"cara-hitung-{found.organisation.slug}.xlsx")
