"""The sheets of a batch are keyed: each is stored at once, and may be changed or removed until the keying ends."""

from dataclasses import replace
from uuid import UUID

from skm.store import instruments, papers
from skm.store.database import Database
from skm.survey.paper import Batch, Sheet, free_number
from skm.survey.problem import Problem
from skm.survey.profile import pack
from skm.survey.response import Sent, check_submission
from skm.usecases.deed import Deed, logged
from skm.usecases.papers import batches


def save_sheet(db: Database, deed: Deed, batch_id: str, sheet_id: str, sent: Sent) -> Sheet:
    """Checks what was keyed of a sheet and stores it.

    The same id is the same sheet: sent twice it stays one, sent with other answers it is edited. A new sheet gets the
    lowest free number. Raises Problem and FaultyAnswer.
    """
    with logged(db, deed) as log:
        batch, before = batches.being_keyed(db, batch_id), _find(db, batch_id, sheet_id)
        sheet = _sheet(db, deed, batch, sheet_id, sent, before)
        if before is None:
            papers.add_sheet(db, sheet)
            batches.note(log, batch, "key_sheet", {"sheet": sheet.number})
        elif _content(before) != _content(sheet):
            papers.change_sheet(db, sheet)
            batches.note(log, batch, "edit_sheet", {"sheet": sheet.number})
        else:
            log.unchanged()
        papers.add_keyer(db, batch_id, deed.by.id, deed.by.name)
        return sheet


def remove_sheet(db: Database, deed: Deed, batch_id: str, sheet_id: str) -> Sheet:
    """Removes a sheet from the batch; it stays stored as removed, and its number is free. Raises Problem."""
    with logged(db, deed) as log:
        batch = batches.being_keyed(db, batch_id)
        removed = replace(get(db, batch_id, sheet_id), removed=deed.moment)
        papers.change_sheet(db, removed)
        papers.add_keyer(db, batch_id, deed.by.id, deed.by.name)
        batches.note(log, batch, "remove_sheet", {"sheet": removed.number})
        return removed


def get(db: Database, batch_id: str, sheet_id: str) -> Sheet:
    """A sheet of this batch that was not removed; raises Problem."""
    sheet = papers.find_sheet(db, sheet_id)
    if sheet is None or sheet.batch_id != batch_id or sheet.removed:
        raise Problem("paper_sheet_unknown")
    return sheet


def _find(db: Database, batch_id: str, sheet_id: str) -> Sheet | None:
    """The sheet with this id; None for a new one, whose id must be a key that nobody has."""
    if papers.find_sheet(db, sheet_id):
        return get(db, batch_id, sheet_id)
    if not _is_key(sheet_id) or papers.is_answer(db, sheet_id):
        raise Problem("paper_sheet_unknown")
    return None


def _sheet(db: Database, deed: Deed, batch: Batch, sheet_id: str, sent: Sent, before: Sheet | None) -> Sheet:
    instrument = instruments.get(db, batch.instrument_id)
    submission = check_submission(instrument, [batch.service_id], sent, unanswered=True)
    number = before.number if before else free_number(papers.sheets_of(db, batch.id))
    profile = pack(instrument.profile, submission.profile)
    keyed = submission.scores, profile, submission.comment
    return Sheet(sheet_id, batch.id, number, deed.by.id, deed.by.name, deed.moment, *keyed)


def _content(sheet: Sheet) -> tuple[str, str, str]:
    return sheet.scores, sheet.profile, sheet.comment


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
