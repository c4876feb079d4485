"""However a request is spoiled, the answer is no fault of ours: 20,000 of citizens and 5,000 of officers in CI."""

import os
import socket
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from flask import Flask, got_request_exception
from werkzeug.test import run_wsgi_app

from skm.survey.officer import ROLES
from tests.client import Visitor
from tests.fuzz.odd import Request, environ, on_the_wire, spoiled
from tests.fuzz.pool import offers
from tests.house import House, a_house
from tests.server import serving

# Werkzeug leaves the files of a body that it gives up to Python's tidying up.
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)

PUBLIC, OFFICERS = 20_000, 5_000  # requests
A_SEED = 500  # requests
EVERY = bool(os.environ.get("SKM_EVERY_TEST"))
PUBLIC_SEEDS = range(PUBLIC // A_SEED if EVERY else 4)
LEAVING = (
    "/sign-out",
    "/sign-in/authenticator",
    "/account/password",
)  # what ends the session of the officer who sends
OFFICER_SEEDS = range(1_000, 1_000 + (OFFICERS // A_SEED if EVERY else len(ROLES)))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return a_house(tmp_path / "skm.sqlite")


@pytest.mark.parametrize("seed", PUBLIC_SEEDS)
def test_what_a_citizen_may_send(house, seed):
    city = house.city
    starts = ["/", "/sign-in", "/sw.js", "/logo.png", "/healthz", "/nowhere", "/arrive/x"]
    starts += [
        f"/{page}/{token}" for page in ("s", "kios", "layar") for token in (city.token, city.wide_token)
    ]
    receipt = _answered(house.nobody, city.token)
    assert _faults(house, house.nobody, [*starts, f"/terima-kasih/{receipt}"], seed) == []


@pytest.mark.parametrize("seed", OFFICER_SEEDS)
def test_what_an_officer_may_send(house, seed):
    role = list(ROLES)[seed % len(ROLES)]
    visitor = house.officers[role, "city"]
    readable = [rule for rule in house.app.url_map.iter_rules() if "GET" in rule.methods]
    assert _faults(house, visitor, [house.address(rule.rule) for rule in readable], seed) == []
    assert visitor.open("/account", "GET").status_code == 200  # still signed in, so it was a trial


def test_what_comes_over_the_wire(house, tmp_path):
    """The server itself, too, answers whatever it understands, and lives."""
    starts = ["/", f"/s/{house.city.token}", f"/kios/{house.city.token}"]
    wrong = []
    with serving(tmp_path / "skm.sqlite", tmp_path / "log") as address:
        for request in _requests(house.nobody, starts, 0):
            answer = _sent(urlsplit(address).port or 0, on_the_wire(request, ""))
            if answer.startswith(b"HTTP/1.1 5"):
                wrong.append(f"{request}\n{answer[:500]!r}")
        assert urlopen(address, timeout=5).status == 200
    assert wrong == []


def _sent(port: int, request: bytes) -> bytes:
    """What is answered; nothing, where the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection, suppress(OSError):
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))
    return b""


def _answered(visitor: Visitor, token: str) -> str:
    fields = visitor.open_form(token) | {f"P{n}": "4" for n in range(1, 10)}
    response = visitor.post(f"/s/{token}", fields, 303)
    return response.headers["Location"].rsplit("/", 1)[1].partition("?")[0]


def _faults(house: House, visitor: Visitor, starts: list[str], seed: int) -> list[str]:
    """What was wrong with the answers to a seed's requests, each with its request."""
    wrong = []
    for request in _requests(visitor, starts, seed):
        if fault := _fault(house.app, request, _cookie(visitor)):
            wrong.append(f"seed {seed}: {request}\n{fault}")
    return wrong


def _requests(visitor: Visitor, starts: list[str], seed: int) -> Iterator[Request]:
    pool = [one for one in offers(visitor, starts) if urlsplit(one.address).path not in LEAVING]
    posts, hand = [one for one in pool if one.method == "POST"], Random(seed)
    for _ in range(A_SEED):
        yield spoiled(hand, hand.choice(hand.choice([pool, posts])))


def _cookie(visitor: Visitor) -> str:
    known = visitor.cookies()
    return "; ".join(f"{name}={value}" for name, value in known.items())


def _fault(app: Flask, request: Request, cookie: str) -> str:
    with _raised(app) as raised:
        try:
            _, status, _ = run_wsgi_app(app, environ(request, cookie), buffered=True)
        except Exception:
            return traceback.format_exc()
    return "" if int(status[:3]) < 500 else "\n".join([status, *raised])


@contextmanager
def _raised(app: Flask) -> Iterator[list[str]]:
    """The faults that the application has met meanwhile."""
    found: list[str] = []

    def note(_: Flask, exception: BaseException, **more: Any) -> None:
        found.append("".join(traceback.format_exception(exception)))

    with got_request_exception.connected_to(note, app):
        yield found
