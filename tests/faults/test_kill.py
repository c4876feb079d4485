"""A server that is killed loses no answer that it has confirmed."""

import os
import re
import signal
import threading
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

import psutil

from skm.store.database import writing
from tests.builders import OPEN, THREES, a_city
from tests.databases import a_database
from tests.server import serving


def keep_answering(address: str, token: str, receipts: set[str]) -> None:
    """Sends answers until the server is gone; notes the receipts it was given."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    try:
        while True:
            connection.request("GET", f"/s/{token}")
            page = connection.getresponse().read().decode()
            (stamp,) = re.findall(r'name="stamp" value="([^"]+)"', page)
            form = urlencode(THREES | {"stamp": stamp})
            connection.request(
                "POST", f"/s/{token}", form, {"Content-Type": "application/x-www-form-urlencoded"}
            )
            response = connection.getresponse()
            response.read()
            receipts.add(response.headers["Location"].rpartition("/")[2])
    except (OSError, HTTPException):
        connection.close()


def test_every_receipt_survives_a_kill(tmp_path):
    db = a_database(tmp_path / "skm.sqlite")
    with writing(db):
        token = a_city(db, **OPEN).token
    receipts: set[str] = set()
    with serving(tmp_path / "skm.sqlite", tmp_path / "log.txt") as address:
        people = [threading.Thread(target=keep_answering, args=(address, token, receipts)) for _ in range(8)]
        for person in people:
            person.start()
        while len(receipts) < 200 and any(person.is_alive() for person in people):
            people[0].join(0.02)
        kill_everything_that_serves(tmp_path)
        for person in people:
            person.join()
    stored = {receipt for (receipt,) in db.execute("SELECT receipt FROM responses")}
    assert len(receipts) >= 200
    assert receipts <= stored
    db.close()


def kill_everything_that_serves(folder) -> None:
    """SIGKILL to the server and its workers, as when the power goes."""
    database = str(folder / "skm.sqlite")
    for process in psutil.process_iter():
        try:
            if process.environ().get("SKM_DATABASE") == database:
                os.kill(process.pid, signal.SIGKILL)
        except (psutil.Error, ProcessLookupError):
            continue
