"""A batch of papers as it is stored: how far it was keyed and checked, and what its answers come to."""

from dataclasses import dataclass, replace

from skm import ikm
from skm.figures.answers import Answers, answers_of
from skm.figures.figure import Result
from skm.figures.terms import terms_of
from skm.store import counters, instruments, organisations, papers
from skm.store.database import Database
from skm.survey.paper import BatchDetails, CheckProgress
from skm.survey.period import month


@dataclass(frozen=True)
class BatchReport:
    """A batch with its check; `tally` and `result` only once its sheets are answers.

    `open` says that what the papers say may be shown.
    """

    details: BatchDetails
    progress: CheckProgress
    tally: ikm.Tally | None
    result: Result | None
    open: bool = True


def show_batch(db: Database, batch_id: str) -> BatchDetails:
    """One batch with all about it; raises Problem."""
    batch = papers.get(db, batch_id)
    return BatchDetails(
        batch,
        organisations.get(db, batch.unit_id),
        counters.get(db, batch.counter_id),
        organisations.get_service(db, batch.service_id),
        instruments.get(db, batch.instrument_id),
        papers.sheets_of(db, batch_id),
        papers.keyers_of(db, batch_id),
    )


def show_progress(db: Database, batch_id: str) -> CheckProgress:
    """How far the check of a batch is."""
    drawn = [sheet for sheet in papers.sheets_of(db, batch_id) if sheet.drawn]
    return CheckProgress(drawn, papers.checks_of(db, batch_id), papers.differences_of(db, batch_id))


def show_report(db: Database, batch_id: str) -> BatchReport:
    """All there is to say about a batch; raises Problem."""
    details = show_batch(db, batch_id)
    answers = _answers(db, details, papers.scores_of(db, batch_id))
    tally = answers.pooled.get(details.batch.instrument_id)
    result = answers.result(answers.pooled) if tally else None
    return BatchReport(details, show_progress(db, batch_id), tally, result)


def without_answers(report: BatchReport) -> BatchReport:
    """The report of a batch without what its papers say: for who neither keyed any of it nor may see single answers."""
    return replace(report, tally=None, result=None, open=False)


def _answers(db: Database, details: BatchDetails, block: bytes) -> Answers:
    """The answers of a batch, by the terms of its month."""
    terms = terms_of(db, details.unit.path, month(details.batch.survey_date[:7]))
    return answers_of(block, details.batch.instrument_id, details.instrument, terms)
