"""A second person keys a sample without seeing the first keying and decides what differs; then the batch counts.

Who keyed any sheet of a batch checks none of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from skm.figures import paper_batches
from skm.security import codes
from skm.store import instruments, papers, responses
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.paper import (
    Batch,
    BatchDetails,
    Check,
    CheckProgress,
    Difference,
    Sheet,
    contents_of,
    differing,
    draw,
    fields_of,
    further,
    values_of,
)
from skm.survey.problem import Problem, needed
from skm.survey.profile import pack, unpack
from skm.survey.response import Response, Sent, Submission, check_submission
from skm.usecases.answering import answer
from skm.usecases.deed import Actor, Deed, Log, logged, stored_quarter
from skm.usecases.papers import batches
from skm.usecases.papers.batches import UNSEEN


def show_check(db: Database, officer: Actor, batch_id: str) -> tuple[BatchDetails, CheckProgress]:
    """The batch and how far it is, for one who may check it; raises Problem."""
    _get_for_check(db, officer, batch_id)
    return paper_batches.show_batch(db, batch_id), paper_batches.show_progress(db, batch_id)


def check_sheet(db: Database, deed: Deed, batch_id: str, sheet_id: str, sent: Sent) -> bool:
    """Checks what was keyed of a drawn sheet and compares it with the first keying; True where nothing differs.

    The same sheet sent twice is compared once, until `repeat_check`. Raises Problem and FaultyAnswer.
    """
    with logged(db, deed) as log:
        batch = _get_for_check(db, deed.by, batch_id)
        instrument, progress = (
            instruments.get(db, batch.instrument_id),
            paper_batches.show_progress(db, batch_id),
        )
        submission = check_submission(instrument, [batch.service_id], sent, unanswered=True)
        sheet = _drawn(progress, sheet_id)
        if sheet in progress.todo:
            papers.add_check(db, *_compared(deed, instrument, sheet, submission))
            batches.note(log, batch, "check_sheet", {"sheet": sheet.number})
            _draw_further(log, batch)
        else:
            log.unchanged()
        undecided = paper_batches.show_progress(db, batch_id).undecided
        return sheet_id not in {one.id for one in undecided}


def repeat_check(db: Database, deed: Deed, batch_id: str, sheet_id: str) -> None:
    """Removes a second keying of which nothing is decided yet, for the sheet to be keyed again. Raises Problem."""
    with logged(db, deed) as log:
        batch, progress = _get_for_check(db, deed.by, batch_id), paper_batches.show_progress(db, batch_id)
        sheet = _drawn(progress, sheet_id)
        if sheet not in progress.undecided:
            raise Problem("paper_sheet_decided")
        papers.remove_check(db, sheet_id)
        batches.note(log, batch, "repeat_check", {"sheet": sheet.number})


def decide_sheet(db: Database, deed: Deed, batch_id: str, sheet_id: str, right: Mapping[str, str]) -> None:
    """Takes what the paper says in every field that differs: "first" or "second". Raises Problem.

    The sheet is corrected; the difference keeps both readings, what was chosen, by whom and when.
    """
    with logged(db, deed) as log:
        batch, progress = _get_for_check(db, deed.by, batch_id), paper_batches.show_progress(db, batch_id)
        sheet = _drawn(progress, sheet_id)
        if sheet not in progress.undecided:
            raise Problem("paper_sheet_decided")
        decided = [
            _decision(deed, difference, right)
            for difference in progress.differences
            if difference.sheet_id == sheet_id
        ]
        for difference in decided:
            papers.decide(db, difference)
        _correct(db, batch, sheet, decided)
        corrected = sum(difference.wrong for difference in decided)
        batches.note(log, batch, "decide_sheet", {"sheet": sheet.number, "corrected": corrected})
        _draw_further(log, batch)


def count_batch(db: Database, deed: Deed, batch_id: str, secret: str) -> Batch:
    """Ends the check: every sheet becomes an answer, all at once. A second time changes nothing. Raises Problem."""
    with logged(db, deed) as log:
        batch = papers.get(db, batch_id)
        if batch.state == "counted":
            log.unchanged()
            return batch
        _get_for_check(db, deed.by, batch_id)
        progress = paper_batches.show_progress(db, batch_id)
        if progress.todo or progress.undecided:
            raise Problem("paper_check_unfinished", sheets=len(progress.todo) + len(progress.undecided))
        details = paper_batches.show_batch(db, batch_id)
        period_id = _period(db, details)
        answers = (_response(deed, batch, sheet, period_id, secret) for sheet in details.sheets)
        responses.add_all(db, answers)
        counted = replace(batch, counted=deed.moment)
        papers.change(db, counted)
        sums = {"sheets": len(details.sheets), "compared": progress.compared, "corrected": progress.wrong}
        batches.note(log, counted, "count_batch", sums)
        return counted


def _get_for_check(db: Database, officer: Actor, batch_id: str) -> Batch:
    """The batch, if it waits for its check and this officer keyed nothing of it; raises Problem."""
    batch = papers.get(db, batch_id)
    if batch.state != "checking":
        raise Problem("paper_check_closed")
    if officer.id in papers.keyers_of(db, batch_id):
        raise Problem("paper_own_keying")
    return batch


def _drawn(progress: CheckProgress, sheet_id: str) -> Sheet:
    asked = (sheet for sheet in progress.drawn if sheet.id == sheet_id)
    return needed(next(asked, None), "paper_sheet_unknown")


def _compared(
    deed: Deed, instrument: Instrument, sheet: Sheet, submission: Submission
) -> tuple[Check, list[Difference]]:
    first = values_of(instrument, sheet.scores, unpack(instrument.profile, sheet.profile))
    second = values_of(instrument, submission.scores, submission.profile)
    differences = [
        Difference(sheet.id, field, sheet.batch_id, *both) for field, *both in differing(first, second)
    ]
    size = len(fields_of(instrument))
    return Check(sheet.id, sheet.batch_id, deed.by.id, deed.by.name, deed.moment, size), differences


def _decision(deed: Deed, difference: Difference, right: Mapping[str, str]) -> Difference:
    readings = {"first": difference.first, "second": difference.second}
    chosen = needed(readings.get(right.get(difference.field, "")), "paper_choice_missing")
    return replace(
        difference, chosen=chosen, officer_id=deed.by.id, officer_name=deed.by.name, decided=deed.moment
    )


def _correct(db: Database, batch: Batch, sheet: Sheet, decided: Sequence[Difference]) -> None:
    instrument = instruments.get(db, batch.instrument_id)
    values = values_of(instrument, sheet.scores, unpack(instrument.profile, sheet.profile))
    scores, profile = contents_of(instrument, values | {one.field: str(one.chosen) for one in decided})
    papers.change_sheet(db, replace(sheet, scores=scores, profile=pack(instrument.profile, profile)))


def _draw_further(log: Log, batch: Batch) -> None:
    """Once all that was drawn is settled, draws as many again if too much of it was wrong."""
    db, progress = log.db, paper_batches.show_progress(log.db, batch.id)
    if progress.todo or progress.undecided:
        return
    sheets = papers.sheets_of(db, batch.id)
    more = further(len(sheets), len(progress.drawn), progress.compared, progress.wrong)
    for sheet in draw(batch.id, sheets, len(progress.drawn) + more):
        if not sheet.drawn:
            papers.change_sheet(db, replace(sheet, drawn=progress.draws + 1))
    if more:
        batches.note(log, batch, "draw_further", {"sample": len(progress.drawn) + more})


def _period(db: Database, details: BatchDetails) -> str:
    """The period of the survey day as it is now: its days may have been changed since the batch was opened."""
    day = date.fromisoformat(details.batch.survey_date)
    try:
        period = answer.find_open_period(db, details.unit, details.unit.midnight(day))
    except Problem as problem:
        raise Problem("paper_period_none", day=day) if problem.key in UNSEEN else problem from None
    if answer.instrument_for(db, period, details.service) != details.batch.instrument_id:
        raise Problem("paper_questions_differ")
    return period.id


def _response(deed: Deed, batch: Batch, sheet: Sheet, period_id: str, secret: str) -> Response:
    return Response(
        id=sheet.id,
        unit_id=batch.unit_id,
        counter_id=batch.counter_id,
        service_id=batch.service_id,
        period_id=period_id,
        instrument_id=batch.instrument_id,
        received=stored_quarter(deed.at),
        local_date=batch.survey_date,
        local_month=batch.survey_date[:7],
        local_hour=batch.local_hour,
        channel="paper",
        language=batch.language,
        scores=sheet.scores,
        profile=sheet.profile,
        comment=sheet.comment,
        receipt=codes.receipt_for(sheet.id, secret),
        flags="",
    )
