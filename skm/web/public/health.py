"""For what watches the server: whether it answers, and whether it can write."""

from flask import Blueprint

from skm.store import installation
from skm.store.database import StoreBusy
from skm.web.frame.connection import now, store, write

health = Blueprint("health", __name__)
DOORS = {"health.show_health": "anyone", "health.show_readiness": "anyone"}
SOON = 2.0  # seconds
Words = tuple[str, int, dict[str, str]]


@health.get("/healthz")
def show_health() -> Words:
    """Whether the process answers at all; asks nothing of the database."""
    return _words("hidup", 200)


@health.get("/readyz")
def show_readiness() -> Words:
    """Whether the database can be written, by writing to it, at most once a second."""
    second = now().isoformat(timespec="seconds")
    try:
        if installation.find(store(), "ready") != second:
            write(lambda db: installation.change(db, "ready", second), SOON)
    except StoreBusy:
        return _words("tidak dapat menulis", 503)
    return _words("siap", 200)


def _words(words: str, status: int) -> Words:
    return f"{words}\n", status, {"Content-Type": "text/plain; charset=utf-8"}
