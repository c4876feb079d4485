"""The services of a unit (jenis layanan): how they are given, whether they are free, how many come in a year."""

from dataclasses import replace
from datetime import datetime

from skm.security.keys import new_key
from skm.store import organisations as stored
from skm.store.database import Database, writing
from skm.survey.names import checked_service_name, refuse_taken
from skm.survey.organisation import CHANNELS, Organisation, Service
from skm.survey.problem import Problem
from skm.usecases.city.organisations import get_open
from skm.usecases.noting import Deed, added, at, changed

VISITORS_LIMIT = 100_000_000


def add(
    db: Database,
    by: Deed,
    unit_slug: str,
    name: str,
    channel: str,
    free_of_charge: bool,
    yearly_visitors: int | None,
    now: datetime,
) -> Service:
    """A new service of a unit; `yearly_visitors` None: not known. Raises Problem."""
    with writing(db):
        unit = open_unit(db, unit_slug, now)
        made = Service(
            new_key(), unit.id, checked_service_name(name), channel, free_of_charge, yearly_visitors
        )
        _check(db, made)
        stored.add_services(db, [made])
        added(db, by, now, unit.path, "add_service", made.name, made)
        return made


def edit(
    db: Database,
    by: Deed,
    service_id: str,
    name: str,
    channel: str,
    free_of_charge: bool,
    yearly_visitors: int | None,
    now: datetime,
) -> Service:
    """Changes a service; answers already given keep the questionnaire they were given with. Raises Problem."""
    with writing(db):
        known = get(db, service_id)
        edited = replace(
            known,
            name=checked_service_name(name),
            channel=channel,
            free_of_charge=free_of_charge,
            yearly_visitors=yearly_visitors,
        )
        _check(db, edited)
        _change(db, by, "edit_service", known, edited, now)
        return edited


def close(db: Database, by: Deed, service_id: str, now: datetime) -> Service:
    """Nobody is asked about the service any more. Raises Problem where a counter would be left without any."""
    with writing(db):
        known = get(db, service_id)
        for counter in stored.counters_of(db, known.unit_id):
            left = [each.id for each in stored.services_at(db, counter.id) if each.closed is None]
            if left == [known.id] and counter.closed is None:
                raise Problem("service_last", counter=counter.name)
        closed = replace(known, closed=at(now))
        _change(db, by, "close_service", known, closed, now)
        return closed


def reopen(db: Database, by: Deed, service_id: str, now: datetime) -> Service:
    """Takes a closing back. Raises Problem where another service has the name meanwhile."""
    with writing(db):
        known = get(db, service_id)
        opened = replace(known, closed=None)
        _check(db, opened)
        _change(db, by, "reopen_service", known, opened, now)
        return opened


def get(db: Database, service_id: str) -> Service:
    """The service with this id; raises Problem "service_unregistered"."""
    try:
        return stored.get_service(db, service_id)
    except LookupError:
        raise Problem("service_unregistered") from None


def open_unit(db: Database, slug: str, now: datetime) -> Organisation:
    """The unit with this name in addresses, if it still works; raises Problem."""
    unit = get_open(db, slug, now)
    if unit.kind != "unit":
        raise Problem("unit_wanted", name=unit.name)
    return unit


def _check(db: Database, service: Service) -> None:
    if service.channel not in CHANNELS:
        raise Problem("channel_unknown", known=", ".join(CHANNELS.values()))
    if service.yearly_visitors is not None and not 0 < service.yearly_visitors <= VISITORS_LIMIT:
        raise Problem("visitors_outside", limit=VISITORS_LIMIT)
    refuse_taken(service, stored.services_of(db, service.unit_id))


def _change(db: Database, by: Deed, verb: str, known: Service, after: Service, now: datetime) -> None:
    stored.change_services(db, [after])
    path = stored.get(db, known.unit_id).path
    changed(db, by, now, path, verb, known.name, vars(known), vars(after))
