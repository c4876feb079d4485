"""What became of a batch: how it was keyed and checked, and what its answers come to, from what is stored."""

from dataclasses import dataclass

from skm import ikm
from skm.figures.figure import Result
from skm.figures.results import result_of, terms_of
from skm.store import papers
from skm.store.database import Database
from skm.survey.instrument import Instrument
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
    tally = _tally(papers.scores_of(db, batch_id), details.instrument)
    return BatchReport(details, checking.show_progress(db, batch_id), tally, _result(db, details, tally))


def _tally(block: bytes, instrument: Instrument) -> ikm.Tally | None:
    return ikm.tally(block, len(instrument.items), instrument.scale) if block else None


def _result(db: Database, details: BatchDetails, tally: ikm.Tally | None) -> Result | None:
    if tally is None:
        return None
    name, span = details.batch.instrument_id, month(details.batch.survey_date[:7])
    return result_of({name: tally}, {name: details.instrument}, terms_of(db, details.unit, span).weights)
