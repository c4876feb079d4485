"""Batches of papers (bundel kertas): opened for a stack of one counter, service and day, until keyed or discarded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from skm.security.keys import new_key
from skm.store import counters, organisations, papers
from skm.store.database import Database
from skm.survey.instrument import LANGUAGES
from skm.survey.names import checked_text
from skm.survey.organisation import Counter, Organisation, Service, units_between
from skm.survey.paper import PARTS, STACK_LIMIT, Batch, draw, sample_size
from skm.survey.problem import Problem
from skm.usecases.answering import answer
from skm.usecases.deed import Deed, Log, logged

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
    unit = organisations.get_unit(db, slug)
    listed, keyed = papers.all_for(db, unit.id), papers.count_sheets(db, unit.id)
    at_counter = {one.id: one.name for one in organisations.counters_ever_of(db, unit.id)}
    about = {one.id: one.name for one in organisations.services_of(db, unit.id)}
    return unit, [
        ListedBatch(one, at_counter[one.counter_id], about[one.service_id], keyed.get(one.id, 0))
        for one in listed
    ]


def show_counters(db: Database, slug: str) -> tuple[Organisation, list[tuple[Counter, Sequence[Service]]]]:
    """A unit and its counters, also those that are closed or moved, with what is served there. Raises Problem."""
    unit = organisations.get_unit(db, slug)
    counters = organisations.counters_ever_of(db, unit.id)
    return unit, [(counter, organisations.services_at(db, counter.id, unit.id)) for counter in counters]


def open_batch(db: Database, deed: Deed, slug: str, stack: Stack) -> Batch:
    """A batch with the next number of the unit. Raises Problem."""
    with logged(db, deed) as log:
        unit = organisations.get_unit(db, slug)
        columns = _columns(stack, _questionnaire(db, unit, stack, deed.at))
        number, officer = papers.next_number(db, unit.id), deed.by
        batch = Batch(new_key(), unit.id, number, *columns, deed.moment, officer.id, officer.name)
        papers.add(db, batch)
        log.changed(unit.path, "open_batch", _name(unit, batch), {}, _in_log(db, stack))
        return batch


def edit_batch(db: Database, deed: Deed, batch_id: str, stack: Stack) -> Batch:
    """Corrects what was said about a stack, while it is keyed.

    Raises Problem, also where other questions belong to it than those already keyed.
    """
    with logged(db, deed) as log:
        batch = being_keyed(db, batch_id)
        unit, sheets = organisations.get(db, batch.unit_id), papers.sheets_of(db, batch_id)
        asked = _questionnaire(db, unit, stack, deed.at)
        if sheets and asked.instrument_id != batch.instrument_id:
            raise Problem("paper_questions_differ")
        counter_id, service_id, instrument_id, day, hour, language, size = _columns(stack, asked)
        edited = replace(
            batch,
            counter_id=counter_id,
            service_id=service_id,
            instrument_id=instrument_id,
            survey_date=day,
            local_hour=hour,
            language=language,
            stack=size,
        )
        papers.change(db, edited)
        before, after = _in_log(db, stack_of(batch)), _in_log(db, stack)
        log.changed(unit.path, "edit_batch", _name(unit, batch), before, after)
        return edited


def finish_batch(db: Database, deed: Deed, batch_id: str) -> Batch:
    """Ends the keying and draws the sample for the second person. Raises Problem where sheets are missing."""
    with logged(db, deed) as log:
        batch, sheets = being_keyed(db, batch_id), papers.sheets_of(db, batch_id)
        if len(sheets) != batch.stack:
            raise Problem("paper_stack_differs", keyed=len(sheets), stack=batch.stack)
        finished = replace(batch, keyed=deed.moment)
        papers.change(db, finished)
        drawn = draw(batch.id, sheets, sample_size(len(sheets)))
        for sheet in drawn:
            papers.change_sheet(db, replace(sheet, drawn=1))
        note(log, finished, "finish_batch", {"sheets": len(sheets), "sample": len(drawn)})
        return finished


def discard_batch(db: Database, deed: Deed, batch_id: str, why: str) -> Batch:
    """Discards a batch before it is counted, for a reason; what was keyed stays stored. Raises Problem."""
    reason = checked_text(why)
    if not reason:
        raise Problem("reason_missing")
    with logged(db, deed) as log:
        batch = papers.get(db, batch_id)
        if batch.state not in ("keying", "checking"):
            raise Problem("paper_batch_done")
        discarded = replace(batch, discarded=deed.moment, why=reason)
        papers.change(db, discarded)
        note(log, discarded, "discard_batch", {"why": reason})
        return discarded


def being_keyed(db: Database, batch_id: str) -> Batch:
    """The batch, if its sheets may still change; raises Problem."""
    batch = papers.get(db, batch_id)
    if batch.state != "keying":
        raise Problem("paper_keying_done")
    return batch


def stack_of(batch: Batch) -> Stack:
    """What was said about the stack of a batch."""
    day = date.fromisoformat(batch.survey_date)
    return Stack(batch.counter_id, batch.service_id, day, batch.local_hour, batch.language, batch.stack)


def note(log: Log, batch: Batch, verb: str, after: Mapping[str, object] | None = None) -> None:
    """Writes an act on a batch into the log; what people answered never stands there."""
    unit = organisations.get(log.db, batch.unit_id)
    log.note(unit.path, verb, _name(unit, batch), None, after)


def _questionnaire(db: Database, unit: Organisation, stack: Stack, now: datetime) -> answer.Questionnaire:
    """The questionnaire that was on paper; raises Problem for a stack that cannot be."""
    if stack.day > unit.today(now):
        raise Problem("paper_day_future")
    if stack.local_hour not in PARTS or stack.language not in LANGUAGES:
        raise Problem("paper_part_unknown")
    if not 1 <= stack.sheets <= STACK_LIMIT:
        raise Problem("paper_stack_outside", limit=STACK_LIMIT)
    counter = next((c for c in organisations.counters_ever_of(db, unit.id) if c.id == stack.counter_id), None)
    if counter is None or not stack.service_id:
        raise Problem("counter_unknown")
    _refuse_elsewhere(db, unit, counter, stack.day)
    try:
        return answer.questionnaire_on(db, unit, counter, stack.service_id, stack.day)
    except Problem as problem:
        raise Problem("paper_period_none", day=stack.day) if problem.key in UNSEEN else problem from None


def _refuse_elsewhere(db: Database, unit: Organisation, counter: Counter, day: date) -> None:
    """Raises Problem where the counter stood in another unit on that whole day."""
    first, last = unit.midnight(day), unit.midnight(day + timedelta(days=1))
    units = units_between(counters.former_units(db, counter.id), counter.unit_id, first, last)
    if unit.id not in units:
        names = ", ".join(sorted(organisations.get(db, key).name for key in units))
        raise Problem("paper_counter_elsewhere", counter=counter.name, unit=names, day=day)


def _columns(stack: Stack, asked: answer.Questionnaire) -> tuple[str, str, str, str, int, str, int]:
    """The columns of a batch from its counter to its stack."""
    return (
        stack.counter_id,
        stack.service_id,
        asked.instrument_id,
        stack.day.isoformat(),
        stack.local_hour,
        stack.language,
        stack.sheets,
    )


def _in_log(db: Database, stack: Stack) -> dict[str, object]:
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
