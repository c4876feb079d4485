"""One thread per process that writes the answers: whatever is waiting together is committed together.

Many threads with a connection each poll SQLite's lock and grow a long tail (measured: p99 of 130 to 620 ms with
32 phones); one writer with a shared durable commit answers in a few milliseconds.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from sqlite_utils import Database

from skm.store.database import StoreBusy, begin, cannot_now, connect, ending
from skm.store.patience import PATIENCE, SECONDS, StoreLost
from skm.store.turns import Turns

T = TypeVar("T")
Job = tuple[Callable[[Database], Any], "Future[Any]"]
LARGEST_BATCH = 200
AT_ONCE = 1.0  # seconds that a change may take without needing a place for waiting: many a hundred times what it takes


class Writer:
    """Runs changes one after the other on its own connection; `write` returns once they are on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def write(self, change: Callable[[Database], T], seconds: float = SECONDS) -> T:
        """The result of `change(db)` after its commit; what it raises is raised here, and nothing of it is kept.

        Raises StoreBusy when it cannot be written within some seconds. A change that has not begun by then is not
        made any more; one that has begun may still be, so it must be safe to try again.
        """
        if PATIENCE.is_spent:
            raise StoreBusy("too many are waiting")
        future: Future[T] = Future()
        self._jobs.put((change, future))
        self._keep_running()
        try:
            return future.result(min(AT_ONCE, seconds))
        except TimeoutError as error:
            return self._wait_on(future, seconds - AT_ONCE, error)

    def leave(self, change: Callable[[Database], object]) -> None:
        """Leaves a change to be made with the next ones; nobody waits for it, or hears that it was not made."""
        if not PATIENCE.is_spent:
            self._jobs.put((change, Future()))
            self._keep_running()

    def _wait_on(self, future: "Future[T]", seconds: float, error: TimeoutError) -> T:
        try:
            if future.done():
                return future.result()  # it raised a TimeoutError of its own, or was written just now
            if seconds <= 0:
                raise StoreBusy("it takes too long") from error
            with PATIENCE.place():
                self._keep_running()
                return future.result(seconds)
        except TimeoutError:
            raise StoreBusy("it takes too long") from error
        finally:
            future.cancel()

    def _keep_running(self) -> None:
        """Starts the thread at the first change, and again if it has died.

        Not at import: a server that forks its workers would lose it.
        """
        if self._thread is None or not self._thread.is_alive():
            with self._start:
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
                    self._thread.start()

    def _run(self) -> None:
        with closing(Turns(self._path)) as turns:
            while True:
                with suppress(StoreBusy):
                    self._write_on_one_connection(turns)

    def _write_on_one_connection(self, turns: Turns) -> None:
        """Writes until the database cannot be written: by the next time the disk or the file may be another."""
        db: Database | None = None
        try:
            while True:
                batch = [self._jobs.get()]
                while not self._jobs.empty() and len(batch) < LARGEST_BATCH:
                    batch.append(self._jobs.get())
                try:
                    db = db or connect(self._path)
                    _commit(db, turns, batch)
                except BaseException as error:
                    _refuse(batch, error)
                    # A lost file is not opened again: a new WAL beside the old one would break the database.
                    if not isinstance(error, StoreLost) and not _goes_on(error):
                        raise
        finally:
            if db:
                db.close()


def _goes_on(error: BaseException) -> bool:
    """Whether the connection can be used again."""
    return isinstance(error, Exception) and not isinstance(error, StoreBusy)


def _commit(db: Database, turns: Turns, batch: list[Job]) -> None:
    """Raises what stood in the way of the whole batch."""
    results: list[tuple[Future[Any], Any]] = []
    with turns.turn():
        begin(db)
        with ending(db):
            for change, future in batch:
                if future.set_running_or_notify_cancel():
                    _run_one(db, change, future, results)
    for future, result in results:
        future.set_result(result)


def _refuse(batch: list[Job], error: BaseException) -> None:
    """Raises an error at whoever still waits."""
    for _, future in batch:
        if future.running() or (not future.done() and future.set_running_or_notify_cancel()):
            future.set_exception(error)


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
        if cannot_now(error):
            raise  # a full disk, say: SQLite may have undone the whole transaction
        db.conn.execute("ROLLBACK TO one_change")
        future.set_exception(error)
    db.conn.execute("RELEASE one_change")
