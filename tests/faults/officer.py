"""An officer at a running server."""

import re
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from skm.app import create_app
from skm.settings import Settings
from skm.store.database import Database
from tests.builders import City
from tests.officers import signed_in_as
from tests.server import SECRET

BOUNDARY = "boundary-of-a-test"


class Head:
    """A unit head at a running server, on the page where visitors are imported."""

    def __init__(self, address: str, db: Database, path: Path, city: City) -> None:
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

    def read(self) -> str:
        """The page, as the officer sees it now."""
        status, page, _ = self._request("GET", b"", {})
        assert status == 200, page
        return page

    def _request(self, method: str, body: bytes, headers: dict[str, str]) -> tuple[int, str, Message]:
        connection = HTTPConnection(self._host, timeout=300)
        connection.request(method, self._path, body, headers | {"Cookie": self._cookie})
        response = connection.getresponse()
        page = response.read().decode()
        connection.close()
        return response.status, page, response.headers
