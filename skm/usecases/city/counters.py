"""Counters (loket): where a QR hangs, and which services are given there."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from skm.security import codes
from skm.security.keys import new_key
from skm.store import counters, organisations
from skm.store.database import Database
from skm.survey.names import checked_name, refuse_taken
from skm.survey.organisation import Counter, Token
from skm.survey.problem import Problem
from skm.usecases.city.services import get_open_unit
from skm.usecases.deed import Deed, Log, Values, logged


def add_counter(
    db: Database, deed: Deed, unit_slug: str, name: str, service_ids: Sequence[str]
) -> tuple[Counter, str]:
    """A new counter and the token of its QR. Raises Problem."""
    with logged(db, deed) as log:
        unit = get_open_unit(db, unit_slug, deed.at)
        made = Counter(new_key(), unit.id, checked_name(name))
        services = _checked(db, made, service_ids)
        token = free_token(lambda drawn: counters.find_token(db, drawn) is not None)
        counters.add(db, made, list(services), Token(token, made.id, deed.moment, None))
        log.changed(unit.path, "add_counter", made.name, {}, _values(made, services))
        return made, token


def edit_counter(db: Database, deed: Deed, counter_id: str, name: str, service_ids: Sequence[str]) -> Counter:
    """Another name or other services; the QR stays. Raises Problem."""
    with logged(db, deed) as log:
        counter = counters.get(db, counter_id)
        edited = replace(counter, name=checked_name(name))
        before, services = _services(db, counter), _checked(db, edited, service_ids)
        counters.change(db, [edited])
        counters.change_services(db, {counter.id: list(services)})
        _note(log, "edit_counter", counter, _values(counter, before), _values(edited, services))
        return edited


def close_counter(db: Database, deed: Deed, counter_id: str) -> Counter:
    """The counter's QR leads to an explanation from now on; what ends with it is in `answering.ending`."""
    with logged(db, deed) as log:
        counter = counters.get(db, counter_id)
        closed = replace(counter, closed=deed.moment)
        counters.change(db, [closed])
        _note(log, "close_counter", counter, vars(counter), vars(closed))
        return closed


def reopen_counter(db: Database, deed: Deed, counter_id: str) -> Counter:
    """Takes a closing back; the same QR works again. Raises Problem where another counter has the name meanwhile."""
    with logged(db, deed) as log:
        counter = counters.get(db, counter_id)
        opened = replace(counter, closed=None)
        refuse_taken(opened, organisations.counters_of(db, opened.unit_id))
        counters.change(db, [opened])
        _note(log, "reopen_counter", counter, vars(counter), vars(opened))
        return opened


def free_token(is_taken: Callable[[str], bool]) -> str:
    """A token that nobody had before."""
    token = codes.new_token()
    while is_taken(token):  # one in 17 thousand million, but an import makes thousands
        token = codes.new_token()
    return token


def _checked(db: Database, counter: Counter, service_ids: Sequence[str]) -> dict[str, str]:
    """The names of the services by id: open ones of the same unit, at least one. Raises Problem."""
    refuse_taken(counter, organisations.counters_of(db, counter.unit_id))
    services = {
        each.id: each.name for each in organisations.services_of(db, counter.unit_id) if each.closed is None
    }
    if not service_ids or not set(service_ids) <= services.keys():
        raise Problem("counter_without_service")
    return {key: name for key, name in services.items() if key in service_ids}


def _services(db: Database, counter: Counter) -> dict[str, str]:
    return {each.id: each.name for each in organisations.services_at(db, counter.id)}


def _values(counter: Counter, services: dict[str, str]) -> dict[str, object]:
    return {"name": counter.name, "services": "; ".join(services.values())}


def _note(log: Log, verb: str, counter: Counter, before: Values, after: Values) -> None:
    path = organisations.get(log.db, counter.unit_id).path
    log.changed(path, verb, counter.name, before, after)
