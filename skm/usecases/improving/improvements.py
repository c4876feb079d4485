"""Improvements: what a unit changed because of earlier answers. Noted, corrected, published, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm.figures.period_choice import choose_period, periods_for
from skm.security.keys import new_key
from skm.store import improvements, instruments, organisations
from skm.store.database import Database
from skm.survey.improvement import DRAFT, SENTENCE_LIMIT, WITHDRAWN, Improvement
from skm.survey.instrument import say
from skm.survey.names import tidied
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Deed, Log, logged


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
    improvement = needed(improvements.find(db, improvement_id), "improvement_unknown")
    unit = organisations.get(db, improvement.unit_id)
    return show_improvements(db, unit.slug, now), improvement


def add_improvement(db: Database, deed: Deed, slug: str, draft: ImprovementDraft) -> Improvement:
    """Notes an improvement, which only officers see until it is published. Raises Problem."""
    with logged(db, deed) as log:
        shown = show_improvements(db, slug, deed.at)
        typed, unit = _checked(shown, draft, deed.at), shown.unit
        improvement = Improvement(
            new_key(), unit.id, typed.element, typed.sentence, typed.done.isoformat(), deed.moment
        )
        improvements.add(db, improvement)
        log.added(unit.path, "add_improvement", f"{unit.name}: {improvement.sentence}", improvement)
        return improvement


def edit_improvement(db: Database, deed: Deed, improvement_id: str, draft: ImprovementDraft) -> Improvement:
    """Corrects an improvement that has not been published. Raises Problem."""
    with logged(db, deed) as log:
        shown, before = show_improvement(db, improvement_id, deed.at)
        if before.state != DRAFT:
            raise Problem("improvement_published")
        typed = _checked(shown, draft, deed.at, before.element)
        after = replace(before, element=typed.element, sentence=typed.sentence, done=typed.done.isoformat())
        return _change(log, "edit_improvement", shown.unit, before, after)


def publish_improvement(db: Database, deed: Deed, improvement_id: str) -> Improvement:
    """Shows an improvement to everyone; its sentence can no longer be edited. Raises Problem."""
    with logged(db, deed) as log:
        shown, before = show_improvement(db, improvement_id, deed.at)
        if before.state != DRAFT:
            raise Problem("improvement_published")
        after = replace(before, published=deed.moment)
        return _change(log, "publish_improvement", shown.unit, before, after)


def withdraw_improvement(db: Database, deed: Deed, improvement_id: str) -> Improvement:
    """Hides an improvement from citizens; it stays in the unit's list and in the log. Raises Problem."""
    with logged(db, deed) as log:
        shown, before = show_improvement(db, improvement_id, deed.at)
        if before.state == WITHDRAWN:
            raise Problem("improvement_published")
        after = replace(before, withdrawn=deed.moment)
        return _change(log, "withdraw_improvement", shown.unit, before, after)


def _checked(
    shown: Improvements, draft: ImprovementDraft, now: datetime, element_before: str = ""
) -> ImprovementDraft:
    """A draft with a tidied sentence. Raises Problem.

    `element_before` is allowed although the questionnaire may no longer have that element.
    """
    sentence = tidied(draft.sentence)
    if not any(sign.isalnum() for sign in sentence) or len(sentence) > SENTENCE_LIMIT:
        raise Problem("improvement_wordy", limit=SENTENCE_LIMIT)
    if draft.element not in {"", element_before, *shown.elements}:
        raise Problem("element_unknown")
    if draft.done > shown.unit.today(now):
        raise Problem("improvement_early")
    return replace(draft, sentence=sentence)


def _change(log: Log, verb: str, unit: Organisation, before: Improvement, after: Improvement) -> Improvement:
    improvements.change(log.db, after)
    # The log names it by the sentence that readers of the log know until now.
    log.changed(unit.path, verb, f"{unit.name}: {before.sentence}", vars(before), vars(after))
    return after


def _elements(db: Database, unit: Organisation, now: datetime) -> dict[str, str]:
    """The elements of the questionnaire that runs, by code; none before there is a period."""
    period = choose_period(periods_for(db, unit), "", unit.today(now))
    if period is None:
        return {}
    return {
        element.code: say(element.name, "id") for element in instruments.get(db, period.instrument_id).counted
    }
