"""Organisations, their services and their counters."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlite_utils import Database

from skm.store.placements import EVER, WHOLLY, inside
from skm.store.remembered import remembered
from skm.store.rows import columns, insert, one, rows, update
from skm.survey.order import in_series, others_last
from skm.survey.organisation import ALWAYS, STILL, Counter, FormerName, Organisation, Placement, Service
from skm.survey.period import Span
from skm.survey.problem import Problem, needed

_ORGANISATION = f"SELECT {columns(Organisation)} FROM organisations"
_SERVICE = f"SELECT {columns(Service)} FROM services"
_COUNTER = f"SELECT {columns(Counter)} FROM counters"
_BELOW = "unit_id IN (SELECT id FROM organisations WHERE path >= :path AND path < :after)"


def add(db: Database, organisations: Iterable[Organisation]) -> None:
    """Adds organisations; a parent before its children. They have always stood where they are put."""
    organisations = list(organisations)
    insert(db, "organisations", organisations)
    insert(
        db,
        "placements",
        [Placement(each.id, each.parent_id, each.path, ALWAYS, STILL) for each in organisations],
    )


def add_services(db: Database, services: Iterable[Service]) -> None:
    """Adds services to their units."""
    insert(db, "services", services)


def find_root(db: Database) -> Organisation | None:
    """The government at the root of the tree, if there is one yet."""
    return one(db, Organisation, f"{_ORGANISATION} WHERE parent_id IS NULL ORDER BY id LIMIT 1", {})


def find_root_path(db: Database) -> str:
    """The path of the government; "" before there is one."""
    root = find_root(db)
    return root.path if root else ""


def today(db: Database, now: datetime) -> date:
    """The date in the city at a moment; the one in UTC before there is a city."""
    root = find_root(db)
    return root.today(now) if root else now.date()


def get_root(db: Database) -> Organisation:
    """The government at the root of the tree; raises Problem "city_missing"."""
    return needed(find_root(db), "city_missing")


def find(db: Database, slug: str) -> Organisation | None:
    """The organisation with this name in addresses."""
    return one(db, Organisation, f"{_ORGANISATION} WHERE slug = :slug", {"slug": slug})


def get(db: Database, organisation_id: str) -> Organisation:
    """The organisation with this id; raises Problem "organisation_unknown"."""
    sql = f"{_ORGANISATION} WHERE id = :id"
    return needed(one(db, Organisation, sql, {"id": organisation_id}), "organisation_unknown")


def get_by_slug(db: Database, slug: str) -> Organisation:
    """The organisation with this name in addresses; raises Problem "organisation_unknown"."""
    return needed(find(db, slug), "organisation_unknown")


def get_unit(db: Database, slug: str) -> Organisation:
    """The unit with this name in addresses; raises Problem "organisation_unknown", also where it is no unit."""
    unit = get_by_slug(db, slug)
    if unit.kind != "unit":
        raise Problem("organisation_unknown")
    return unit


def all_above(db: Database, organisation: Organisation) -> Sequence[Organisation]:
    """The organisations above one, the highest first."""
    return [get(db, key) for key in reversed(organisation.ancestors[1:])]


def all_below(db: Database, path: str) -> Sequence[Organisation]:
    """The organisations of a subtree, its top included, in the order in which they were set up."""
    # A range instead of LIKE, so that the index on path serves; "0" is the sign after "/".
    sql = f"{_ORGANISATION} WHERE path >= :path AND path < :after ORDER BY id"
    return rows(db, Organisation, sql, _range(path))


def all_ever_below(db: Database, path: str, span: Span | None) -> Sequence[Organisation]:
    """The organisations that stood in a subtree on some day of a span, its top included, as they stand today."""
    return rows(db, Organisation, f"{_ORGANISATION} WHERE id IN ({EVER}) ORDER BY id", inside(path, span))


def services_of(db: Database, unit_id: str) -> Sequence[Service]:
    """The services of a unit, the closed ones too, in the order in which people read them."""
    return others_last(
        in_series(rows(db, Service, f"{_SERVICE} WHERE unit_id = :unit ORDER BY id", {"unit": unit_id}))
    )


def services_at(db: Database, counter_id: str, unit_id: str = "") -> Sequence[Service]:
    """The services of its unit that are given at a counter, the closed ones too; or of a unit in which it stood.

    In the order in which people read them.
    """
    sql = f"""{_SERVICE} JOIN counter_services AS c ON c.service_id = services.id WHERE c.counter_id = :counter
              AND services.unit_id = coalesce(:unit, (SELECT unit_id FROM counters WHERE id = :counter)) ORDER BY id"""
    return others_last(in_series(rows(db, Service, sql, {"counter": counter_id, "unit": unit_id or None})))


@remembered
def services_ever_at(db: Database, counter_id: str) -> Sequence[Service]:
    """The services given at a counter in whatever unit it stood, the closed ones too, in the order of reading."""
    sql = f"""{_SERVICE} JOIN counter_services AS c ON c.service_id = services.id
              WHERE c.counter_id = :counter ORDER BY id"""
    return others_last(in_series(rows(db, Service, sql, {"counter": counter_id})))


def counters_of(db: Database, unit_id: str) -> Sequence[Counter]:
    """The counters of a unit, the closed ones too, in the order in which people read them."""
    return in_series(rows(db, Counter, f"{_COUNTER} WHERE unit_id = :unit ORDER BY id", {"unit": unit_id}))


def counters_ever_of(db: Database, unit_id: str) -> Sequence[Counter]:
    """The counters of a unit and those that stood in it, by the name that they had there last.

    A counter that stands elsewhere has the id of that other unit.
    """
    sql = """SELECT id, c.unit_id, coalesce((SELECT name FROM former_units WHERE counter_id = c.id
                    AND unit_id = :unit AND c.unit_id != :unit ORDER BY until DESC LIMIT 1), c.name), closed
             FROM counters AS c WHERE unit_id = :unit
                  OR id IN (SELECT counter_id FROM former_units WHERE unit_id = :unit) ORDER BY id"""
    return in_series(rows(db, Counter, sql, {"unit": unit_id}))


def get_service(db: Database, service_id: str) -> Service:
    """The service with this id; raises Problem "service_unregistered"."""
    service = one(db, Service, f"{_SERVICE} WHERE id = :id", {"id": service_id})
    return needed(service, "service_unregistered")


def all_services(db: Database, path: str) -> Sequence[Service]:
    """The services of a subtree, the closed ones too, in the order in which they were set up."""
    return rows(db, Service, f"{_SERVICE} WHERE {_BELOW} ORDER BY id", _range(path))


def all_services_in(db: Database, path: str, span: Span) -> Sequence[Service]:
    """The services of the units that stood in a subtree during the whole of a span, the closed ones too."""
    return rows(db, Service, f"{_SERVICE} WHERE unit_id IN ({WHOLLY}) ORDER BY id", inside(path, span))


def all_counters(db: Database, path: str) -> Sequence[Counter]:
    """The counters of a subtree, the closed ones too, in the order in which they were set up."""
    return rows(db, Counter, f"{_COUNTER} WHERE {_BELOW} ORDER BY id", _range(path))


def find_slugs(db: Database, stem: str) -> set[str]:
    """The names in addresses that begin with a stem."""
    sql = "SELECT slug FROM organisations WHERE slug >= :stem AND slug < :after"
    return {str(slug) for (slug,) in db.execute(sql, {"stem": stem, "after": stem + "\uffff"})}


def change(db: Database, organisations: Iterable[Organisation]) -> None:
    """Sets everything about organisations but where they stand, their kind and their name in addresses."""
    update(db, "organisations", Organisation, organisations, fixed=("parent_id", "path", "kind", "slug"))


def move(db: Database, moved: Sequence[Organisation], day: date) -> None:
    """Puts organisations where their parent and path say, from a day on. Before it they stood where they were."""
    placements = [Placement(each.id, each.parent_id, each.path, day.isoformat(), STILL) for each in moved]
    last = (day - timedelta(days=1)).isoformat()
    for placement in placements:
        sql = "UPDATE organisations SET parent_id = :parent_id, path = :path WHERE id = :organisation_id"
        db.execute(sql, vars(placement))
        db.execute(
            "DELETE FROM placements WHERE organisation_id = :organisation_id AND since >= :since",
            vars(placement),
        )
        sql = (
            "UPDATE placements SET until = :last WHERE organisation_id = :organisation_id AND until >= :since"
        )
        db.execute(sql, vars(placement) | {"last": last})
    insert(db, "placements", placements)


def placements_of(db: Database, organisation_id: str) -> Sequence[Placement]:
    """Where an organisation stood in the tree and when, the earliest first."""
    sql = """SELECT organisation_id, parent_id, path, since, until FROM placements
             WHERE organisation_id = :id ORDER BY since"""
    return rows(db, Placement, sql, {"id": organisation_id})


def change_services(db: Database, services: Iterable[Service]) -> None:
    """Sets everything about services but their unit."""
    update(db, "services", Service, services, fixed=("unit_id",))


def add_names(db: Database, names: Iterable[FormerName]) -> None:
    """Keeps names that organisations had."""
    insert(db, "organisation_names", names)


def names_of(db: Database, organisation_id: str) -> Sequence[FormerName]:
    """The former names of an organisation, the latest first."""
    sql = """SELECT id, organisation_id, name, until FROM organisation_names
             WHERE organisation_id = :id ORDER BY id DESC"""
    return rows(db, FormerName, sql, {"id": organisation_id})


def _range(path: str) -> dict[str, str]:
    return {"path": path, "after": path[:-1] + "0"}
