"""Decisions on single answers: held back while in doubt, released, or excluded for good reason. Nothing is deleted."""

from dataclasses import dataclass
from datetime import datetime

from skm.security.codes import normalise
from skm.store import audit, events, organisations, responses
from skm.store.database import Database, writing
from skm.store.events import Event
from skm.survey.names import checked_text
from skm.survey.problem import Problem
from skm.survey.response import STATES

Deed = tuple[str | None, str, str]  # id, name and role of who does it
MAY_BECOME = {"counted": {"held", "excluded"}, "held": {"released", "excluded"}, "excluded": {"released"}}


@dataclass(frozen=True)
class Decision:
    """What an answer was and what it is now, as STATES has it; `unit` is the name of where it was given."""

    receipt: str
    unit: str
    before: str
    after: str


def decide(db: Database, by: Deed, receipt: str, state: str, why: str, now: datetime) -> Decision:
    """Holds, releases or excludes the answer of a receipt. The log names the receipt and nothing that was said.

    `state` is "held", "released" or "excluded". Raises Problem: unknown, without a reason, or not from its state.
    """
    reason, code = checked_text(why), normalise(receipt)
    if not reason:
        raise Problem("reason_missing")
    with writing(db):
        found = responses.find_origin(db, code)
        if found is None:
            raise Problem("receipt_unknown")
        response_id, unit = found[0], organisations.get(db, found[1])
        before = events.find_state(db, response_id)
        if state not in MAY_BECOME[before]:
            raise Problem("decision_refused", receipt=code, state=STATES[before])
        events.add(db, Event(response_id, state, _at(now), by[0], by[1], reason))
        after = events.find_state(db, response_id)
        audit.add(
            db,
            _at(now),
            by,
            unit.path,
            f"{state}_answer",
            code,
            {"state": before},
            {"state": after, "why": reason},
        )
        return Decision(code, unit.name, before, after)


def _at(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
