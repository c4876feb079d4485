"""One thread per process that writes the answers: whatever is waiting together is committed together.

Many threads with a connection each poll SQLite's lock and grow a long tail (measured: p99 of 130 to 620 ms with
32 phones); one writer with a shared durable commit answers in a few milliseconds.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlite_utils import Database

from skm.store.database import connect, writing
from skm.store.turns import Turns

T = TypeVar("T")
Job = tuple[Callable[[Database], Any], "Future[Any]"]
LARGEST_BATCH = 200


class Writer:
    """Runs changes one after the other on its own connection; `write` returns once they are on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def write(self, change: Callable[[Database], T]) -> T:
        """The result of `change(db)` after its commit; what it raises is raised here, and nothing of it is kept."""
        future: Future[T] = Future()
        self._jobs.put((change, future))
        if self._thread is None:
            self._begin()
        return future.result()

    def _begin(self) -> None:
        # Started at the first change, not at import: a server that forks its workers would lose the thread.
        with self._start:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        db, turns = connect(self._path), Turns(self._path)
        while True:
            batch = [self._jobs.get()]
            while not self._jobs.empty() and len(batch) < LARGEST_BATCH:
                batch.append(self._jobs.get())
            _commit(db, turns, batch)


def _commit(db: Database, turns: Turns, batch: list[Job]) -> None:
    results: list[tuple[Future[Any], Any]] = []
    try:
        with turns.turn(), writing(db):
            for change, future in batch:
                _run_one(db, change, future, results)
    except Exception as error:
        for future, _ in results:
            future.set_exception(error)
        for _, future in batch:
            if not future.done():
                future.set_exception(error)
        return
    for future, result in results:
        future.set_result(result)


def _run_one(
    db: Database,
    change: Callable[[Database], Any],
    future: "Future[Any]",
    results: list[tuple["Future[Any]", Any]],
) -> None:
    """A change that fails is undone alone; its neighbours in the batch are kept."""
    db.conn.execute("SAVEPOINT one_change")
    try:
        results.append((future, change(db)))
    except Exception as error:
        db.conn.execute("ROLLBACK TO one_change")
        future.set_exception(error)
    db.conn.execute("RELEASE one_change")
