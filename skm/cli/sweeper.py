"""The thread of the main process that deletes what was stored for a while only, and judges new answers."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from logging import getLogger
from pathlib import Path

from skm.security import origins
from skm.store import erasures
from skm.store.database import Database, StoreBusy, StoreError, connect
from skm.usecases.answering import judging
from skm.usecases.people import sweeping

EVERY = 60.0  # seconds
Task = Callable[[Database, datetime], object]
TASKS: tuple[Task, ...] = (sweeping.sweep, lambda db, _: erasures.finish(db), judging.judge_answers)


def start(database: Path) -> None:
    """Sweeps now, and then every minute for as long as the process lives."""
    threading.Thread(target=_sweep_on, args=(database,), name="sweeper", daemon=True).start()


def _sweep_on(database: Path) -> None:
    table = origins.here()
    while True:
        table.forget(datetime.now(UTC))
        for task in TASKS:
            _do(task, database)
        time.sleep(EVERY)


def _do(task: Task, database: Path) -> None:
    """Does one task; whatever stands in its way, the others are done and it is tried again in a minute."""
    try:
        if database.exists():  # else opening it would make an empty one
            with closing(connect(database)) as db:
                task(db, datetime.now(UTC))
    except (StoreBusy, StoreError, OSError):  # locked, full, gone
        pass
    except Exception:
        getLogger(__name__).exception("what is done every minute failed")
