"""Organisations, their services and their counters."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from skm.store.rows import insert, one, rows
from skm.survey.organisation import Counter, Organisation, Service

_ORGANISATION = "SELECT id, parent_id, path, kind, slug, name, address, phone, time_zone FROM organisations"
_SERVICE = "SELECT id, unit_id, name, channel, free_of_charge, yearly_visitors FROM services"


def add(db: Database, organisations: Iterable[Organisation]) -> None:
    """Adds organisations; a parent before its children."""
    insert(db, "organisations", organisations)


def add_services(db: Database, services: Iterable[Service]) -> None:
    """Adds services to their units."""
    insert(db, "services", services)


def find_root(db: Database) -> Organisation | None:
    """The government at the root of the tree, if there is one yet."""
    return one(db, Organisation, f"{_ORGANISATION} WHERE parent_id IS NULL ORDER BY id LIMIT 1", {})


def find(db: Database, slug: str) -> Organisation | None:
    """The organisation with this name in addresses."""
    return one(db, Organisation, f"{_ORGANISATION} WHERE slug = :slug", {"slug": slug})


def get(db: Database, organisation_id: str) -> Organisation:
    """The organisation with this id; raises LookupError."""
    found = one(db, Organisation, f"{_ORGANISATION} WHERE id = :id", {"id": organisation_id})
    if found is None:
        raise LookupError(organisation_id)
    return found


def all_below(db: Database, path: str) -> Sequence[Organisation]:
    """The organisations of a subtree, its top included, in the order in which they were set up."""
    # A range instead of LIKE, so that the index on path serves; "0" is the sign after "/".
    sql = f"{_ORGANISATION} WHERE path >= :path AND path < :after ORDER BY id"
    return rows(db, Organisation, sql, {"path": path, "after": path[:-1] + "0"})


def services_of(db: Database, unit_id: str) -> Sequence[Service]:
    """The services of a unit."""
    return rows(db, Service, f"{_SERVICE} WHERE unit_id = :unit ORDER BY id", {"unit": unit_id})


def services_at(db: Database, counter_id: str) -> Sequence[Service]:
    """The services given at a counter."""
    sql = f"""{_SERVICE} JOIN counter_services AS c ON c.service_id = services.id
              WHERE c.counter_id = :counter ORDER BY id"""
    return rows(db, Service, sql, {"counter": counter_id})


def counters_of(db: Database, unit_id: str) -> Sequence[Counter]:
    """The counters of a unit."""
    sql = "SELECT id, unit_id, name FROM counters WHERE unit_id = :unit ORDER BY id"
    return rows(db, Counter, sql, {"unit": unit_id})
