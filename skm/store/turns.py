"""Processes that take turns at writing.

SQLite lets a second writer poll with growing pauses; a lock of the operating system wakes it at once.
It is a courtesy, not a guard: the database's own lock still decides.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


class Turns:
    """A queue of processes in front of one database, held by a lock on a file beside it."""

    def __init__(self, database: Path) -> None:
        try:
            self._file: TextIO | None = Path(f"{database}-turns").open("w")  # noqa: SIM115 - for as long as the process
        except OSError:  # a folder that cannot be written: whether the database can be is for SQLite to say
            self._file = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until no other process is writing through its own turns."""
        if self._file is None:
            yield
            return
        fcntl.flock(self._file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Leaves the queue."""
        if self._file:
            self._file.close()
