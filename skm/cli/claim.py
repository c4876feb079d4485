"""Database and port, each for one server alone.

With two servers on one of them, some answers would go into a database that nobody looks at.
"""

import errno
import fcntl
import ipaddress
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from skm.store import place

LEAVING = 10.0  # seconds that the processes of a main one that was killed may take to go
QUEUE = 1024  # connections that may wait to be accepted
_FIRST_OF_SYSTEMD = 3  # the file descriptor, by sd_listen_fds(3)
STALLED = 20  # seconds for which the other side may take nothing of an answer


@contextmanager
def claim(database: Path, host: str, port: int) -> Iterator[socket.socket]:
    """Takes database and port for this process, for as long as it serves; yields the socket that listens there.

    Where systemd has opened a socket for it, that is the port.

    Raises ClickException where others serve them.
    """
    try:
        claimed = place.served_note(database).open("a+")
    except OSError as error:
        raise click.ClickException(f"Folder basis data tidak dapat ditulisi: {error}") from error
    with claimed, _take(claimed, database, host, port) as listening:
        place.note_served(database, files=False)
        yield listening


def is_of_this_machine(host: str) -> bool:
    """Whether only this machine itself reaches an address."""
    address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]
    return ipaddress.ip_address(address).is_loopback


def _take(claimed: IO[str], database: Path, host: str, port: int) -> socket.socket:
    until = time.monotonic() + LEAVING
    while True:
        try:
            fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return _listen(host, port)
        except OSError as error:
            passing = error.errno in (errno.EWOULDBLOCK, errno.EADDRINUSE)
            if not passing or time.monotonic() > until:
                raise click.ClickException(_why(error, claimed, database, f"{host}:{port}")) from error
        time.sleep(0.1)


def _why(error: OSError, claimed: IO[str], database: Path, address: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Alamat {address} sudah dipakai proses lain; hentikan dahulu proses itu, atau pilih --port lain."
        )
    if error.errno != errno.EWOULDBLOCK:
        return f"Alamat {address} tidak dapat dipakai: {error.strerror}."
    claimed.seek(0)
    number = json.loads(claimed.read() or "{}").get("process", "?")
    return f"Basis data {database} sedang dilayani proses lain (nomor {number}); hentikan dahulu proses itu."


def _listen(host: str, port: int) -> socket.socket:
    """A socket that all workers accept from: what waits in its queue outlives each of them."""
    listening = _from_systemd() or _bound(host, port)
    # Its connections inherit these. Granian itself keeps one for ever whose other side takes nothing.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED * 1000)
    listening.listen(QUEUE)
    return listening


def _bound(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(QUEUE)
    except OSError:
        listening.close()
        raise
    return listening


def _from_systemd() -> socket.socket | None:
    """The socket of `skm.socket`, if systemd has started this process with it; it outlives the whole service."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS", "0") == "0":
        return None
    return socket.socket(fileno=_FIRST_OF_SYSTEMD)
