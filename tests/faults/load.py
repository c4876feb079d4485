"""People who answer one after the other, without end, and what became of it."""

import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

from tests.builders import THREES


@dataclass
class Outcome:
    """The receipts that were given, and the requests that got no answer of ours."""

    receipts: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


def connect(address: str, trusted: ssl.SSLContext | None) -> HTTPConnection:
    """A connection as a browser opens it."""
    place = urlsplit(address).netloc
    return (
        HTTPSConnection(place, timeout=30, context=trusted) if trusted else HTTPConnection(place, timeout=30)
    )


@contextmanager
def people(address: str, token: str, number: int, trusted: ssl.SSLContext | None = None) -> Iterator[Outcome]:
    """So many people who go on answering meanwhile; afterwards the outcome is whole."""
    outcome = Outcome()
    arguments = (address, token, outcome, trusted)
    threads = [threading.Thread(target=keep_answering, args=arguments) for _ in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield outcome
    finally:
        outcome.ended.set()
        for thread in threads:
            thread.join()


def keep_answering(address: str, token: str, outcome: Outcome, trusted: ssl.SSLContext | None = None) -> None:
    """Opens forms and sends answers until told to end; what gets no answer is sent again with its stamp."""
    connection = None
    stamp = ""
    while not outcome.ended.is_set():
        try:
            connection = connection or connect(address, trusted)
            if not stamp:
                connection.request("GET", f"/s/{token}")
                response = connection.getresponse()
                page = response.read().decode()
                if response.status != 200:
                    outcome.refused.append(f"GET {response.status}")
                    continue
                (stamp,) = re.findall(r'name="stamp" value="([^"]+)"', page)
            form = urlencode(THREES | {"stamp": stamp})
            connection.request(
                "POST", f"/s/{token}", form, {"Content-Type": "application/x-www-form-urlencoded"}
            )
            response = connection.getresponse()
            response.read()
            if response.status != 303:
                outcome.refused.append(f"POST {response.status}")
                continue
            outcome.receipts.append(response.headers["Location"].rpartition("/")[2])
            stamp = ""
        except (OSError, HTTPException) as error:
            outcome.refused.append(f"{'POST' if stamp else 'GET'} {type(error).__name__}")
            if connection:
                connection.close()
            connection = None
            outcome.ended.wait(0.05)
    if connection:
        connection.close()
