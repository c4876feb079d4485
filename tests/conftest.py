"""What every test may ask for: an empty city of the smallest kind, a citizen, and an officer."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from skm.settings import Settings
from skm.store.database import Database
from skm.usecases.deed import SERVER, Deed
from tests.applications import an_application
from tests.builders import City
from tests.client import Visitor
from tests.databases import a_database, the_city
from tests.officers import signed_in_as

pytest_plugins = ["tests.programs", "tests.units", "tests.html_verdict"]

# The same examples in every run, however slow the machine: a failure is never a matter of luck. CI tries more of them.
hypothesis_settings.register_profile("brief", derandomize=True, deadline=None, max_examples=25)
hypothesis_settings.register_profile("full", derandomize=True, deadline=None, max_examples=100)
hypothesis_settings.load_profile("full" if os.environ.get("SKM_EVERY_TEST") else "brief")

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)  # 12.00 WITA on a Monday
DEED = Deed(SERVER, NOON)  # where it does not matter who acts, and when


class Clock:
    """A clock that a test can set."""

    def __init__(self) -> None:
        self.moment = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database on disk, as in production."""
    db = a_database(tmp_path / "skm.sqlite")
    yield db
    db.close()


@pytest.fixture
def city(db: Database) -> City:
    """One government, one agency, Puskesmas I with two counters and an open year 2026."""
    return the_city(db)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        database=tmp_path / "skm.sqlite",
        address="https://skm.example.go.id",
        open_pages=True,
        secret_key="a secret for tests, long enough to be one",
    )


@pytest.fixture
def app(settings, city, clock):
    return an_application(settings, clock)


@pytest.fixture
def tamu(app) -> Visitor:
    """A citizen with a browser that keeps no cookies."""
    return Visitor(app.test_client(use_cookies=False))


@pytest.fixture
def signed_in(app, db, clock) -> Callable[..., Visitor]:
    """`signed_in("unit_head", city.unit)`: a browser in which somebody acts in this role there."""
    return lambda role, organisation: signed_in_as(app, db, role, organisation, clock())


@pytest.fixture
def sari(signed_in, city) -> Visitor:
    """The head of Bagian Organisasi."""
    return signed_in("organisasi", city.government)


@pytest.fixture
def budi(signed_in, city) -> Visitor:
    """The head of Puskesmas I."""
    return signed_in("unit_head", city.unit)


@pytest.fixture
def wati(signed_in, city) -> Visitor:
    """At a counter of Puskesmas I."""
    return signed_in("counter_staff", city.unit)


@pytest.fixture
def agus(signed_in, city) -> Visitor:
    """The auditor of the city."""
    return signed_in("auditor", city.government)


@pytest.fixture
def admin(signed_in, city) -> Visitor:
    """Who gives out rights."""
    return signed_in("admin", city.government)
