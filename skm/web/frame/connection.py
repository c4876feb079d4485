"""The database as a request sees it: a reading connection of its own thread, and the process's one writer."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import current_app, g, request

from skm.security import origins
from skm.security.origins import Origin
from skm.settings import Settings
from skm.store.database import Database, connect
from skm.store.patience import SECONDS
from skm.store.remembered import look_once
from skm.store.writer import Writer

T = TypeVar("T")


class Connections:
    """The connections of one process to one database."""

    def __init__(self, settings: Settings, clock: Callable[[], datetime] | None) -> None:
        self.settings = settings
        self.clock = clock or (lambda: datetime.now(UTC))
        self._path: Path = settings.database
        self._own = threading.local()
        self.writer = Writer(settings.database)
        self.origins = origins.here()

    def reading(self) -> Database:
        """This thread's connection."""
        if not hasattr(self._own, "db"):
            self._own.db = connect(self._path)
        return cast(Database, self._own.db)


def store() -> Database:
    """The database, for reading and for an officer's own changes; a request looks once whether the set-up changed."""
    db: Database | None = g.get("store")
    if db is None:
        db = g.store = _connections().reading()
        look_once(db)
    return db


def write(change: Callable[[Database], T], seconds: float = SECONDS) -> T:
    """Makes a change through the writer that commits what is waiting together; for citizens' answers.

    Raises StoreBusy where it cannot be written within some seconds.
    """
    return _connections().writer.write(change, seconds)


def leave(change: Callable[[Database], object]) -> None:
    """Leaves a change to the writer, for what may be lost: no request waits for it."""
    _connections().writer.leave(change)


def settings() -> Settings:
    """The settings of this installation."""
    return _connections().settings


def origin() -> Origin:
    """Where the request comes from: its address, past as many proxies as the settings say, to be counted."""
    return Origin(request.remote_addr or "", _connections().origins)


def now() -> datetime:
    """The moment, in UTC."""
    return _connections().clock()


def _connections() -> Connections:
    return cast(Connections, cast(Any, current_app).extensions["skm"])
