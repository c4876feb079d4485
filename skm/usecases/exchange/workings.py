"""The way to a figure, to take home: a workbook in which every step is a formula."""

from skm.figures.choice import Choice
from skm.figures.method import show_method
from skm.output.document import Document
from skm.output.workbook import method_workbook
from skm.store import installation
from skm.store.database import Database
from skm.wording import spans
from skm.wording.snapshot import beside_record


def export_method(db: Database, choice: Choice) -> Document:
    """The way to the chosen figure as a workbook of live formulas."""
    demo = installation.find(db, "demo") is not None
    workings = show_method(db, choice)
    record = beside_record(choice, workings.figure)
    return method_workbook(workings, spans.name(choice.span), demo, record)
