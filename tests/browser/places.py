"""Cities with a running server, for a browser to walk through."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from skm.app import create_app
from skm.settings import Settings
from skm.store import instruments, organisations
from skm.store.database import Database, connect, writing
from skm.survey.instrument_file import builtin_source
from skm.survey.organisation import Counter
from skm.usecases.demo.build import build_demo
from skm.usecases.demo.city import TIME_ZONE
from tests.builders import City, a_city, a_counter, a_period, a_service, an_organisation, stored_answers
from tests.databases import a_database
from tests.officers import signed_in_as
from tests.server import SECRET, serving

UNIT = "uptd-puskesmas-iii-denpasar-utara"  # of the demo city: its index rises, and its grade is not certain
ALWAYS = {"opens": date(2000, 1, 1), "closes": date(2100, 1, 1)}


@dataclass(frozen=True)
class Demo:
    """The demo city's server with its database, and one counter of UNIT."""

    address: str
    database: Path
    counter_id: str
    token: str


@dataclass(frozen=True)
class Town:
    """A small city's server with its database; `mixed` is the token of a counter that asks for the service first."""

    address: str
    db: Database
    city: City
    mixed: str

    def new_counter(self, services: int = 1) -> tuple[Counter, str]:
        """A counter of this test alone, and its token."""
        with writing(self.db):
            return a_counter(self.db, self.city.unit, "Loket 1", self.city.services[:services])

    def answers(self, counter: Counter) -> list[dict[str, str]]:
        """The stored answers of a counter."""
        return stored_answers(self.db, "counter_id = :c", c=counter.id)


@contextmanager
def serve_demo(folder: Path) -> Iterator[Demo]:
    """The demo city with answers until today."""
    db = a_database(folder / "skm.sqlite")
    build_demo(db, datetime.now(ZoneInfo(TIME_ZONE)).date())
    sql = (
        "SELECT counters.id, token FROM tokens JOIN counters ON counters.id = counter_id "
        "JOIN organisations ON organisations.id = unit_id WHERE slug = :unit AND counters.name = 'Poli KIA/KB'"
    )
    (row,) = db.query(sql, {"unit": UNIT})
    db.close()
    with serving(folder / "skm.sqlite", folder / "log.txt", workers=1) as address:
        yield Demo(address, folder / "skm.sqlite", row["id"], row["token"])


@contextmanager
def serve_town(folder: Path) -> Iterator[Town]:
    """A city whose surveys are always open; one unit answers SKM Online, whose questions depend on the service."""
    db = a_database(folder / "skm.sqlite")
    with writing(db):
        city = a_city(db, **ALWAYS)
        unit = an_organisation(db, city.agency, "unit", "Dinas Kesehatan Daring")
        services = (
            a_service(db, unit, "Izin praktik di loket"),
            a_service(db, unit, "Izin praktik daring", "online"),
        )
        ids = instruments.add(db, builtin_source("skm-online-16"))
        a_period(db, unit, ids["skm-online-16"], **ALWAYS)
        _, mixed = a_counter(db, unit, "Meja Izin", services)
    with serving(folder / "skm.sqlite", folder / "log.txt", workers=2) as address:
        yield Town(address, db, city, mixed)
    db.close()


def cookie_of(database: Path, address: str, role: str) -> dict[str, str]:
    """The cookie of somebody who acts in a role over the whole city of a running server."""
    app, db = create_app(Settings(database, address, secret_key=SECRET)), connect(database)
    root = organisations.find_root(db)
    assert root is not None
    visitor = signed_in_as(app, db, role, root, datetime.now(UTC))
    db.close()
    return {"name": "skm", "value": visitor.cookie("skm"), "url": address}
