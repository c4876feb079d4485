"""(h) The pages of a unit with 5,000 answers among 1,000,000: processor time of each, from address to bytes."""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from flask.testing import FlaskClient

from bench.city import filled
from bench.report import Line
from skm.app import create_app
from skm.settings import Settings
from skm.store.database import connect

UNITS, MONTHS, ANSWERS = 200, 60, 1_000_000
ROUNDS = 7
GOAL = 100
PAGES = {
    "figures": "/units/{}",
    "of the newest year": "/units/{}?period=2025",
    "method": "/organisations/{}/method",
    "priorities": "/organisations/{}/priorities",
    "who answered": "/organisations/{}/who",
    "sample": "/organisations/{}/sample",
    "frozen periods": "/organisations/{}/freezing",
}


def measure() -> list[Line]:
    """Each page by itself; the first time, when templates are read, does not count."""
    database = filled(UNITS, MONTHS, ANSWERS)
    app = create_app(Settings(database=database, open_pages=True, secret_key="bench " * 6))
    client, slug = app.test_client(), _unit(database)
    return [_line(name, lambda page=page: _open(client, page.format(slug))) for name, page in PAGES.items()]


def _line(name: str, work: Callable[[], None]) -> Line:
    work()
    took = []
    for _ in range(ROUNDS):
        start = process_time()
        work()
        took.append(1000 * (process_time() - start))
    return Line(f"unit page: {name}", median(took), "ms", GOAL, f"{median(took):.0f} ms", "")


def _open(client: FlaskClient, address: str) -> None:
    if client.get(address).status_code != 200:
        raise RuntimeError(f"{address} does not open")


def _unit(database: Path) -> str:
    return str(
        connect(database)
        .execute("SELECT slug FROM organisations WHERE kind = 'unit' ORDER BY id")
        .fetchone()[0]
    )
