"""The way to a figure, to take home: a workbook in which every step is a formula."""

from collections.abc import Mapping
from datetime import datetime

from skm.figures.choice import Choice
from skm.figures.frozen import FrozenFigure
from skm.figures.method import frozen_method, show_method
from skm.output.document import Document
from skm.output.workbook import method_workbook
from skm.store import installation
from skm.store.database import Database
from skm.survey.names import stem_of
from skm.survey.organisation import Organisation
from skm.wording import spans
from skm.wording.snapshot import beside_record
from skm.wording.standing import counted_until, standing_of_record


def export_method(db: Database, choice: Choice, now: datetime) -> Document:
    """The way to the chosen figure as a workbook of live formulas."""
    demo = installation.find(db, "demo") is not None
    workings = show_method(db, choice)
    standing = (
        f"{counted_until(workings.choice or choice, now)} {beside_record(choice, workings.figure)}".strip()
    )
    return method_workbook(workings, spans.name(choice.span), demo, standing)


def export_frozen_method(
    db: Database, frozen: FrozenFigure, organisation: Organisation, own: Mapping[str, str]
) -> Document:
    """The same of a figure that was frozen, from its record; `own` are the ids of the records of its units."""
    stem = f"-{stem_of(frozen.period)}-revisi-{frozen.snapshot.revision}"
    standing = " ".join(standing_of_record(frozen, organisation))
    return method_workbook(
        frozen_method(db, frozen, organisation, own), frozen.period, frozen.demo, standing, stem
    )
