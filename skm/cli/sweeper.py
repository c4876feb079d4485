"""The thread of the main process that deletes what was stored for a while only, and judges new answers."""

import threading
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from skm.security import origins
from skm.store import erasures
from skm.store.database import StoreBusy, StoreError, connect
from skm.usecases.answering import judging
from skm.usecases.people import sweeping

EVERY = 60.0  # seconds


def start(database: Path) -> None:
    """Sweeps now, and then every minute for as long as the process lives."""
    threading.Thread(target=_sweep_on, args=(database,), name="sweeper", daemon=True).start()


def _sweep_on(database: Path) -> None:
    table = origins.here()
    while True:
        table.forget(datetime.now(UTC))
        with suppress(StoreBusy, StoreError, OSError):  # locked, full, gone: tried again in a minute
            if database.exists():  # else opening it would make an empty one
                with closing(connect(database)) as db:
                    sweeping.sweep(db, datetime.now(UTC))
                    erasures.finish(db)
                    judging.judge_answers(db, datetime.now(UTC))
        time.sleep(EVERY)
