"""The processes that serve: alone on their database and port, replaced when one dies, gone when the main one is.

`skm serve` is Granian's main process. It serves nothing itself; it starts the workers and watches them.
"""

import ctypes
import fcntl
import ipaddress
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from granian.constants import Interfaces
from granian.server.mp import MPServer, WorkerProcess

from skm.settings import ROOT

YOUNG = 5.0  # seconds: a worker that dies at this age may not be able to start at all
PAUSE = 1.0  # seconds before such a worker is started again, so that nothing spins
UNSEEN = 5  # looks at a dead worker, one a PAUSE, after which Granian has missed its death
ENDING = 30  # seconds that a worker may take to answer what it has begun
LEAVING = 10.0  # seconds that the processes of a main one that was killed may take to go
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Workers(MPServer):
    """Granian's workers, replaced however often they die.

    Granian's own rule ends the whole service when one worker dies twice within seconds; and a death while it
    replaces another can pass unseen. So it forgets the deaths that it counts, and all are looked at every second.
    """

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        """Starts the workers and the watch."""
        super().startup(spawn_target, target_loader)
        threading.Thread(target=self._look, name="watch", daemon=True).start()

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


def run(host: str, port: int, workers: int, threads: int) -> None:
    """Serves until SIGTERM or SIGINT; SIGHUP replaces the workers one after the other by ones with today's code."""
    multiprocessing.set_start_method("spawn")  # a fork would have the code that the main process began with
    os.chdir(ROOT)
    server = Workers(
        "wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=ENDING,
        log_access=False,
        websockets=False,
        working_dir=ROOT,
    )
    server.serve(target_loader=load, wrap_loader=False)


def load() -> Callable[..., Any]:
    """The application, in a worker; it ends when the main process is killed, or a second one could serve beside it."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)
    sys.path.insert(0, str(ROOT))  # where wsgi.py lies; the installed command does not look there
    from wsgi import application

    return application


def claim(database: Path, host: str, port: int) -> Any:
    """Takes database and port for this process, until what it returns is closed.

    Raises ClickException where others serve them: two servers on one port would share its connections, and with them
    the answers, between two databases.
    """
    try:
        claimed = Path(f"{database}-serving").open("a+")  # noqa: SIM115 - for as long as the server runs
    except OSError as error:
        raise click.ClickException(f"Folder basis data tidak dapat ditulisi: {error}") from error
    until = time.monotonic() + LEAVING
    while not _is_free(claimed, host, port):
        if time.monotonic() > until:
            raise click.ClickException(_taken_by(claimed, database, host, port))
        time.sleep(0.1)
    claimed.truncate(0)
    claimed.write(str(os.getpid()))
    claimed.flush()
    return claimed


def _is_free(claimed: Any, host: str, port: int) -> bool:
    try:
        fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return not _is_listened_on(host, port)


def is_of_this_machine(host: str) -> bool:
    """Whether only this machine itself reaches an address."""
    address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]
    return ipaddress.ip_address(address).is_loopback


def _is_listened_on(host: str, port: int) -> bool:
    """Whether a socket listens there already: Granian shares a port with whoever else shares it."""
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(address)
        except OSError:
            return True
    return False


def _taken_by(claimed: Any, database: Path, host: str, port: int) -> str:
    if _is_listened_on(host, port):
        return f"Alamat {host}:{port} sudah dipakai proses lain; hentikan dahulu proses itu, atau pilih --port lain."
    claimed.seek(0)
    number = claimed.read() or "?"
    return f"Basis data {database} sedang dilayani proses lain (nomor {number}); hentikan dahulu proses itu."
