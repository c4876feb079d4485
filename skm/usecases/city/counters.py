"""Counters (loket): where a QR hangs, and which services are given there."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from skm.security import codes
from skm.security.keys import new_key
from skm.store import counters as stored
from skm.store import organisations
from skm.store.database import Database, writing
from skm.survey.names import checked_name, refuse_taken
from skm.survey.organisation import Counter, Token
from skm.survey.problem import Problem
from skm.usecases.city.services import open_unit
from skm.usecases.noting import Deed, at, changed


def add(
    db: Database, by: Deed, unit_slug: str, name: str, service_ids: Sequence[str], now: datetime
) -> tuple[Counter, str]:
    """A new counter and the token of its QR. Raises Problem."""
    with writing(db):
        unit = open_unit(db, unit_slug, now)
        made = Counter(new_key(), unit.id, checked_name(name))
        services = _checked(db, made, service_ids)
        token = free_token(lambda drawn: stored.find_token(db, drawn) is not None)
        stored.add(db, made, list(services), Token(token, made.id, at(now), None))
        changed(db, by, now, unit.path, "add_counter", made.name, {}, _values(made, services))
        return made, token


def edit(
    db: Database, by: Deed, counter_id: str, name: str, service_ids: Sequence[str], now: datetime
) -> Counter:
    """Another name or other services; the QR stays. Raises Problem."""
    with writing(db):
        known = get(db, counter_id)
        edited = replace(known, name=checked_name(name))
        before, services = _services(db, known), _checked(db, edited, service_ids)
        stored.change(db, [edited])
        stored.change_services(db, {known.id: list(services)})
        _note(db, by, "edit_counter", now, _values(known, before), _values(edited, services), known)
        return edited


def close(db: Database, by: Deed, counter_id: str, now: datetime) -> Counter:
    """The counter's QR leads to an explanation from now on; forms already open may still be sent."""
    with writing(db):
        known = get(db, counter_id)
        closed = replace(known, closed=at(now))
        stored.change(db, [closed])
        _note(db, by, "close_counter", now, vars(known), vars(closed), known)
        return closed


def reopen(db: Database, by: Deed, counter_id: str, now: datetime) -> Counter:
    """Takes a closing back; the same QR works again. Raises Problem where another counter has the name meanwhile."""
    with writing(db):
        known = get(db, counter_id)
        opened = replace(known, closed=None)
        refuse_taken(opened, organisations.counters_of(db, opened.unit_id))
        stored.change(db, [opened])
        _note(db, by, "reopen_counter", now, vars(known), vars(opened), known)
        return opened


def get(db: Database, counter_id: str) -> Counter:
    """The counter with this id; raises Problem "counter_unknown"."""
    try:
        return stored.get(db, counter_id)
    except LookupError:
        raise Problem("counter_unknown") from None


def free_token(is_taken: Callable[[str], bool]) -> str:
    """A token that nobody had before."""
    token = codes.new_token()
    while is_taken(token):  # one in 17 thousand million, but an import makes thousands
        token = codes.new_token()
    return token


def _checked(db: Database, counter: Counter, service_ids: Sequence[str]) -> dict[str, str]:
    """The names of the services by id: open ones of the same unit, at least one. Raises Problem."""
    refuse_taken(counter, organisations.counters_of(db, counter.unit_id))
    known = {
        each.id: each.name for each in organisations.services_of(db, counter.unit_id) if each.closed is None
    }
    if not service_ids or not set(service_ids) <= known.keys():
        raise Problem("counter_without_service")
    return {key: name for key, name in known.items() if key in service_ids}


def _services(db: Database, counter: Counter) -> dict[str, str]:
    return {each.id: each.name for each in organisations.services_at(db, counter.id)}


def _values(counter: Counter, services: dict[str, str]) -> dict[str, object]:
    return {"name": counter.name, "services": "; ".join(services.values())}


def _note(
    db: Database,
    by: Deed,
    verb: str,
    now: datetime,
    before: dict[str, object],
    after: dict[str, object],
    counter: Counter,
) -> None:
    path = organisations.get(db, counter.unit_id).path
    changed(db, by, now, path, verb, counter.name, before, after)
