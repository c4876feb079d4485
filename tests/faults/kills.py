"""Workers and the main process are killed while people answer behind the guide's nginx; so is everything at once."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tests.faults.load import people
from tests.faults.row import Row
from tests.faults.scene import a_served_city, behind_nginx, processes_of
from tests.server import Running
from tests.waiting import until

PEOPLE = 8
MOST_REFUSED = 5  # by the death of one worker


def of_workers(folder: Path, kills: int) -> Row:
    """One worker after the other dies."""
    with a_served_city(folder, SKM_PROXIES="1") as (db, city, server):
        with (
            behind_nginx(server, folder) as (public, trusted),
            people(public, city.token, PEOPLE, trusted) as outcome,
        ):
            for number in range(kills):
                outcome.mark()
                alive = server.started()
                server.workers()[number % 2].kill()
                server.wait_for_workers(alive + 1)
        return outcome.row(f"proses layanan mati, {kills} kali", db, MOST_REFUSED)


def of_main(folder: Path, kills: int) -> Row:
    """The main process dies, and is started again as systemd does it; every other time everything dies at once."""
    with a_served_city(folder, SKM_PROXIES="1") as (db, city, server):
        with (
            behind_nginx(server, folder) as (public, trusted),
            people(public, city.token, PEOPLE, trusted) as outcome,
        ):
            for number in range(kills):
                receipts = len(outcome.receipts)
                until(lambda seen=receipts: len(outcome.receipts) > seen + PEOPLE, seconds=120)
                if number % 2:
                    server.process.kill()
                else:
                    _kill_everything(folder / "skm.sqlite")
                server.process.wait()
                server.start()
        return outcome.row(f"seluruh layanan dimatikan paksa, {kills} kali", db, allowed=None, soon=None)


def of_reloads(folder: Path, times: int) -> Row:
    """The workers are replaced by ones with today's code, by SIGHUP."""
    with a_served_city(folder, SKM_PROXIES="1") as (db, city, server):
        with (
            behind_nginx(server, folder) as (public, trusted),
            people(public, city.token, PEOPLE, trusted) as outcome,
        ):
            for _ in range(times):
                _reload(server)
        return outcome.row(f"muat ulang (systemctl reload), {times} kali", db)


def of_restarts(folder: Path, times: int) -> Row:
    """The whole service is stopped and started again; the guide's socket unit holds its port meanwhile."""
    with a_served_city(folder, by_systemd=True, SKM_PROXIES="1") as (db, city, server):
        with (
            behind_nginx(server, folder) as (public, trusted),
            people(public, city.token, PEOPLE, trusted) as outcome,
        ):
            for number in range(1, times + 1):
                server.process.terminate()
                server.process.wait(60)
                server.start()
                server.wait_for_workers(2 * number + 2)
        return outcome.row(f"mulai ulang (systemctl restart), {times} kali", db, soon=None)


def _reload(server: Running) -> None:
    old = {worker.pid for worker in server.workers()}
    begun = server.started()
    server.process.send_signal(signal.SIGHUP)
    until(lambda: not old & {worker.pid for worker in server.workers()}, seconds=120)
    server.wait_for_workers(begun + len(old))


def _kill_everything(database: Path) -> None:
    """SIGKILL to the server and its workers, as when the power goes."""
    for process in processes_of(database):
        with suppress(psutil.Error, ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
    time.sleep(0.1)
