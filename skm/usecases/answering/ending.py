"""What ends while forms are open: a QR that is replaced, a counter or a unit that closes.

What was opened before is taken for a day more and held until a person decides; then it is refused. Whoever has a code
that was replaced could otherwise go on for weeks with forms that were opened before. A period that is over, a service
that is closed and a counter that moves end no code: late answers of theirs are taken as before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security.stamps import Stamp
from skm.store import counters, organisations
from skm.store.database import Database
from skm.survey.organisation import Counter, Organisation, Token
from skm.survey.problem import Problem
from skm.usecases.answering.kiosks import why_no_kiosk

GRACE = timedelta(hours=24)
# What officers are told before they end something.
OPEN_FORMS = (
    "Formulir yang dibuka sebelumnya dan dikirim dalam 24 jam sesudahnya masih diterima, tetapi ditahan sampai "
    "diputuskan; sesudah itu ditolak, kecuali dari perangkat kios yang terdaftar."
)
# Why an answer is held, by the key of the Problem that ended its form.
WHY = {
    "token_revoked": "Formulir dibuka sebelum kode QR loketnya diganti, dan dikirim sesudahnya",
    "counter_closed": "Formulir dibuka sebelum loketnya ditutup, dan dikirim sesudahnya",
    "unit_closed": "Formulir dibuka sebelum unitnya ditutup, dan dikirim sesudahnya",
    "unit_merged": "Formulir dibuka sebelum unitnya digabung, dan dikirim sesudahnya",
}


@dataclass(frozen=True)
class Ending:
    """When something ended (UTC), and the Problem that explains it."""

    moment: datetime
    problem: Problem


def find_ending(
    db: Database, unit: Organisation, counter: Counter, token: Token | None = None
) -> Ending | None:
    """What ended first of a token, its counter and its unit; None while all are there."""
    ended = []
    if token and token.revoked:
        ended.append(Ending(datetime.fromisoformat(token.revoked), Problem("token_revoked")))
    if unit.closed:
        ended.append(_end_of(db, unit, datetime.fromisoformat(unit.closed)))
    if counter.closed:
        ended.append(Ending(datetime.fromisoformat(counter.closed), Problem("counter_closed")))
    return min(ended, key=lambda one: one.moment, default=None)


def find_earlier_ending(db: Database, token: Token, opened: datetime) -> Ending | None:
    """The revocation of the token by which a form was opened, where that was before this one was issued."""
    if opened >= datetime.fromisoformat(token.issued):
        return None
    revoked = [one.revoked for one in counters.tokens_of(db, token.counter_id) if one.revoked]
    later = [at for at in map(datetime.fromisoformat, revoked) if at > opened]
    return Ending(min(later), Problem("token_revoked")) if later else None


def refuse_ended(ending: Ending | None, moment: datetime) -> None:
    """Raises the Problem of what has ended at a moment: from then on nothing is opened."""
    if ending and ending.moment <= moment:
        raise ending.problem


def judge_sent(db: Database, ending: Ending | None, stamp: Stamp, moment: datetime, now: datetime) -> str:
    """The key of WHY for which an answer of a moment is held, "" for none; raises the Problem where it is not taken."""
    if ending is None or now < ending.moment:
        return ""
    refuse_ended(ending, moment)
    if not is_taken(db, ending, stamp, moment, now):
        raise ending.problem
    return ending.problem.key


def is_taken(db: Database, ending: Ending, stamp: Stamp, moment: datetime, now: datetime) -> bool:
    """Whether an answer of a moment before an ending is still taken, to be held.

    A registered device may be without a connection for longer than GRACE: its own page is good for as long as ever.
    """
    from_device = stamp.channel == "kiosk" and not why_no_kiosk(db, stamp, moment, now)
    return from_device or now - ending.moment <= GRACE


def _end_of(db: Database, unit: Organisation, moment: datetime) -> Ending:
    if unit.merged_into:
        return Ending(moment, Problem("unit_merged", into=organisations.get(db, unit.merged_into).name))
    return Ending(moment, Problem("unit_closed"))
