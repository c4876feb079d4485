"""Decisions on single answers: held back while in doubt, released, or excluded for good reason. Nothing is deleted."""

from dataclasses import dataclass

from skm.security.codes import normalise
from skm.store import events, organisations, responses
from skm.store.database import Database
from skm.store.events import Event
from skm.survey.names import checked_text
from skm.survey.problem import Problem, needed
from skm.survey.response import STATES
from skm.usecases.deed import Deed, logged

VERB_FOR = {"held": "held_answer", "released": "released_answer", "excluded": "excluded_answer"}
MAY_BECOME = {"counted": {"held", "excluded"}, "held": {"released", "excluded"}, "excluded": {"released"}}


@dataclass(frozen=True)
class Decision:
    """What an answer was and what it is now, as STATES has it; `unit` is the name of where it was given."""

    receipt: str
    unit: str
    before: str
    after: str


def decide_answer(db: Database, deed: Deed, receipt: str, state: str, why: str) -> Decision:
    """Holds, releases or excludes the answer of a receipt. The log names the receipt and nothing of the answer.

    `state` is "held", "released" or "excluded". Raises Problem: unknown, without a reason, or not from its state.
    """
    reason, code = checked_text(why), normalise(receipt)
    if not reason:
        raise Problem("reason_missing")
    with logged(db, deed) as log:
        response_id, unit_id = needed(responses.find_origin(db, code), "receipt_unknown")
        unit, before = organisations.get(db, unit_id), events.find_state(db, response_id)
        if state not in MAY_BECOME[before]:
            raise Problem("decision_refused", receipt=code, state=STATES[before])
        events.add(db, Event(response_id, state, deed.moment, deed.by.id, deed.by.name, reason))
        after = events.find_state(db, response_id)
        sides = {"state": before}, {"state": after, "why": reason}
        log.note(unit.path, VERB_FOR[state], code, *sides)
        return Decision(code, unit.name, before, after)
