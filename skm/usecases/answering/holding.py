"""Answers that are taken and held as they arrive: each with its reasons, until a person decides."""

from collections.abc import Sequence
from datetime import datetime

from skm.security.stamps import Stamp
from skm.store import events
from skm.store.database import Database
from skm.store.events import Event
from skm.survey.organisation import Organisation
from skm.survey.response import Response
from skm.usecases.answering.clock import find_behind
from skm.usecases.answering.ending import WHY
from skm.usecases.answering.kiosks import why_no_kiosk
from skm.usecases.deed import SERVER, Deed, logged_within

OTHER_SITE = "Dikirim dari halaman situs lain"


def find_reasons(
    db: Database, response: Response, stamp: Stamp, moment: datetime, ended: str, now: datetime
) -> Sequence[str]:
    """Why an answer of a `moment` that is about to be stored has to be held; none for nearly every one.

    `ended` is what ended while its form was open, a key of `ending.WHY`, "" for nothing.
    """
    reasons = []
    if behind := find_behind(db, now):
        reasons.append(behind.why)
    if ended:
        reasons.append(WHY[ended])
    if why := why_no_kiosk(db, stamp, moment, now):
        reasons.append(why)
    if response.same_site == 0:
        reasons.append(OTHER_SITE)
    return reasons


def hold(db: Database, unit: Organisation, response: Response, reasons: Sequence[str], now: datetime) -> None:
    """Holds an answer that has just been stored, within the caller's transaction; the log names the reasons."""
    why = "; ".join(reasons)
    with logged_within(db, Deed(SERVER, now, with_answer=True)) as log:
        events.add(db, Event(response.id, "held", log.deed.moment, SERVER.id, SERVER.name, why))
        log.note(
            unit.path, "held_answer", response.receipt, {"state": "counted"}, {"state": "held", "why": why}
        )
