"""Somebody tries a thousand passwords on the real server; the owner of the account still gets in."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest
from click.testing import CliRunner

from skm.cli import main
from skm.security import passwords
from skm.store.database import writing
from tests import html_pages
from tests.builders import a_city
from tests.databases import a_database
from tests.officers import PASSWORD, an_officer
from tests.server import serving

NEW = "kapur barus lemari biru tua"
TRIES = 1000


class Browser:
    """One connection with one jar of cookies."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
        self.cookies: dict[str, str] = {}
        self._token = ""

    def get(self, path: str) -> tuple[int, str]:
        return self._sent("GET", path, None)

    def send(self, path: str, **typed: str) -> tuple[int, str]:
        """Sends the form of the page that was opened last."""
        return self._sent("POST", path, urlencode({"csrf_token": self._token} | typed))

    def _sent(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        held = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": held, "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        page = response.read().decode()
        if not response.headers.get("Location"):
            html_pages.gather(f"{method} {path}", response.status, page.encode())
        self._connection.close()  # the next request may reach another worker
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        for token in re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[-1:]:
            self._token = token
        return response.status, page


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """What a thousand wrong passwords from eight browsers at once were answered, and the server still running."""
    folder = tmp_path_factory.mktemp("attack")
    db = a_database(folder / "skm.sqlite")
    with writing(db):
        city = a_city(db)
    hashed = passwords.hash_password(PASSWORD)  # judging takes its time, as in production
    budi = an_officer(db, "unit_head", city.unit, hashed=hashed)
    with serving(folder / "skm.sqlite", folder / "log.txt", workers=4) as address:
        own, answers, known = threading.local(), Counter(), Browser(address)
        known.get("/sign-in")
        known.send("/sign-in", email=budi.email, password=PASSWORD)
        known.cookies.pop("skm")  # signed out, say

        def attempt(number: int) -> str:
            if not hasattr(own, "browser"):
                own.browser = Browser(address)
                own.browser.get("/sign-in")
            status, page = own.browser.send("/sign-in", email=budi.email, password=f"wrong {number}")
            return "stopped" if "Terlalu banyak percobaan" in page else f"judged {status}"

        with ThreadPoolExecutor(8) as eight:
            answers.update(eight.map(attempt, range(TRIES)))
        parts = {"db": db, "budi": budi, "folder": folder, "city": city, "known": known}
        yield {"answers": answers, "address": address, **parts}
    db.close()


def test_ten_passwords_are_judged_by_all_workers_together_and_no_more(attacked):
    assert attacked["answers"] == {"judged 422": 10, "stopped": TRIES - 10}


def test_what_is_stopped_writes_nothing(attacked):
    assert attacked["db"].execute("SELECT count(*) FROM attempts").fetchone() == (10,)


def test_the_right_password_does_not_help_the_attacker(attacked):
    browser = Browser(attacked["address"])
    browser.get("/sign-in")
    status, page = browser.send("/sign-in", email=attacked["budi"].email, password=PASSWORD)
    assert (status, "Terlalu banyak percobaan" in page) == (429, True)


def test_the_owner_gets_in_where_the_owner_came_in_before(attacked):
    attacked["known"].get("/sign-in")
    status, _ = attacked["known"].send("/sign-in", email=attacked["budi"].email, password=PASSWORD)
    assert status == 303
    assert attacked["known"].get("/account")[0] == 200
    assert attacked["db"].execute("SELECT count(*) FROM attempts").fetchone() == (
        10,
    )  # no new tries for the others


def test_the_owner_gets_in_by_the_link_that_the_server_prints(attacked):
    environment = {
        "SKM_DATABASE": str(attacked["folder"] / "skm.sqlite"),
        "SKM_ADDRESS": attacked["address"],
    }
    said = CliRunner().invoke(main, ["officer", "link", attacked["budi"].email], env=environment).output
    path = urlsplit(said.split()[-1]).path
    browser = Browser(attacked["address"])
    browser.get(path)
    assert browser.send(path, password=NEW, again=NEW)[0] == 303
    status, page = browser.get("/account")
    assert status == 200
    assert "Budi" in page


def test_the_server_printed_one_set_up_link_for_all_its_workers(attacked):
    said = (attacked["folder"] / "log.txt").read_text()
    assert len(re.findall(rf"{attacked['address']}/set-up/[\w-]{{43}}\n", said)) == 1
