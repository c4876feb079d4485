"""A city with one open counter, a server in front of it, and nginx before that."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from skm.store.database import Database, writing
from tests import nginx
from tests.builders import OPEN, City, a_city
from tests.databases import a_database
from tests.server import Running, running


@contextmanager
def a_served_city(
    folder: Path, by_systemd: bool = False, **more: str
) -> Iterator[tuple[Database, City, Running]]:
    """Its database, the city, and the server."""
    db, city = open_city(folder / "skm.sqlite")
    with running(folder / "skm.sqlite", folder / "log.txt", by_systemd=by_systemd, **more) as server:
        server.wait_for_workers(2)
        yield db, city, server
    db.close()


def open_city(path: Path) -> tuple[Database, City]:
    """A new database with a city whose period is open."""
    db = a_database(path)
    with writing(db):
        return db, a_city(db, **OPEN)


@contextmanager
def behind_nginx(server: Running, folder: Path) -> Iterator[tuple[str, ssl.SSLContext]]:
    """The public address of a server behind the guide's nginx, and the trust in it."""
    port = urlsplit(server.address).port
    assert port
    with nginx.before(port, folder) as (public, authority):
        trusted = ssl.create_default_context()
        authority.configure_trust(trusted)
        yield public, trusted


def processes_of(database: Path) -> list[psutil.Process]:
    """The server's processes, without those that read a file: these know no settings."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("SKM_DATABASE") == str(database):
                found.append(process)
        except psutil.Error:
            continue
    return found
