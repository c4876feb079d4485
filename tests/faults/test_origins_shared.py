"""The workers count origins together, also the one that replaces another, and no file and no log names an address."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from skm.security import stamps
from skm.store.database import writing
from tests.builders import OPEN, THREES, a_city, stored_answers
from tests.databases import a_database
from tests.faults import load
from tests.journey.traces import addresses
from tests.server import SECRET, running

ADDRESS = "203.0.113.77"


@pytest.fixture
def city(tmp_path):
    """A database with a city that is open now, and the city."""
    with closing(a_database(tmp_path / "skm.sqlite")) as db:
        with writing(db):
            city = a_city(db, **OPEN)
        yield db, city


def answer(address: str, city, clock) -> None:
    """Somebody answers from ADDRESS, over a connection of their own."""
    form = THREES | {"stamp": stamps.issue(city.counter.id, clock, SECRET)}
    kind = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": ADDRESS}
    with closing(load.connect(address, None)) as connection:
        connection.request("POST", f"/s/{city.token}", urlencode(form), kind)
        assert connection.getresponse().status == 303


def test_workers_count_together_and_a_new_one_goes_on(tmp_path, city):
    (db, city), now = city, datetime.now(UTC)
    log = tmp_path / "log.txt"
    with running(tmp_path / "skm.sqlite", log, SKM_PROXIES="1") as server:
        server.wait_for_workers(2)
        workers = server.workers()
        for number in range(2):
            for _ in range(2):
                answer(server.address, city, now)
            workers[number].kill()
            server.wait_for_workers(3 + number)
        answer(server.address, city, now)
        answer(server.address, city, now)
        limits = Path(f"/proc/{server.workers()[0].pid}/limits").read_text()
    assert [row["same_origin"] for row in stored_answers(db)] == [1, 2, 3, 3, 3, 6]
    assert "Max core file size        0" in limits
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.name: addresses(file.read_bytes(), ADDRESS) for file in files} == {f.name: [] for f in files}
