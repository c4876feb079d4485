"""The sheets of a batch are keyed: each is stored at once, and may be changed or removed until the keying ends."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from skm.store import papers
from skm.store.database import Database, writing
from skm.survey.paper import Sheet, free_number
from skm.survey.problem import Problem
from skm.survey.response import Submission
from skm.usecases.noting import Deed, at
from skm.usecases.papers import batches


def save_sheet(
    db: Database, by: Deed, batch_id: str, sheet_id: str, submission: Submission, now: datetime
) -> Sheet:
    """Stores a checked sheet. The same id is the same sheet: sent twice it stays one, sent otherwise it is changed.

    A new sheet gets the lowest free number. Raises Problem.
    """
    with writing(db):
        batches.being_keyed(db, batch_id)
        known = _find(db, batch_id, sheet_id)
        sheet = _keyed(db, by, batch_id, sheet_id, submission, now, known)
        if known is None:
            papers.add_sheet(db, sheet)
        elif _content(known) != _content(sheet):
            papers.change_sheet(db, sheet)
            _note(db, by, batch_id, "edit_sheet", sheet, now)
        papers.add_keyer(db, batch_id, *by[:2])
        return sheet


def remove_sheet(db: Database, by: Deed, batch_id: str, sheet_id: str, now: datetime) -> Sheet:
    """Takes a sheet out of the batch; it stays stored as removed, and its number is free. Raises Problem."""
    with writing(db):
        batches.being_keyed(db, batch_id)
        removed = replace(get(db, batch_id, sheet_id), removed=at(now))
        papers.change_sheet(db, removed)
        papers.add_keyer(db, batch_id, *by[:2])
        _note(db, by, batch_id, "remove_sheet", removed, now)
        return removed


def get(db: Database, batch_id: str, sheet_id: str) -> Sheet:
    """A sheet of this batch that was not removed; raises Problem."""
    found = papers.find_sheet(db, sheet_id)
    if found is None or found.batch_id != batch_id or found.removed:
        raise Problem("paper_sheet_unknown")
    return found


def _find(db: Database, batch_id: str, sheet_id: str) -> Sheet | None:
    """The sheet with this id; None for a new one, whose id must be a key that nobody has."""
    if papers.find_sheet(db, sheet_id):
        return get(db, batch_id, sheet_id)
    if not _is_key(sheet_id) or papers.is_answer(db, sheet_id):
        raise Problem("paper_sheet_unknown")
    return None


def _keyed(
    db: Database,
    by: Deed,
    batch_id: str,
    sheet_id: str,
    submission: Submission,
    now: datetime,
    known: Sheet | None,
) -> Sheet:
    number = known.number if known else free_number(papers.sheets_of(db, batch_id))
    profile = json.dumps(submission.profile, ensure_ascii=False)
    return Sheet(sheet_id, batch_id, number, *by[:2], at(now), submission.scores, profile, submission.comment)


def _content(sheet: Sheet) -> tuple[str, str, str]:
    return sheet.scores, sheet.profile, sheet.comment


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _note(db: Database, by: Deed, batch_id: str, verb: str, sheet: Sheet, now: datetime) -> None:
    batches.note(db, by, now, batches.get(db, batch_id), verb, {"sheet": sheet.number})
