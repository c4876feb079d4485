"""What became of a batch: how it was keyed and checked, and what its answers come to, from what is stored."""

from dataclasses import dataclass

from skm import ikm
from skm.figures.answers import Answers, answers_of, terms_of
from skm.figures.figure import Result
from skm.store import papers
from skm.store.database import Database
from skm.survey.paper import BatchDetails, CheckProgress
from skm.survey.period import month
from skm.usecases.papers import batches, checking


@dataclass(frozen=True)
class BatchReport:
    """A batch with its check; `tally` and `result` only once its sheets are answers."""

    details: BatchDetails
    progress: CheckProgress
    tally: ikm.Tally | None
    result: Result | None


def show_report(db: Database, batch_id: str) -> BatchReport:
    """All there is to say about a batch; raises Problem."""
    details = batches.show_batch(db, batch_id)
    answers = _answers(db, details, papers.scores_of(db, batch_id))
    tally = answers.pooled.get(details.batch.instrument_id)
    result = answers.result(answers.pooled) if tally else None
    return BatchReport(details, checking.show_progress(db, batch_id), tally, result)


def _answers(db: Database, details: BatchDetails, block: bytes) -> Answers:
    """The answers of a batch, by the terms of its month."""
    terms = terms_of(db, details.unit.path, month(details.batch.survey_date[:7]))
    return answers_of(block, details.batch.instrument_id, details.instrument, terms)
