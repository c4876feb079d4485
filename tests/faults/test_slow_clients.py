"""Without a proxy, whoever sends or reads slowly holds nobody up, and is ended."""

import time
import urllib.request

import pytest

from skm.store.database import writing
from tests.builders import OPEN, a_city
from tests.databases import a_database
from tests.faults import load
from tests.faults.slow import BODY, HEAD, IDLE, READER, served, slow_clients
from tests.server import serving

PATIENCE = 5  # seconds, on a machine with other work; `make faults` asks for two
LONGEST = 60  # seconds until the last slow client must be gone


@pytest.fixture
def city(tmp_path):
    db = a_database(tmp_path / "skm.sqlite")
    with writing(db):
        token = a_city(db, **OPEN).token
    with serving(tmp_path / "skm.sqlite", tmp_path / "log.txt") as address:
        yield address, token
    db.close()


def test_two_hundred_slow_clients_hold_nobody_up_and_are_ended(city):
    address, token = city
    kinds = {BODY: 140, HEAD: 20, IDLE: 20, READER: 20}
    starts = [kind.format(token=token) for kind, number in kinds.items() for _ in range(number)]
    waits = []
    with slow_clients(address, starts) as clients, load.people(address, token, 2) as outcome:
        begun = time.monotonic()
        while served(address) & {client.port for client in clients}:
            assert time.monotonic() - begun < LONGEST
            asked = time.monotonic()
            urllib.request.urlopen(f"{address}/s/{token}", timeout=30).close()
            waits.append(time.monotonic() - asked)
            time.sleep(0.1)
    assert max(waits) < PATIENCE
    assert outcome.refused == []
    assert len(outcome.receipts) > len(waits)
    for client in clients[: kinds[BODY]]:
        assert client.answer.startswith(b"HTTP/1.1 408")
        assert b"Kiriman terlalu lama di jalan" in client.answer
