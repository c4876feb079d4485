"""A unit tells what it changed because of earlier answers: noted, corrected, published, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm.figures.period_choice import choose_period, periods_for
from skm.security.keys import new_key
from skm.store import follow_ups as stored
from skm.store import instruments, organisations
from skm.store.database import Database, writing
from skm.survey.follow_up import DRAFT, SENTENCE_LIMIT, WITHDRAWN, FollowUp
from skm.survey.instrument import say
from skm.survey.names import tidied
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem
from skm.usecases.noting import Deed, added, at, changed


@dataclass(frozen=True)
class Draft:
    """What is typed about a follow-up: the code of an element or "", one sentence, the day on which it was done."""

    element: str
    sentence: str
    done: date


@dataclass(frozen=True)
class FollowUps:
    """The follow-ups of a unit, the newest first, and the elements that they may be about, by code."""

    unit: Organisation
    above: Sequence[Organisation]
    follow_ups: Sequence[FollowUp]
    elements: dict[str, str]


def show_follow_ups(db: Database, slug: str, now: datetime) -> FollowUps:
    """What a unit has noted; raises Problem."""
    unit = organisations.find(db, slug)
    if unit is None or unit.kind != "unit":
        raise Problem("organisation_unknown")
    above = organisations.all_above(db, unit)
    return FollowUps(unit, above, stored.all_for(db, unit.id), _elements(db, unit, now))


def show_follow_up(db: Database, follow_up_id: str, now: datetime) -> tuple[FollowUps, FollowUp]:
    """One follow-up, and its unit with all of them; raises Problem."""
    found = _get(db, follow_up_id)
    unit = organisations.get(db, found.unit_id)
    return show_follow_ups(db, unit.slug, now), found


def add(db: Database, by: Deed, slug: str, draft: Draft, now: datetime) -> FollowUp:
    """Notes a follow-up, which nobody but officers sees yet. Raises Problem."""
    with writing(db):
        known = show_follow_ups(db, slug, now)
        typed = _checked(known, draft, now)
        made = FollowUp(
            new_key(), known.unit.id, typed.element, typed.sentence, typed.done.isoformat(), at(now)
        )
        stored.add(db, made)
        added(db, by, now, known.unit.path, "add_follow_up", f"{known.unit.name}: {made.sentence}", made)
        return made


def edit(db: Database, by: Deed, follow_up_id: str, draft: Draft, now: datetime) -> FollowUp:
    """Corrects a follow-up that has not been published. Raises Problem."""
    with writing(db):
        known, found = show_follow_up(db, follow_up_id, now)
        if found.state != DRAFT:
            raise Problem("follow_up_told")
        typed = _checked(known, draft, now, found.element)
        edited = replace(found, element=typed.element, sentence=typed.sentence, done=typed.done.isoformat())
        return _change(db, by, "edit_follow_up", known.unit, found, edited, now)


def publish(db: Database, by: Deed, follow_up_id: str, now: datetime) -> FollowUp:
    """Tells everyone; from now on the sentence stands as it is. Raises Problem."""
    with writing(db):
        known, found = show_follow_up(db, follow_up_id, now)
        if found.state != DRAFT:
            raise Problem("follow_up_told")
        told = replace(found, published=at(now))
        return _change(db, by, "publish_follow_up", known.unit, found, told, now)


def withdraw(db: Database, by: Deed, follow_up_id: str, now: datetime) -> FollowUp:
    """Tells nobody any more; it stays in the unit's list and in the log. Raises Problem."""
    with writing(db):
        known, found = show_follow_up(db, follow_up_id, now)
        if found.state == WITHDRAWN:
            raise Problem("follow_up_told")
        gone = replace(found, withdrawn=at(now))
        return _change(db, by, "withdraw_follow_up", known.unit, found, gone, now)


def _checked(known: FollowUps, draft: Draft, now: datetime, kept: str = "") -> Draft:
    """A draft as it is kept; `kept` is an element that it had already, whatever the questionnaire is by now."""
    sentence = tidied(draft.sentence)
    if not any(sign.isalnum() for sign in sentence) or len(sentence) > SENTENCE_LIMIT:
        raise Problem("follow_up_wordy", limit=SENTENCE_LIMIT)
    if draft.element not in {"", kept, *known.elements}:
        raise Problem("element_unknown")
    if draft.done > known.unit.today(now):
        raise Problem("follow_up_early")
    return replace(draft, sentence=sentence)


def _change(
    db: Database, by: Deed, verb: str, unit: Organisation, before: FollowUp, after: FollowUp, now: datetime
) -> FollowUp:
    stored.change(db, after)
    # The log says which one it was by its sentence, the one that was known until now.
    changed(db, by, now, unit.path, verb, f"{unit.name}: {before.sentence}", vars(before), vars(after))
    return after


def _elements(db: Database, unit: Organisation, now: datetime) -> dict[str, str]:
    """The elements of the questionnaire that runs, by code; none before there is a period."""
    period = choose_period(periods_for(db, unit), "", unit.today(now))
    if period is None:
        return {}
    return {
        element.code: say(element.name, "id")
        for element in instruments.get(db, period.instrument_id).elements
    }


def _get(db: Database, follow_up_id: str) -> FollowUp:
    found = stored.find(db, follow_up_id)
    if found is None:
        raise Problem("follow_up_unknown")
    return found
