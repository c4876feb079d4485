"""What the pages of batches show: one batch as an officer sees it, its report as a file, and the way to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from skm.figures.figure import Result
from skm.figures.paper_batches import BatchReport
from skm.output.csv_file import table_csv
from skm.output.document import Document
from skm.survey.organisation import Organisation
from skm.survey.paper import Batch, BatchDetails, CheckProgress
from skm.usecases.city.counter_cards import show_line
from skm.web.asking.question import Crumb, Question
from skm.web.frame.addresses import way
from skm.web.frame.connection import store
from skm.wording import index, papers
from skm.wording.papers import DifferenceWords, ItemCounts


@dataclass(frozen=True)
class BatchPage:
    """The page of a batch; `own`: its reader keyed some of it; `corrections` have the number of their sheet.

    `shut` says why the answers of its papers are not shown.
    """

    details: BatchDetails
    progress: CheckProgress
    result: Result | None
    title: str
    lead: str
    headline: str
    particulars: Sequence[tuple[str, str]]
    items: Sequence[ItemCounts]
    corrections: Sequence[tuple[int, DifferenceWords]]
    own: bool
    shut: str


def batch_page(report: BatchReport, officer_id: str) -> BatchPage:
    """One batch, as one officer sees it."""
    details, progress = report.details, report.progress
    headline = index.headline(report.result) if report.result else papers.state(details, progress)
    return BatchPage(
        details=details,
        progress=progress,
        result=report.result,
        title=papers.name(details.batch),
        lead=papers.place_and_day(details),
        headline=headline,
        particulars=papers.particulars(details, progress),
        items=papers.item_counts(details.instrument, report.tally),
        corrections=_corrections(details, progress) if report.open else [],
        own=officer_id in details.keyers,
        shut="" if report.open or details.batch.state != "counted" else papers.SHUT,
    )


def table(report: BatchReport) -> Document:
    """The report of a batch as CSV."""
    details, measure = report.details, report.result.measure if report.result else None
    rows = papers.table(details, report.progress, report.tally, measure)
    return table_csv(("Keterangan", "Isi"), rows, f"bundel-{details.unit.slug}-{details.batch.number}.csv")


def crumbs(unit: Organisation, batch: Batch | None = None) -> list[Crumb]:
    """The line down to a unit's batches, or to one of them."""
    above = way(show_line(store(), unit))
    line: list[Crumb] = [*above, {"name": "Kertas", "url": url_for("papers.show_batches", slug=unit.slug)}]
    if batch is None:
        return line
    return [*line, {"name": papers.name(batch), "url": url_for("papers.show_batch", batch_id=batch.id)}]


def here(way: Sequence[Crumb]) -> list[Crumb]:
    """The same way for the page at its end, which does not link to itself."""
    return [*way[:-1], way[-1] | {"url": None}]


def question(details: BatchDetails, title: str, button: str, **more: Any) -> Question:
    """A question about a batch, which leads back to it."""
    back = url_for("papers.show_batch", batch_id=details.batch.id)
    lead = f"{papers.name(details.batch)}, {papers.place_and_day(details)}"
    return Question(title, button, back, crumbs(details.unit, details.batch), lead, **more)


def _corrections(details: BatchDetails, progress: CheckProgress) -> list[tuple[int, DifferenceWords]]:
    """What differed, once it is decided; before, it would show the first keying to the second person."""
    if details.batch.state == "checking":
        return []
    numbers = {sheet.id: sheet.number for sheet in details.sheets}
    return [
        (numbers[one.sheet_id], papers.difference(details.instrument, one))
        for one in progress.differences
        if one.chosen is not None
    ]
