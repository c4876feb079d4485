"""A counter goes on in another unit from now on: what was answered before stays where it was, and so does the QR."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm.security.keys import new_key
from skm.store import counters, organisations
from skm.store.database import Database
from skm.survey.names import checked_name, folded, refuse_taken
from skm.survey.organisation import Counter, FormerUnit, Organisation, Service, is_closed
from skm.survey.problem import Problem
from skm.usecases.city.services import get_open_unit
from skm.usecases.deed import Deed, Log, logged


@dataclass(frozen=True)
class CounterMove:
    """That a counter moved out of a unit into another one, on a day of the first one's calendar."""

    counter: Counter
    unit: Organisation
    into: Organisation
    day: date


def show_moves(db: Database, unit_id: str) -> list[CounterMove]:
    """The last moves of the counters that stand in a unit and of those that stood there."""
    moves = (_last_move(db, counter) for counter in organisations.counters_ever_of(db, unit_id))
    return [move for move in moves if move]


def services_after_move(
    db: Database, counter: Counter, into: Organisation
) -> tuple[list[Service], list[Service]]:
    """The open services of another unit, and those of the counter that it does not have by that name."""
    there = [one for one in organisations.services_of(db, into.id) if one.closed is None]
    names = {folded(one.name) for one in there}
    served = organisations.services_at(db, counter.id)
    return there, [one for one in served if one.closed is None and folded(one.name) not in names]


def move_counter(
    db: Database, deed: Deed, counter_id: str, into_slug: str, name: str, service_ids: Sequence[str]
) -> Counter:
    """Puts a counter into another unit from this moment on, under a name that is free there; its QR stays.

    A service that the other unit does not have is set up there. Forms that are open already, and papers of days
    before, are of the unit where it stood. Raises Problem.
    """
    with logged(db, deed) as log:
        counter, into = counters.get(db, counter_id), get_open_unit(db, into_slug, deed.at)
        if is_closed(counter, deed.at):
            raise Problem("counter_closed")
        if counter.unit_id == into.id:
            raise Problem("counter_stays", unit=into.name)
        moved = replace(counter, unit_id=into.id, name=checked_name(name))
        refuse_taken(moved, organisations.counters_of(db, into.id))
        given = _given(log, counter, into, service_ids)
        _move(log, counter, moved, given)
        return moved


def undo_counter_move(db: Database, deed: Deed, counter_id: str) -> Counter:
    """Puts a counter back where it stood, with its name and services there, on the day of its move.

    What was answered in between stays in the unit in which it was asked. Raises Problem.
    """
    with logged(db, deed) as log:
        counter = counters.get(db, counter_id)
        last = counters.former_units(db, counter_id)[-1:]
        if not last or not can_be_undone(organisations.get(db, last[0].unit_id), last[0].until, deed.at):
            raise Problem("counter_move_past")
        back = get_open_unit(db, organisations.get(db, last[0].unit_id).slug, deed.at)
        moved = replace(counter, unit_id=back.id, name=last[0].name)
        refuse_taken(moved, organisations.counters_of(db, back.id))
        _move(log, counter, moved, organisations.services_at(db, counter.id, back.id))
        return moved


def can_be_undone(unit: Organisation, moment: str, now: datetime) -> bool:
    """Whether what was done at a moment was done today, by the clock of a unit."""
    return unit.today(datetime.fromisoformat(moment)) == unit.today(now)


def _last_move(db: Database, counter: Counter) -> CounterMove | None:
    former = counters.former_units(db, counter.id)
    if not former:
        return None
    unit = organisations.get(db, former[-1].unit_id)
    day = unit.today(datetime.fromisoformat(former[-1].until))
    return CounterMove(counter, unit, organisations.get(db, counter.unit_id), day)


def _given(log: Log, counter: Counter, into: Organisation, service_ids: Sequence[str]) -> list[Service]:
    """The chosen services of a unit; those that it lacks are set up there. Raises Problem."""
    there, missing = services_after_move(log.db, counter, into)
    known = {one.id for one in (*there, *missing)}
    if not service_ids or not set(service_ids) <= known:
        raise Problem("counter_without_service")
    made = [replace(one, id=new_key(), unit_id=into.id) for one in missing if one.id in service_ids]
    organisations.add_services(log.db, made)
    for service in made:
        log.added(into.path, "add_service", service.name, service)
    return [*(one for one in there if one.id in service_ids), *made]


def _move(log: Log, counter: Counter, moved: Counter, given: Sequence[Service]) -> None:
    db = log.db
    before = _values(db, counter, organisations.services_at(db, counter.id))
    former = FormerUnit(counter.id, counter.unit_id, counter.name, log.deed.moment)
    counters.move(db, moved, former)
    counters.change_services(db, {moved.id: [one.id for one in given]})
    path = organisations.get(db, moved.unit_id).path
    log.changed(path, "move_counter", counter.name, before, _values(db, moved, given))


def _values(db: Database, counter: Counter, services: Sequence[Service]) -> dict[str, object]:
    return {
        "unit": organisations.get(db, counter.unit_id).name,
        "name": counter.name,
        "services": "; ".join(one.name for one in services),
    }
