"""While somebody holds the write lock, the running server opens forms, and whoever sends is told so in seconds."""

import re
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlencode

from skm.store.database import writing
from skm.store.patience import PLACES, SECONDS
from tests.builders import OPEN, THREES, a_city, stored_answers
from tests.databases import a_database
from tests.server import serving

PEOPLE = 40  # more than the server has threads
AT_ONCE = SECONDS  # a generous bound for "does not wait for the lock", which is held for three times as long


def form_of(address: str) -> str:
    """The stamp of a form that is opened now."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return re.findall(r'name="stamp" value="([^"]+)"', answer.read().decode())[0]


def send(address: str, stamp: str, outcomes: list[tuple[int, bool]]) -> None:
    """Sends an answer; notes the status, and whether what was typed came back."""
    form = urlencode(THREES | {"stamp": stamp, "comment": "Mantap"}).encode()
    try:
        with urllib.request.urlopen(address, form, timeout=60) as answer:
            outcomes.append((answer.status, False))
    except urllib.error.HTTPError as refused:
        outcomes.append((refused.code, b"Mantap" in refused.read()))


def test_forms_open_while_the_lock_is_held_and_every_answer_arrives_once(tmp_path):
    db = a_database(tmp_path / "skm.sqlite")
    with writing(db):
        token = a_city(db, **OPEN).token
    outcomes: list[tuple[int, bool]] = []
    with serving(tmp_path / "skm.sqlite", tmp_path / "log.txt") as server:
        address = f"{server}/s/{token}"
        stamps = [form_of(address) for _ in range(PEOPLE)]
        people = [threading.Thread(target=send, args=(address, stamp, outcomes)) for stamp in stamps]
        other = sqlite3.connect(tmp_path / "skm.sqlite")
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        for person in people:
            person.start()
        waits = []
        while time.monotonic() - begun < 3 * SECONDS:
            asked = time.monotonic()
            form_of(address)
            waits.append(time.monotonic() - asked)
        for person in people:
            person.join()
        assert outcomes == [(503, True)] * PEOPLE
        assert max(waits) < AT_ONCE
        other.rollback()
        for stamp in stamps:
            send(address, stamp, outcomes)
    other.close()
    assert outcomes[PEOPLE:] == [(200, False)] * PEOPLE
    assert len(stored_answers(db)) == PEOPLE > 2 * PLACES
    db.close()
