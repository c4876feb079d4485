"""One thread per process that writes the answers: whatever is waiting together is committed together.

Many threads with a connection each poll SQLite's lock and grow a long tail (measured: p99 of 130 to 620 ms with
32 phones); one writer with a shared durable commit answers in a few milliseconds.
"""

import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Generic, TypeVar, cast

from sqlite_utils import Database

from skm.store.database import StoreBusy, begin, cannot_now, connect, ending
from skm.store.patience import PATIENCE, SECONDS, StoreLost
from skm.store.turns import Turns

T = TypeVar("T")
LARGEST_BATCH = 200
AT_ONCE = 1.0  # seconds that a change may take without needing a place for waiting: many a hundred times what it takes


class Job(Generic[T]):
    """A change that waits to be made, and what came of it: two bare locks. A Future costs some 3 % of a survey."""

    def __init__(self, change: Callable[[Database], T]) -> None:
        self.change = change
        self.ended = False
        self._result: T | None = None
        self._error: BaseException | None = None
        self._claim = threading.Lock()  # of the writer, which begins it, or of who waited and gives up
        self._end = threading.Lock()  # held until it has ended
        self._end.acquire()

    def begin(self) -> bool:
        """Whether it is to be made; from now on nobody can give it up."""
        return self._claim.acquire(blocking=False)

    def give_up(self) -> None:
        """Lets it not be made, unless it has begun."""
        self._claim.acquire(blocking=False)

    def end(self, result: T | None = None, error: BaseException | None = None) -> None:
        """Says what came of it."""
        self._result, self._error, self.ended = result, error, True
        self._end.release()

    def wait(self, seconds: float) -> bool:
        """Whether it has ended within so many seconds."""
        return self._end.acquire(timeout=seconds)

    @property
    def outcome(self) -> T:
        """What the change gave; raises what it raised, or what stood in its way."""
        if self._error:
            raise self._error
        return cast(T, self._result)


class Writer:
    """Runs changes one after the other on its own connection; `write` returns once they are on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._jobs: SimpleQueue[Job[Any]] = SimpleQueue()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def write(self, change: Callable[[Database], T], seconds: float = SECONDS) -> T:
        """The result of `change(db)` after its commit; what it raises is raised here, and nothing of it is kept.

        Raises StoreBusy when it cannot be written within some seconds. A change that has not begun by then is not
        made any more; one that has begun may still be, so it must be safe to try again.
        """
        if PATIENCE.is_spent:
            raise StoreBusy("too many are waiting")
        job = Job(change)
        self._jobs.put(job)
        self._keep_running()
        if not job.wait(min(AT_ONCE, seconds)):
            self._wait_on(job, seconds - AT_ONCE)
        return job.outcome

    def leave(self, change: Callable[[Database], object]) -> None:
        """Leaves a change to be made with the next ones; nobody waits for it, or hears that it was not made."""
        if not PATIENCE.is_spent:
            self._jobs.put(Job(change))
            self._keep_running()

    def _wait_on(self, job: Job[Any], seconds: float) -> None:
        try:
            if seconds <= 0:
                raise StoreBusy("it takes too long")
            with PATIENCE.place():
                self._keep_running()
                if not job.wait(seconds):
                    raise StoreBusy("it takes too long")
        except StoreBusy:
            job.give_up()
            raise

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


def _commit(db: Database, turns: Turns, batch: list[Job[Any]]) -> None:
    """Raises what stood in the way of the whole batch."""
    with turns.turn():
        begin(db)
        with ending(db):
            begun = [job for job in batch if job.begin()]
            if len(begun) == 1:  # what fails is undone with the whole transaction
                made = [(job, job.change(db)) for job in begun]
            else:
                made = [(job, result) for job in begun for result in _made_alone(db, job)]
    for job, result in made:
        job.end(result)


def _refuse(batch: list[Job[Any]], error: BaseException) -> None:
    """Raises an error at whoever still waits."""
    for job in batch:
        if not job.ended:
            job.end(error=error)


def _made_alone(db: Database, job: Job[Any]) -> list[Any]:
    """The result of one change of several. If it fails it is undone alone, and has none; its neighbours are kept."""
    db.conn.execute("SAVEPOINT one_change")
    try:
        results = [job.change(db)]
    except Exception as error:
        if cannot_now(error):
            raise  # a full disk, say: SQLite may have undone the whole transaction
        db.conn.execute("ROLLBACK TO one_change")
        job.end(error=error)
        results = []
    db.conn.execute("RELEASE one_change")
    return results
