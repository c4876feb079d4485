"""People who answer one after the other, without end, and what became of it."""

import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from itertools import count
from urllib.parse import urlencode, urlsplit

from skm.store.database import Database
from tests.builders import THREES, stored_answers
from tests.faults.row import SOON, Row

_numbers = count(1)


@dataclass
class Outcome:
    """What people were told: a receipt for each comment, to send again, or nothing of ours."""

    receipts: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    later: int = 0
    waits: list[float] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)  # how many were refused when an event began
    ended: threading.Event = field(default_factory=threading.Event)

    def mark(self) -> None:
        """Notes that an event begins."""
        self.marks.append(len(self.refused))

    def row(self, fault: str, db: Database, allowed: int | None = 0, soon: float | None = SOON) -> Row:
        """How it went, by what is stored in the end."""
        stored = {answer["receipt"]: answer for answer in stored_answers(db)}
        comments = [answer["comment"] for answer in stored_answers(db)]
        broken = [one for one in stored.values() if one["scores"] != "3" * 9 or not one["comment"]]
        odd = [row for (row,) in db.execute("PRAGMA integrity_check") if row != "ok"]
        odd += [str(row) for row in db.execute("PRAGMA foreign_key_check")]
        ends = [*self.marks, len(self.refused)][1:]
        return Row(
            fault,
            answers=len(self.receipts),
            lost=len(self.receipts.keys() - stored.keys()),
            doubled=len(comments) - len(set(comments)),
            partial=len(broken) + len(odd),
            refused=len(self.refused),
            at_once=max(
                (end - begin for begin, end in zip(self.marks, ends, strict=True)), default=len(self.refused)
            ),
            later=self.later,
            longest=max(self.waits, default=0),
            allowed=allowed,
            soon=soon,
        )


def connect(address: str, trusted: ssl.SSLContext | None) -> HTTPConnection:
    """A connection as a browser opens it."""
    place = urlsplit(address).netloc
    if trusted:
        return HTTPSConnection(place, timeout=60, context=trusted)
    return HTTPConnection(place, timeout=60)


@contextmanager
def people(address: str, token: str, number: int, trusted: ssl.SSLContext | None = None) -> Iterator[Outcome]:
    """So many people who go on answering meanwhile; afterwards the outcome is whole."""
    outcome = Outcome()
    persons = [Person(address, token, outcome, trusted) for _ in range(number)]
    for person in persons:
        person.start()
    try:
        yield outcome
    finally:
        outcome.ended.set()
        for person in persons:
            person.join()


def open_forms(address: str, token: str, outcome: Outcome, goes_on: Callable[[], object]) -> None:
    """Somebody who opens one form after the other, each on a new connection, while something goes on."""
    while goes_on():
        connection = connect(address, None)
        asked = time.monotonic()
        connection.request("GET", f"/s/{token}")
        assert connection.getresponse().read()
        outcome.waits.append(time.monotonic() - asked)
        connection.close()
        time.sleep(0.1)


class Person(threading.Thread):
    """Opens forms and sends answers until told to end; what got no receipt is sent again with its stamp."""

    def __init__(self, address: str, token: str, outcome: Outcome, trusted: ssl.SSLContext | None) -> None:
        super().__init__()
        self._address, self._path, self._outcome, self._trusted = address, f"/s/{token}", outcome, trusted
        self._connection: HTTPConnection | None = None
        self._stamp, self._comment = "", ""

    def run(self) -> None:
        """One answer after the other."""
        while not self._outcome.ended.is_set():
            try:
                self._connection = self._connection or connect(self._address, self._trusted)
                if self._stamp:
                    self._send(self._connection)
                else:
                    self._open(self._connection)
            except (OSError, HTTPException) as error:
                self._refuse(f"{'POST' if self._stamp else 'GET'} {type(error).__name__}")
        if self._connection:
            self._connection.close()

    def _open(self, connection: HTTPConnection) -> None:
        asked = time.monotonic()
        status, page, _ = self._ask(connection, "GET", None)
        if status != 200:
            return self._refuse(f"GET {status}")
        self._outcome.waits.append(time.monotonic() - asked)
        (self._stamp,) = re.findall(r'name="stamp" value="([^"]+)"', page)
        self._comment = f"Loket {next(_numbers)} cepat"
        return None

    def _send(self, connection: HTTPConnection) -> None:
        form = urlencode(THREES | {"stamp": self._stamp, "comment": self._comment})
        status, page, location = self._ask(connection, "POST", form)
        if status == 303:
            self._outcome.receipts[location.rpartition("/")[2]] = self._comment
            self._stamp = ""
        elif status == 503 and self._comment in page:
            self._outcome.later += 1
            self._outcome.ended.wait(0.2)
        else:
            self._refuse(f"POST {status}")

    def _ask(self, connection: HTTPConnection, method: str, form: str | None) -> tuple[int, str, str]:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        connection.request(method, self._path, form, headers)
        response = connection.getresponse()
        return response.status, response.read().decode(), response.headers.get("Location", "")

    def _refuse(self, why: str) -> None:
        self._outcome.refused.append(why)
        if self._connection:
            self._connection.close()
        self._connection = None
        self._outcome.ended.wait(0.05)
