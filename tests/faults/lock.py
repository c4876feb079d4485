"""Somebody holds the write lock for half a minute."""

import sqlite3
import time
from pathlib import Path

from tests.faults.load import open_forms, people
from tests.faults.row import Row
from tests.faults.scene import a_served_city
from tests.waiting import until

PEOPLE = 40  # more than the server has threads


def held(folder: Path, seconds: int) -> Row:
    """Everybody who sends is told so within seconds; forms open meanwhile."""
    with a_served_city(folder) as (db, city, server):
        with people(server.address, city.token, PEOPLE) as outcome:
            other = sqlite3.connect(folder / "skm.sqlite")
            other.execute("BEGIN IMMEDIATE")
            until(lambda: outcome.later > PEOPLE / 2, seconds=60)
            until_then = time.monotonic() + seconds
            open_forms(server.address, city.token, outcome, lambda: time.monotonic() < until_then)
            other.rollback()
            other.close()
            receipts = len(outcome.receipts)
            until(lambda: len(outcome.receipts) > receipts + PEOPLE, seconds=60)
        return outcome.row(f"kunci tulis dipegang proses lain, {seconds} detik", db)
