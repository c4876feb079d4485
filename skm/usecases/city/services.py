"""The services of a unit (jenis layanan): how they are given, whether they are free, how many come in a year."""

from dataclasses import replace
from datetime import datetime

from skm.security.keys import new_key
from skm.store import organisations
from skm.store.database import Database
from skm.survey.names import checked_service_name, refuse_taken
from skm.survey.organisation import CHANNELS, Organisation, Service
from skm.survey.problem import Problem
from skm.usecases.city.organisations import get_open_organisation
from skm.usecases.deed import Deed, Log, logged

VISITORS_LIMIT = 100_000_000


def add_service(
    db: Database,
    deed: Deed,
    unit_slug: str,
    name: str,
    channel: str,
    free_of_charge: bool,
    yearly_visitors: int | None,
) -> Service:
    """A new service of a unit; `yearly_visitors` None: not known. Raises Problem."""
    with logged(db, deed) as log:
        unit = get_open_unit(db, unit_slug, deed.at)
        made = Service(
            new_key(), unit.id, checked_service_name(name), channel, free_of_charge, yearly_visitors
        )
        _check(db, made)
        organisations.add_services(db, [made])
        log.added(unit.path, "add_service", made.name, made)
        return made


def edit_service(
    db: Database,
    deed: Deed,
    service_id: str,
    name: str,
    channel: str,
    free_of_charge: bool,
    yearly_visitors: int | None,
) -> Service:
    """Changes a service; answers already given keep the questionnaire they were given with. Raises Problem."""
    with logged(db, deed) as log:
        service = organisations.get_service(db, service_id)
        edited = replace(
            service,
            name=checked_service_name(name),
            channel=channel,
            free_of_charge=free_of_charge,
            yearly_visitors=yearly_visitors,
        )
        _check(db, edited)
        _change(log, "edit_service", service, edited)
        return edited


def close_service(db: Database, deed: Deed, service_id: str) -> Service:
    """Nobody is asked about the service any more. Raises Problem where a counter would be left without any."""
    with logged(db, deed) as log:
        service = organisations.get_service(db, service_id)
        for counter in organisations.counters_of(db, service.unit_id):
            left = [each.id for each in organisations.services_at(db, counter.id) if each.closed is None]
            if left == [service.id] and counter.closed is None:
                raise Problem("service_last", counter=counter.name)
        closed = replace(service, closed=deed.moment)
        _change(log, "close_service", service, closed)
        return closed


def reopen_service(db: Database, deed: Deed, service_id: str) -> Service:
    """Takes a closing back. Raises Problem where another service has the name meanwhile."""
    with logged(db, deed) as log:
        service = organisations.get_service(db, service_id)
        opened = replace(service, closed=None)
        _check(db, opened)
        _change(log, "reopen_service", service, opened)
        return opened


def get_open_unit(db: Database, slug: str, now: datetime) -> Organisation:
    """The unit with this name in addresses, if it still works; raises Problem."""
    unit = get_open_organisation(db, slug, now)
    if unit.kind != "unit":
        raise Problem("unit_wanted", name=unit.name)
    return unit


def _check(db: Database, service: Service) -> None:
    if service.channel not in CHANNELS:
        raise Problem("channel_unknown", known=", ".join(CHANNELS.values()))
    if service.yearly_visitors is not None and not 0 < service.yearly_visitors <= VISITORS_LIMIT:
        raise Problem("visitors_outside", limit=VISITORS_LIMIT)
    refuse_taken(service, organisations.services_of(db, service.unit_id))


def _change(log: Log, verb: str, before: Service, after: Service) -> None:
    organisations.change_services(log.db, [after])
    path = organisations.get(log.db, before.unit_id).path
    log.changed(path, verb, before.name, vars(before), vars(after))
