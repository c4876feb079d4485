"""How many threads of a process may wait while the database cannot be written.

Whoever waits holds a thread of the server, and readers need threads too: a form must open while others wait. So some
may wait for a few seconds, and who comes when all these places are taken is told at once that the database is busy.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

PLACES = 6  # of the server's threads; the others stay free for reading
SECONDS = 5.0  # that anyone waits; the person at the other end has the answer still on the screen


class StoreBusy(Exception):
    """The database could not take the change in time; nothing was written, and trying again is safe."""


class StoreLost(StoreBusy):
    """A file of the database was deleted or replaced under the server: only a new start helps."""


class Patience:
    """A number of places for waiting."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = places
        self._lock = threading.Lock()
        self._waiting = 0

    @property
    def is_spent(self) -> bool:
        """Whether every place is taken, as when writing has not been possible for a while."""
        return self._waiting >= self._places

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place to wait in; raises StoreBusy where none is free."""
        with self._lock:
            if self.is_spent:
                raise StoreBusy("too many are waiting")
            self._waiting += 1
        try:
            yield
        finally:
            with self._lock:
                self._waiting -= 1


PATIENCE = Patience()  # of this process
