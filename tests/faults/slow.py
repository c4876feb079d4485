"""Clients that take their time: with the head of a request, with its body, with reading, with everything."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from tests.faults.load import open_forms, people
from tests.faults.row import Row
from tests.faults.scene import a_served_city

LENGTH = 3_000  # bytes that a slow body promises
BODY = (
    "POST /s/{token} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    f"Content-Length: {LENGTH}\r\n\r\n"
)
HEAD = "GET /s/{token} HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
IDLE = ""
READER = "GET /s/{token} HTTP/1.1\r\nHost: localhost\r\n\r\n" * 400  # more than lies between the two, unread

LONGEST = 90  # seconds until the last of them must be gone


def clients(folder: Path, number: int) -> Row:
    """So many of them, most with slow bodies, at a server without a proxy: they hold nobody up, and are ended."""
    with a_served_city(folder) as (db, city, server):
        kinds = [BODY] * (number - 3 * (number // 10)) + [HEAD, IDLE, READER] * (number // 10)
        starts = [kind.format(token=city.token) for kind in kinds]
        with slow_clients(server.address, starts) as slow, people(server.address, city.token, 4) as outcome:
            ports, begun = {client.port for client in slow}, time.monotonic()
            open_forms(server.address, city.token, outcome, lambda: served(server.address) & ports)
            assert time.monotonic() - begun < LONGEST
        for client, kind in zip(slow, kinds, strict=True):
            if kind == BODY:
                assert client.answer.startswith(b"HTTP/1.1 408"), client.answer[:200]
                assert b"Kiriman terlalu lama di jalan" in client.answer
        return outcome.row(f"{number} pengirim dan pembaca yang lambat, tanpa nginx", db)


class SlowClient:
    """One of them: it sends a byte whenever it is told to, and reads what it is answered."""

    def __init__(self, address: str, start: str) -> None:
        place = urlsplit(address)
        self._socket = socket.create_connection((str(place.hostname), place.port), timeout=30)
        self._socket.sendall(start.encode())
        self._socket.setblocking(False)
        self._sends, self._reads = bool(start), start.count("GET") < 2
        self.port = self._socket.getsockname()[1]
        self.answer = b""
        self.ended = False

    def go_on(self) -> None:
        """One more byte; whether the server has ended it is seen as well."""
        if not self._reads:
            return
        with suppress(OSError):
            if self._sends:
                self._socket.send(b"x")
        try:
            while part := self._socket.recv(65536):
                self.answer += part
            self.ended = True
        except BlockingIOError:
            pass
        except OSError:
            self.ended = True

    def close(self) -> None:
        """Goes away."""
        self._socket.close()


@contextmanager
def slow_clients(address: str, starts: list[str]) -> Iterator[list[SlowClient]]:
    """So many of them, each with a byte a second, until the server has ended it."""
    clients = [SlowClient(address, start) for start in starts]
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(1):
            for client in clients:
                if not client.ended:
                    client.go_on()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield clients
    finally:
        over.set()
        thread.join()
        for client in clients:
            client.go_on()  # what it was answered last
            client.close()


def served(address: str) -> set[int]:
    """The ports of the clients that the server has not ended yet."""
    port = urlsplit(address).port
    its = [each for each in psutil.net_connections("tcp4") if each.laddr.port == port and each.raddr]
    return {each.raddr.port for each in its if each.status in ("ESTABLISHED", "CLOSE_WAIT")}
