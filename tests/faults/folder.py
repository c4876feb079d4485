"""The folder of the database cannot be written any more, and a worker is replaced meanwhile."""

import os
import time
from pathlib import Path

from tests.faults.load import open_forms, people
from tests.faults.officer import Head
from tests.faults.row import Row
from tests.faults.scene import behind_nginx, open_city
from tests.server import running
from tests.waiting import until

PEOPLE = 8
# Root may write everywhere; this is root without that right, which runs the Python of root's own folders.
ORDINARY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


def read_only(folder: Path, seconds: int) -> Row:
    """Forms and officers' pages open; whoever sends is told to send again, and later it goes on by itself."""
    place = folder / "instance"
    place.mkdir()
    db, city = open_city(place / "skm.sqlite")
    with running(place / "skm.sqlite", folder / "log.txt", within=ORDINARY, SKM_PROXIES="1") as server:
        server.wait_for_workers(2)
        officer = Head(server.address, db, place / "skm.sqlite", city)
        with (
            behind_nginx(server, folder) as (public, trusted),
            people(public, city.token, PEOPLE, trusted) as outcome,
        ):
            until(lambda: len(outcome.receipts) > PEOPLE, seconds=60)
            _allow(place, writing=False)
            for worker in server.workers():
                outcome.mark()
                alive = server.started()
                worker.kill()
                server.wait_for_workers(alive + 1)
            later, end = outcome.later, time.monotonic() + seconds
            open_forms(server.address, city.token, outcome, lambda: time.monotonic() < end)
            officer.read()
            assert outcome.later > later + PEOPLE
            _allow(place, writing=True)
            receipts = len(outcome.receipts)
            until(lambda: len(outcome.receipts) > receipts + 10 * PEOPLE, seconds=60)
    row = outcome.row("folder basis data tidak dapat ditulisi", db, allowed=5)
    db.close()
    return row


def _allow(place: Path, writing: bool) -> None:
    for file in place.iterdir():
        file.chmod(0o600 if writing else 0o400)
    place.chmod(0o700 if writing else 0o500)
