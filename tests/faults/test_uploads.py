"""While files that take long are being read, forms open as always, and the server is as large as before."""

import re
import threading
import time
import urllib.request
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import urlsplit

import psutil
import pytest

from skm.app import create_app
from skm.settings import Settings
from skm.store.database import Database, writing
from tests.bombs import STYLES, a_row_in_the_trillions, workbook
from tests.builders import OPEN, City, a_city
from tests.databases import a_database
from tests.officers import signed_in_as
from tests.server import SECRET, serving
from tests.waiting import until

BOUNDARY = "boundary-of-a-test"
PATIENCE = 20  # seconds: on a machine with other work. `make faults` measures how long a form really takes
ROOM = 80_000_000  # bytes by which a worker may have grown


class Head:
    """A unit head at a running server, on the page where visitors are imported."""

    def __init__(self, address: str, db: Database, path, city: City) -> None:
        app = create_app(Settings(path, address, secret_key=SECRET))
        visitor = signed_in_as(app, db, "unit_head", city.unit, datetime.now(UTC))
        self._host = urlsplit(address).netloc
        self._path = f"/organisations/{city.unit.slug}/visitors?period={city.period.id}"
        self._cookie = f"skm={visitor.cookie('skm')}"
        status, page, headers = self._request("GET", b"", {})
        assert status == 200, page
        self._cookie = headers["Set-Cookie"].partition(";")[0] if "Set-Cookie" in headers else self._cookie
        (self._token,) = set(re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', page))

    def send(self, content: bytes) -> tuple[int, str]:
        """The status and the page with which a file is answered."""
        parts = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{self._token}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="isian.xlsx"\r\n\r\n'
        )
        body = parts.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self._request("POST", body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})[:2]

    def _request(self, method: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, Message]:
        connection = HTTPConnection(self._host, timeout=300)
        connection.request(method, self._path, body, headers | {"Cookie": self._cookie})
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        return response.status, page, response.headers


def a_slow_file() -> bytes:
    """A workbook whose many elements nobody needs: it is read until its limit is reached."""
    return workbook({STYLES: b"<a>" + b"<b/>" * 2_400_000 + b"</a>", "xl/worksheets/sheet1.xml": _rows()})


def _rows() -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<worksheet {main}><sheetData>".encode() + b"<a/>" * 45_000_000 + b"</sheetData></worksheet>"


@pytest.fixture
def serving_city(tmp_path):
    """A running server, a unit head at it, and the address of a form."""
    db = a_database(tmp_path / "skm.sqlite")
    with writing(db):
        city = a_city(db, **OPEN)
    with serving(tmp_path / "skm.sqlite", tmp_path / "log.txt") as address:
        yield Head(address, db, tmp_path / "skm.sqlite", city), f"{address}/s/{city.token}"
    db.close()


def workers(database: str) -> list[psutil.Process]:
    """The processes of the server, without those that read a file: these know no settings."""
    return [each for each in psutil.process_iter() if _database_of(each) == database]


def _database_of(process: psutil.Process) -> str:
    try:
        return str(process.environ().get("SKM_DATABASE", ""))
    except psutil.Error:
        return ""


def readers() -> list[psutil.Process]:
    """The processes that read a file."""
    found = []
    for process in psutil.process_iter():
        try:
            if "skm.output.sandbox.child" in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue
    return found


def test_forms_open_while_nine_bombs_are_read(serving_city, tmp_path):
    head, form = serving_city
    before = {each.pid: each.memory_info().rss for each in workers(str(tmp_path / "skm.sqlite"))}
    answers: list[tuple[int, str]] = []
    bomb = a_slow_file()
    senders = [threading.Thread(target=lambda: answers.append(head.send(bomb))) for _ in range(9)]
    for sender in senders:
        sender.start()
    until(readers, seconds=60)
    opened = 0
    while any(sender.is_alive() for sender in senders):
        urllib.request.urlopen(form, timeout=PATIENCE).close()
        opened += bool(readers())
        time.sleep(0.05)
    assert opened >= 3
    assert [status for status, _ in answers] == [422] * 9
    busy = [page for _, page in answers if "Sedang ada berkas lain dibaca" in page]
    ended = [page for _, page in answers if re.search("MB memori|belum selesai dibaca", page)]
    assert len(busy) + len(ended) == 9
    assert ended
    grown = [each.memory_info().rss - before[each.pid] for each in workers(str(tmp_path / "skm.sqlite"))]
    assert max(grown) < ROOM


def test_a_workbook_with_a_row_in_the_trillions_is_refused_with_its_reason(serving_city):
    head, _ = serving_city
    status, page = head.send(a_row_in_the_trillions())
    assert status == 422
    assert "Ada baris bernomor di atas 1.048.576" in page
