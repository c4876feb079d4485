"""The processes that serve: replaced when one dies, gone when the main one is.

`skm serve` is Granian's main process. It serves nothing itself; it starts the workers and watches them.
"""

import ctypes
import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections import Counter
from multiprocessing import reduction
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.net import SocketHolder
from granian.server.mp import MPServer, WorkerProcess

from skm.cli import request_loop  # noqa: F401 - Granian finds the loop there, in every worker
from skm.cli.claim import QUEUE
from skm.cli.gateway import Gateway
from skm.security import origins
from skm.settings import ROOT

YOUNG = 5.0  # seconds: a worker that dies at this age may not be able to start at all
PAUSE = 1.0  # seconds before such a worker is started again, so that nothing spins
UNSEEN = 5  # looks at a dead worker, one a PAUSE, after which Granian has missed its death
ENDING = 30  # seconds that a worker may take to answer what it has begun
CONNECTIONS = 2000  # of one worker: a slow one holds nothing but its place among them
HEAD = 15  # seconds in which the head of a request must arrive, the next one of a connection too
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Workers(MPServer):
    """Granian's workers, replaced however often they die.

    Granian's own rule ends the whole service when one worker dies twice within seconds; and a death while it
    replaces another can pass unseen. So it forgets the deaths that it counts, and all are looked at every second.
    """

    def __init__(self, listening: socket.socket, threads: int, **more: Any) -> None:
        host, port = listening.getsockname()[:2]
        super().__init__("", host, port, interface=Interfaces.RSGI, **more)
        self._listening = listening
        self._threads = threads  # Granian allows one, for it knows no loop but asyncio's

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Starts the workers and the watch."""
        self.blocking_threads = self._threads
        super().startup(spawn_target, target_loader)
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _init_shared_socket(self) -> None:
        """Granian's own way is a socket for each worker, whose queue is lost with it."""
        self._shd = SocketHolder(self._listening.fileno(), False, QUEUE)  # type: ignore[call-arg, assignment]
        self._listening.set_inheritable(True)
        self._sso = self._listening

    def _look(self) -> None:
        looks: Counter[WorkerProcess] = Counter()
        while not self.interrupt_signal:
            time.sleep(PAUSE)
            for one in list(self.wrks):
                looks[one] += not one.is_alive() and not one.interrupt_by_parent
                if looks[one] == UNSEEN:
                    self.interrupt_children.append(one.idx)
                    self.main_loop_interrupt.set()

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        young = [one for one in self.wrks if one.idx in workers and time.monotonic() - one.birth < YOUNG]
        if young and not delay:
            time.sleep(PAUSE)
        super()._respawn_workers(sorted(set(workers)), spawn_target, target_loader, delay)
        self.respawned_wrks.clear()


class Loader:
    """Makes the application in a worker, which counts origins in the memory of the main process.

    The memory has no name by which a worker could open it. The open file goes along when the worker is started.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __getstate__(self) -> Any:
        return reduction.DupFd(self.descriptor)

    def __setstate__(self, handed: Any) -> None:
        self.descriptor = handed.detach()

    def __call__(self) -> Any:
        """The application."""
        origins.share(self.descriptor)
        return load()


def run(listening: socket.socket, workers: int, threads: int, counting: int) -> None:
    """Serves until SIGTERM or SIGINT; SIGHUP replaces the workers one after the other by ones with today's code.

    `counting` is the open file of the memory in which they count origins.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it would hold addresses of those who answer just then
    multiprocessing.set_start_method("spawn")  # a fork would have the code that the main process began with
    os.chdir(ROOT)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(2 * CONNECTIONS, most), most))
    server = Workers(
        listening,
        threads,
        workers=workers,
        http=HTTPModes.http1,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD * 1000),
        respawn_failed_workers=True,
        workers_kill_timeout=ENDING,
        log_access=False,
        websockets=False,
        working_dir=ROOT,
    )
    server.serve(target_loader=Loader(counting), wrap_loader=False)


def load() -> Any:
    """The application, in a worker; it ends when the main process is killed, or a second one could serve beside it."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
    main = multiprocessing.parent_process()
    if main and main.pid != os.getppid():
        os._exit(1)  # it was killed before it could be asked for a signal
    sys.path.insert(0, str(ROOT))  # where wsgi.py lies; the installed command does not look there
    from wsgi import application

    return Gateway(application)
