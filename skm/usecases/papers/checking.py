"""A second person keys a sample without seeing the first keying and decides what differs; then the batch counts.

Who keyed any sheet of a batch checks none of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from skm.security import codes
from skm.store import papers, responses
from skm.store.database import Database, writing
from skm.survey.paper import (
    Batch,
    BatchDetails,
    Check,
    Difference,
    Progress,
    Sheet,
    contents_of,
    differing,
    draw,
    fields_of,
    further,
    values_of,
)
from skm.survey.problem import Problem
from skm.survey.response import Response, Submission
from skm.usecases.answering import answer
from skm.usecases.noting import Deed, at
from skm.usecases.papers import batches
from skm.usecases.papers.batches import UNSEEN


def show_progress(db: Database, batch_id: str) -> Progress:
    """How far the check of a batch is."""
    drawn = [sheet for sheet in papers.sheets_of(db, batch_id) if sheet.drawn]
    return Progress(drawn, papers.checks_of(db, batch_id), papers.differences_of(db, batch_id))


def show_check(db: Database, by: Deed, batch_id: str) -> tuple[BatchDetails, Progress]:
    """The batch and how far it is, for one who may check it; raises Problem."""
    _to_check(db, by, batch_id)
    return batches.show_batch(db, batch_id), show_progress(db, batch_id)


def check_sheet(
    db: Database, by: Deed, batch_id: str, sheet_id: str, submission: Submission, now: datetime
) -> bool:
    """Compares the second keying of a drawn sheet with the first; True where nothing differs.

    Sent twice it stays the first, until `repeat_check`. Raises Problem.
    """
    with writing(db):
        _to_check(db, by, batch_id)
        card, progress = batches.show_batch(db, batch_id), show_progress(db, batch_id)
        sheet = _drawn(progress, sheet_id)
        if sheet in progress.todo:
            first = values_of(card.instrument, sheet.scores, json.loads(sheet.profile))
            second = values_of(card.instrument, submission.scores, submission.profile)
            found = [
                Difference(sheet_id, field, batch_id, *both) for field, *both in differing(first, second)
            ]
            size = len(fields_of(card.instrument))
            papers.add_check(db, Check(sheet_id, batch_id, *by[:2], at(now), size), found)
            _draw_more(db, by, card.batch, now)
        left = show_progress(db, batch_id).undecided
        return sheet_id not in {one.id for one in left}


def repeat_check(db: Database, by: Deed, batch_id: str, sheet_id: str, now: datetime) -> None:
    """Forgets a second keying, for the sheet to be keyed once more; nothing of it has been decided. Raises Problem."""
    with writing(db):
        batch, progress = _to_check(db, by, batch_id), show_progress(db, batch_id)
        if _drawn(progress, sheet_id) not in progress.undecided:
            raise Problem("paper_sheet_decided")
        papers.remove_check(db, sheet_id)
        sheet = _drawn(progress, sheet_id)
        batches.note(db, by, now, batch, "repeat_check", {"sheet": sheet.number})


def decide_sheet(
    db: Database, by: Deed, batch_id: str, sheet_id: str, right: Mapping[str, str], now: datetime
) -> None:
    """Takes what the paper says in every field that differs: "first" or "second". Raises Problem.

    The sheet is corrected; the difference keeps both readings, what was chosen, by whom and when.
    """
    with writing(db):
        batch, progress = _to_check(db, by, batch_id), show_progress(db, batch_id)
        sheet = _drawn(progress, sheet_id)
        if sheet not in progress.undecided:
            raise Problem("paper_sheet_decided")
        decided = [_decision(one, right, by, now) for one in progress.differences if one.sheet_id == sheet_id]
        for one in decided:
            papers.decide(db, one)
        _correct(db, batch, sheet, decided)
        corrected = sum(one.wrong for one in decided)
        batches.note(db, by, now, batch, "decide_sheet", {"sheet": sheet.number, "corrected": corrected})
        _draw_more(db, by, batch, now)


def count_batch(db: Database, by: Deed, batch_id: str, secret: str, now: datetime) -> Batch:
    """Ends the check: every sheet becomes an answer, all at once. A second time changes nothing. Raises Problem."""
    with writing(db):
        known = batches.get(db, batch_id)
        if known.state == "counted":
            return known
        _to_check(db, by, batch_id)
        progress = show_progress(db, batch_id)
        if progress.todo or progress.undecided:
            raise Problem("paper_check_unfinished", sheets=len(progress.todo) + len(progress.undecided))
        card = batches.show_batch(db, batch_id)
        period_id = _period(db, card)
        responses.add_all(db, (_response(card, sheet, period_id, secret, now) for sheet in card.sheets))
        counted = replace(known, counted=at(now))
        papers.change(db, counted)
        done = {"sheets": len(card.sheets), "compared": progress.compared, "corrected": progress.wrong}
        batches.note(db, by, now, counted, "count_batch", done)
        return counted


def _to_check(db: Database, by: Deed, batch_id: str) -> Batch:
    batch = batches.get(db, batch_id)
    if batch.state != "checking":
        raise Problem("paper_check_closed")
    if by[0] in papers.keyers_of(db, batch_id):
        raise Problem("paper_own_keying")
    return batch


def _drawn(progress: Progress, sheet_id: str) -> Sheet:
    found = next((sheet for sheet in progress.drawn if sheet.id == sheet_id), None)
    if found is None:
        raise Problem("paper_sheet_unknown")
    return found


def _decision(one: Difference, right: Mapping[str, str], by: Deed, now: datetime) -> Difference:
    chosen = {"first": one.first, "second": one.second}.get(right.get(one.field, ""))
    if chosen is None:
        raise Problem("paper_choice_missing")
    return replace(one, chosen=chosen, officer_id=by[0], officer_name=by[1], decided=at(now))


def _correct(db: Database, batch: Batch, sheet: Sheet, decided: Sequence[Difference]) -> None:
    instrument = batches.show_batch(db, batch.id).instrument
    values = values_of(instrument, sheet.scores, json.loads(sheet.profile))
    scores, profile = contents_of(instrument, values | {one.field: str(one.chosen) for one in decided})
    text = json.dumps(profile, ensure_ascii=False)
    papers.change_sheet(db, replace(sheet, scores=scores, profile=text))


def _draw_more(db: Database, by: Deed, batch: Batch, now: datetime) -> None:
    """Once all that was drawn is settled, draws as many again if too much of it was wrong."""
    progress, sheets = show_progress(db, batch.id), papers.sheets_of(db, batch.id)
    if progress.todo or progress.undecided:
        return
    more = further(len(sheets), len(progress.drawn), progress.compared, progress.wrong)
    for sheet in draw(batch.id, sheets, len(progress.drawn) + more):
        if not sheet.drawn:
            papers.change_sheet(db, replace(sheet, drawn=progress.turns + 1))
    if more:
        batches.note(db, by, now, batch, "draw_further", {"sample": len(progress.drawn) + more})


def _period(db: Database, card: BatchDetails) -> str:
    """The period of the survey day as it is now: its days may have been changed since the batch was opened."""
    day = date.fromisoformat(card.batch.survey_date)
    try:
        period = answer.find_running(db, card.unit, card.unit.midnight(day))
    except Problem as problem:
        raise Problem("paper_period_none", day=day) if problem.key in UNSEEN else problem from None
    if answer.instrument_for(db, period, card.service) != card.batch.instrument_id:
        raise Problem("paper_questions_differ")
    return period.id


def _response(card: BatchDetails, sheet: Sheet, period_id: str, secret: str, now: datetime) -> Response:
    batch = card.batch
    return Response(
        id=sheet.id,
        unit_id=batch.unit_id,
        counter_id=batch.counter_id,
        service_id=batch.service_id,
        period_id=period_id,
        instrument_id=batch.instrument_id,
        received=at(now),
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
