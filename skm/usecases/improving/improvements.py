"""A unit tells what it changed because of earlier answers: noted, corrected, published, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm.figures.period_choice import choose_period, periods_for
from skm.security.keys import new_key
from skm.store import improvements, instruments, organisations
from skm.store.database import Database, writing
from skm.survey.improvement import DRAFT, SENTENCE_LIMIT, WITHDRAWN, Improvement
from skm.survey.instrument import say
from skm.survey.names import tidied
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem
from skm.usecases.noting import Deed, added, at, changed


@dataclass(frozen=True)
class ImprovementDraft:
    """What is typed about an improvement: the code of an element or "", one sentence, the day on which it was done."""

    element: str
    sentence: str
    done: date


@dataclass(frozen=True)
class Improvements:
    """The improvements of a unit, the newest first, and the elements that they may be about, by code."""

    unit: Organisation
    above: Sequence[Organisation]
    improvements: Sequence[Improvement]
    elements: dict[str, str]


def show_improvements(db: Database, slug: str, now: datetime) -> Improvements:
    """What a unit has noted; raises Problem."""
    unit = organisations.find(db, slug)
    if unit is None or unit.kind != "unit":
        raise Problem("organisation_unknown")
    above = organisations.all_above(db, unit)
    return Improvements(unit, above, improvements.all_for(db, unit.id), _elements(db, unit, now))


def show_improvement(db: Database, improvement_id: str, now: datetime) -> tuple[Improvements, Improvement]:
    """One improvement, and its unit with all of them; raises Problem."""
    found = _get(db, improvement_id)
    unit = organisations.get(db, found.unit_id)
    return show_improvements(db, unit.slug, now), found


def add_improvement(db: Database, by: Deed, slug: str, draft: ImprovementDraft, now: datetime) -> Improvement:
    """Notes an improvement, which nobody but officers sees yet. Raises Problem."""
    with writing(db):
        known = show_improvements(db, slug, now)
        typed = _checked(known, draft, now)
        made = Improvement(
            new_key(), known.unit.id, typed.element, typed.sentence, typed.done.isoformat(), at(now)
        )
        improvements.add(db, made)
        added(db, by, now, known.unit.path, "add_improvement", f"{known.unit.name}: {made.sentence}", made)
        return made


def edit_improvement(
    db: Database, by: Deed, improvement_id: str, draft: ImprovementDraft, now: datetime
) -> Improvement:
    """Corrects an improvement that has not been published. Raises Problem."""
    with writing(db):
        known, found = show_improvement(db, improvement_id, now)
        if found.state != DRAFT:
            raise Problem("improvement_published")
        typed = _checked(known, draft, now, found.element)
        edited = replace(found, element=typed.element, sentence=typed.sentence, done=typed.done.isoformat())
        return _change(db, by, "edit_improvement", known.unit, found, edited, now)


def publish_improvement(db: Database, by: Deed, improvement_id: str, now: datetime) -> Improvement:
    """Tells everyone; from now on the sentence stands as it is. Raises Problem."""
    with writing(db):
        known, found = show_improvement(db, improvement_id, now)
        if found.state != DRAFT:
            raise Problem("improvement_published")
        published = replace(found, published=at(now))
        return _change(db, by, "publish_improvement", known.unit, found, published, now)


def withdraw_improvement(db: Database, by: Deed, improvement_id: str, now: datetime) -> Improvement:
    """Tells nobody any more; it stays in the unit's list and in the log. Raises Problem."""
    with writing(db):
        known, found = show_improvement(db, improvement_id, now)
        if found.state == WITHDRAWN:
            raise Problem("improvement_published")
        gone = replace(found, withdrawn=at(now))
        return _change(db, by, "withdraw_improvement", known.unit, found, gone, now)


def _checked(known: Improvements, draft: ImprovementDraft, now: datetime, kept: str = "") -> ImprovementDraft:
    """A draft as it is kept; `kept` is an element that it had already, whatever the questionnaire is by now."""
    sentence = tidied(draft.sentence)
    if not any(sign.isalnum() for sign in sentence) or len(sentence) > SENTENCE_LIMIT:
        raise Problem("improvement_wordy", limit=SENTENCE_LIMIT)
    if draft.element not in {"", kept, *known.elements}:
        raise Problem("element_unknown")
    if draft.done > known.unit.today(now):
        raise Problem("improvement_early")
    return replace(draft, sentence=sentence)


def _change(
    db: Database,
    by: Deed,
    verb: str,
    unit: Organisation,
    before: Improvement,
    after: Improvement,
    now: datetime,
) -> Improvement:
    improvements.change(db, after)
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


def _get(db: Database, improvement_id: str) -> Improvement:
    found = improvements.find(db, improvement_id)
    if found is None:
        raise Problem("improvement_unknown")
    return found
