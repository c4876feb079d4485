"""What the pages of setting up show beside an organisation's card: who serves what, and which periods hold where."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from skm.store import counters, instruments, organisations, periods
from skm.store.database import Database
from skm.survey.instrument import Instrument
from skm.survey.organisation import Counter, Organisation, Service
from skm.survey.period import Period
from skm.usecases.city.organisations import OrganisationCard, show_organisation


def show_served(db: Database, card: OrganisationCard) -> Mapping[str, Sequence[Service]]:
    """The services at each counter of a unit, by the counter's id."""
    return {one.id: organisations.services_at(db, one.id) for one in card.counters}


def show_periods(db: Database, card: OrganisationCard) -> list[tuple[Period, Instrument, Organisation]]:
    """The periods that hold for an organisation: its own, then those of the ones above, the newest first."""
    line = {one.id: one for one in (card.organisation, *card.above)}
    holding = [
        (one, instruments.get(db, one.instrument_id), line[one.organisation_id])
        for one in periods.all_for(db, list(line))
    ]
    return sorted(holding, key=lambda one: (one[2].id != card.organisation.id, -one[0].opens.toordinal()))


def show_service(db: Database, service_id: str) -> tuple[Service, OrganisationCard]:
    """A service and its unit; raises Problem."""
    service = organisations.get_service(db, service_id)
    return service, show_organisation(db, organisations.get(db, service.unit_id).slug)


def show_counter(db: Database, counter_id: str) -> tuple[Counter, OrganisationCard]:
    """A counter and its unit; raises Problem."""
    counter = counters.get(db, counter_id)
    return counter, show_organisation(db, organisations.get(db, counter.unit_id).slug)


def show_owner(db: Database, period: Period) -> OrganisationCard:
    """The organisation whose period it is."""
    return show_organisation(db, organisations.get(db, period.organisation_id).slug)


def first_day_closed(thing: Organisation | Service | Counter, where: Organisation) -> date | None:
    """The first day on which something is closed, on the calendar of its place; None while it has no end."""
    return None if thing.closed is None else where.today(datetime.fromisoformat(thing.closed))
