"""Decisions on single answers: held back while in doubt, released, or excluded for good reason. Nothing is deleted.

One officer holds and releases. Excluding takes two: the answer is held while a second one has to agree. Whoever sits at
the server's terminal is one person, the same one every time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from skm.security.codes import normalise
from skm.store import events, held_answers, organisations, responses
from skm.store.database import Database
from skm.store.events import Event
from skm.store.held_answers import Proposal
from skm.survey.names import checked_text
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem, needed
from skm.survey.response import STATES
from skm.usecases.deed import Deed, Log, logged

VERB_FOR = {
    "held": "held_answer",
    "released": "released_answer",
    "excluded": "excluded_answer",
    "proposed": "proposed_exclusion",
    "withdrawn": "withdrew_exclusion",
}
MAY_BECOME = {"counted": {"held", "excluded"}, "held": {"released", "excluded"}, "excluded": {"released"}}


@dataclass(frozen=True)
class Decision:
    """What an answer was and what it is now, as STATES has it; `unit` is the name of where it was given.

    `proposed`: it is held, and a second person has to agree that it is excluded.
    """

    receipt: str
    unit: str
    before: str
    after: str
    proposed: bool = False


@dataclass(frozen=True)
class Decisions:
    """How many answers were decided on, and how many only proposed; to those `left` it does not apply."""

    done: int
    proposed: int
    left: int


@dataclass(frozen=True)
class _Subject:
    """An answer that is decided on: its id, its receipt, its unit, and its state."""

    id: str
    receipt: str
    unit: Organisation
    state: str


def decide_answer(db: Database, deed: Deed, receipt: str, state: str, why: str) -> Decision:
    """Holds, releases or excludes the answer of a receipt. The log names the receipt and nothing of the answer.

    `state` is "held", "released" or "excluded". To exclude is to propose it where nobody has, and to agree where
    somebody else has. Raises Problem: unknown, without a reason, not from its state, or agreed by the proposer.
    """
    reason, code = _reason(why), normalise(receipt)
    with logged(db, deed) as log:
        response_id, unit_id = needed(responses.find_origin(db, code), "receipt_unknown")
        unit, before = organisations.get(db, unit_id), events.find_state(db, response_id)
        if state not in MAY_BECOME[before]:
            raise Problem("decision_refused", receipt=code, state=STATES[before])
        subject = _Subject(response_id, code, unit, before)
        outcome = _exclude(db, log, subject, reason) if state == "excluded" else state
        if outcome == state:
            _decide(db, log, subject, state, reason)
        after = events.find_state(db, response_id)
        return Decision(code, unit.name, before, after, outcome == "proposed")


def decide_answers(
    db: Database, deed: Deed, slug: str, numbers: Sequence[int], state: str, why: str
) -> Decisions:
    """Decides at once on some held answers of a unit, given by number; a decision by somebody meanwhile stands.

    `state` is "released", "excluded" as in `decide_answer`, or "withdrawn" for what was proposed. Raises Problem:
    unknown, without a reason, with no answer chosen, or where it applies to none of them.
    """
    reason, wanted = _reason(why), set(numbers)
    if not wanted:
        raise Problem("answers_unchosen")
    with logged(db, deed) as log:
        unit = organisations.get_by_slug(db, slug)
        outcomes = [
            _decide_held(db, log, _Subject(one.id, one.receipt, unit, "held"), state, reason)
            for one in held_answers.all_for_unit(db, unit.id)
            if one.number in wanted
        ]
        made = [outcome for outcome in outcomes if outcome]
        if not made:
            raise Problem(
                "second_person_missing" if outcomes and state == "excluded" else "decisions_overtaken"
            )
        proposed = made.count("proposed")
        return Decisions(len(made) - proposed, proposed, len(wanted) - len(made))


def _decide_held(db: Database, log: Log, subject: _Subject, state: str, reason: str) -> str:
    """What became of one of many held answers; "" where the decision does not apply to it."""
    proposal = held_answers.find_proposal(db, subject.id)
    if state == "withdrawn":
        if proposal is None:
            return ""
        _propose(db, log, subject, "withdrawn", reason)
        return state
    if state == "excluded":
        if proposal and proposal.officer_id == log.deed.by.id:
            return ""
        if _exclude(db, log, subject, reason) == "proposed":
            return "proposed"
    elif state not in MAY_BECOME["held"]:
        raise ValueError(f"held answers do not become {state}")
    _decide(db, log, subject, state, reason)
    return state


def _exclude(db: Database, log: Log, subject: _Subject, reason: str) -> str:
    """Whether an answer may be "excluded" now, or is held and "proposed"; raises Problem for the same person again."""
    proposal = held_answers.find_proposal(db, subject.id)
    if proposal is None:
        if subject.state == "counted":
            _decide(db, log, subject, "held", reason)
        _propose(db, log, subject, "proposed", reason)
        return "proposed"
    if proposal.officer_id == log.deed.by.id:
        raise Problem("second_person_missing")
    return "excluded"


def _decide(db: Database, log: Log, subject: _Subject, state: str, reason: str) -> None:
    deed = log.deed
    events.add(db, Event(subject.id, state, deed.moment, deed.by.id, deed.by.name, reason))
    after = events.find_state(db, subject.id)
    sides = {"state": subject.state}, {"state": after, "why": reason}
    log.note(subject.unit.path, VERB_FOR[state], subject.receipt, *sides)


def _propose(db: Database, log: Log, subject: _Subject, state: str, reason: str) -> None:
    deed, hold = log.deed, held_answers.find_hold(db, subject.id)
    assert hold is not None  # only held answers are proposed
    held_answers.add_proposal(
        db, Proposal(subject.id, hold, state, deed.moment, deed.by.id, deed.by.name, reason)
    )
    log.note(subject.unit.path, VERB_FOR[state], subject.receipt, None, {"why": reason})


def _reason(why: str) -> str:
    reason = checked_text(why)
    if not reason:
        raise Problem("reason_missing")
    return reason
