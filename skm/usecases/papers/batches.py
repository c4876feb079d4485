"""Batches of papers (bundel kertas): opened for a stack of one counter, service and day, until keyed or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm.security.keys import new_key
from skm.store import audit, counters, instruments, organisations, papers
from skm.store.database import Database, writing
from skm.survey.instrument import LANGUAGES
from skm.survey.names import checked_text
from skm.survey.organisation import Counter, Organisation, Service
from skm.survey.paper import PARTS, STACK_LIMIT, Batch, BatchDetails, draw, sample_size
from skm.survey.problem import Problem
from skm.usecases.answering import answer
from skm.usecases.noting import Deed, at, changed

UNSEEN = {"period_future", "period_closed"}  # what a QR says of today, said here of the day on the papers


@dataclass(frozen=True)
class Stack:
    """What somebody says about a stack of papers: where and when it was filled in, and how many sheets it has."""

    counter_id: str
    service_id: str
    day: date
    local_hour: int
    language: str
    sheets: int


@dataclass(frozen=True)
class ListedBatch:
    """A batch among others: the names of its counter and service, and how many sheets are keyed."""

    batch: Batch
    counter: str
    service: str
    keyed: int


def show_batches(db: Database, slug: str) -> tuple[Organisation, list[ListedBatch]]:
    """A unit and its batches, the newest first: each with its counter, its service and its sheets. Raises Problem."""
    unit = _unit(db, slug)
    known, keyed = papers.all_for(db, unit.id), papers.count_sheets(db, unit.id)
    at_counter = {one.id: one.name for one in organisations.counters_of(db, unit.id)}
    about = {one.id: one.name for one in organisations.services_of(db, unit.id)}
    return unit, [
        ListedBatch(one, at_counter[one.counter_id], about[one.service_id], keyed.get(one.id, 0))
        for one in known
    ]


def show_batch(db: Database, batch_id: str) -> BatchDetails:
    """One batch with all about it; raises Problem."""
    batch = get(db, batch_id)
    return BatchDetails(
        batch,
        organisations.get(db, batch.unit_id),
        counters.get(db, batch.counter_id),
        organisations.get_service(db, batch.service_id),
        instruments.get(db, batch.instrument_id),
        papers.sheets_of(db, batch_id),
        papers.keyers_of(db, batch_id),
    )


def show_places(db: Database, slug: str) -> tuple[Organisation, list[tuple[Counter, Sequence[Service]]]]:
    """A unit and its counters, also closed ones, with what is served there. Raises Problem."""
    unit = _unit(db, slug)
    known = organisations.counters_of(db, unit.id)
    return unit, [(counter, organisations.services_at(db, counter.id)) for counter in known]


def open_batch(db: Database, by: Deed, slug: str, stack: Stack, now: datetime) -> Batch:
    """A batch with the next number of the unit. Raises Problem."""
    with writing(db):
        unit = _unit(db, slug)
        form = _asked(db, unit, stack, now)
        number = papers.next_number(db, unit.id)
        batch = Batch(new_key(), unit.id, number, *_about(stack, form), at(now), by[0], by[1])
        papers.add(db, batch)
        changed(db, by, now, unit.path, "open_batch", _name(unit, batch), {}, _said(db, stack))
        return batch


def edit_batch(db: Database, by: Deed, batch_id: str, stack: Stack, now: datetime) -> Batch:
    """Says otherwise what the stack is, while it is keyed. Raises Problem, also where the questions would be others."""
    with writing(db):
        known = being_keyed(db, batch_id)
        unit, sheets = organisations.get(db, known.unit_id), papers.sheets_of(db, batch_id)
        form = _asked(db, unit, stack, now)
        if sheets and form.instrument_id != known.instrument_id:
            raise Problem("paper_questions_differ")
        counter_id, service_id, instrument_id, day, hour, language, size = _about(stack, form)
        edited = replace(
            known,
            counter_id=counter_id,
            service_id=service_id,
            instrument_id=instrument_id,
            survey_date=day,
            local_hour=hour,
            language=language,
            stack=size,
        )
        papers.change(db, edited)
        before, after = _said(db, stack_of(known)), _said(db, stack)
        changed(db, by, now, unit.path, "edit_batch", _name(unit, known), before, after)
        return edited


def finish_batch(db: Database, by: Deed, batch_id: str, now: datetime) -> Batch:
    """Ends the keying and draws the sample for the second person. Raises Problem where sheets are missing."""
    with writing(db):
        known, sheets = being_keyed(db, batch_id), papers.sheets_of(db, batch_id)
        if len(sheets) != known.stack:
            raise Problem("paper_stack_differs", keyed=len(sheets), stack=known.stack)
        finished = replace(known, keyed=at(now))
        papers.change(db, finished)
        drawn = draw(known.id, sheets, sample_size(len(sheets)))
        for sheet in drawn:
            papers.change_sheet(db, replace(sheet, drawn=1))
        note(db, by, now, finished, "finish_batch", {"sheets": len(sheets), "sample": len(drawn)})
        return finished


def discard_batch(db: Database, by: Deed, batch_id: str, why: str, now: datetime) -> Batch:
    """Gives a batch up before it is counted, for a reason; what was keyed stays as a trace. Raises Problem."""
    reason = checked_text(why)
    if not reason:
        raise Problem("reason_missing")
    with writing(db):
        known = get(db, batch_id)
        if known.state not in ("keying", "checking"):
            raise Problem("paper_batch_done")
        discarded = replace(known, discarded=at(now), why=reason)
        papers.change(db, discarded)
        note(db, by, now, discarded, "discard_batch", {"why": reason})
        return discarded


def get(db: Database, batch_id: str) -> Batch:
    """The batch with this id; raises Problem."""
    found = papers.find(db, batch_id)
    if found is None:
        raise Problem("paper_batch_unknown")
    return found


def being_keyed(db: Database, batch_id: str) -> Batch:
    """The batch, if its sheets may still change; raises Problem."""
    found = get(db, batch_id)
    if found.state != "keying":
        raise Problem("paper_keying_done")
    return found


def stack_of(batch: Batch) -> Stack:
    """What was said about the stack of a batch."""
    day = date.fromisoformat(batch.survey_date)
    return Stack(batch.counter_id, batch.service_id, day, batch.local_hour, batch.language, batch.stack)


def note(
    db: Database, by: Deed, now: datetime, batch: Batch, verb: str, after: Mapping[str, object] | None = None
) -> None:
    """Writes a deed on a batch into the log; what people answered never stands there."""
    unit = organisations.get(db, batch.unit_id)
    audit.add(db, at(now), by, unit.path, verb, _name(unit, batch), None, after)


def _unit(db: Database, slug: str) -> Organisation:
    unit = organisations.find(db, slug)
    if unit is None or unit.kind != "unit":
        raise Problem("organisation_unknown")
    return unit


def _asked(db: Database, unit: Organisation, stack: Stack, now: datetime) -> answer.Form:
    """The form that was on paper; raises Problem for a stack that cannot be."""
    if stack.day > unit.today(now):
        raise Problem("paper_day_future")
    if stack.local_hour not in PARTS or stack.language not in LANGUAGES:
        raise Problem("paper_part_unknown")
    if not 1 <= stack.sheets <= STACK_LIMIT:
        raise Problem("paper_stack_outside", limit=STACK_LIMIT)
    counter = next((c for c in organisations.counters_of(db, unit.id) if c.id == stack.counter_id), None)
    if counter is None or not stack.service_id:
        raise Problem("counter_unknown")
    try:
        return answer.form_on(db, unit, counter, stack.service_id, stack.day)
    except Problem as problem:
        raise Problem("paper_period_none", day=stack.day) if problem.key in UNSEEN else problem from None


def _about(stack: Stack, form: answer.Form) -> tuple[str, str, str, str, int, str, int]:
    """The columns of a batch from its counter to its stack."""
    return (
        stack.counter_id,
        stack.service_id,
        form.instrument_id,
        stack.day.isoformat(),
        stack.local_hour,
        stack.language,
        stack.sheets,
    )


def _said(db: Database, stack: Stack) -> dict[str, object]:
    return {
        "counter": counters.get(db, stack.counter_id).name,
        "services": organisations.get_service(db, stack.service_id).name,
        "day": stack.day.isoformat(),
        "part": PARTS[stack.local_hour],
        "language": stack.language,
        "sheets": stack.sheets,
    }


def _name(unit: Organisation, batch: Batch) -> str:
    return f"{unit.name}, Bundel {batch.number}"
