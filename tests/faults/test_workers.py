"""Workers that die or are replaced behind the guide's nginx: the others serve, and every answer arrives once."""

import os
import re
import signal
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from skm.settings import ROOT
from skm.store.database import writing
from tests import nginx
from tests.builders import OPEN, a_city
from tests.databases import a_database
from tests.faults import load
from tests.server import SECRET, running, serving, workers_of
from tests.waiting import until

KILLS = 4
MOST_REFUSED = 5  # by the death of one worker
PEOPLE = 8


@pytest.fixture
def database(tmp_path):
    db = a_database(tmp_path / "skm.sqlite")
    with writing(db):
        token = a_city(db, **OPEN).token
    yield db, token
    db.close()


@contextmanager
def behind_nginx(folder: Path):
    """A server behind nginx: its public address, the trust in it, its main process, and a count of started workers."""
    with running(folder / "skm.sqlite", folder / "log.txt", SKM_PROXIES="1") as (address, process):
        port = urlsplit(address).port
        assert port
        with nginx.before(port, folder) as (public, authority):
            trusted = ssl.create_default_context()
            authority.configure_trust(trusted)
            yield public, trusted, process, lambda: started_in(folder)


def started_in(folder: Path) -> int:
    """How many workers have begun to serve so far."""
    return len(re.findall(r"Started worker-\d+$", (folder / "log.txt").read_text(), re.M))


@pytest.mark.nginx
def test_a_worker_that_dies_is_replaced_and_hardly_anybody_notices(tmp_path, database):
    db, token = database
    with behind_nginx(tmp_path) as (public, trusted, process, started):
        until(lambda: started() == 2, seconds=60)
        with load.people(public, token, PEOPLE, trusted) as outcome:
            for number in range(KILLS):
                time.sleep(0.5)
                before, alive = len(outcome.refused), started()
                os.kill(workers_of(process)[number % 2].pid, signal.SIGKILL)
                until(lambda alive=alive: started() > alive, seconds=60)
                assert len(outcome.refused) - before <= MOST_REFUSED, outcome.refused[before:]
        assert_all_are_stored_once(db, outcome)


@pytest.mark.nginx
def test_a_reload_refuses_nobody(tmp_path, database):
    db, token = database
    with behind_nginx(tmp_path) as (public, trusted, process, started):
        until(lambda: started() == 2, seconds=60)
        with load.people(public, token, PEOPLE, trusted) as outcome:
            old = {worker.pid for worker in workers_of(process)}
            process.send_signal(signal.SIGHUP)
            until(lambda: not old & {worker.pid for worker in workers_of(process)}, seconds=60)
            until(lambda: started() == 4, seconds=60)
        assert outcome.refused == []
        assert_all_are_stored_once(db, outcome)


@pytest.mark.nginx
def test_the_pages_of_nginx_are_ours_and_no_reply(tmp_path, database):
    _, token = database
    with behind_nginx(tmp_path) as (public, trusted, process, _):
        connection = load.connect(public, trusted)
        process.terminate()
        process.wait(60)
        connection.request("GET", f"/s/{token}")
        answer = connection.getresponse()
        assert (answer.status, "Sedang ada gangguan" in answer.read().decode()) == (502, True)
        assert answer.headers["SKM-Reply"] is None  # so a phone keeps its answer
        assert (answer.headers["Cache-Control"], answer.headers["Retry-After"]) == ("no-store", "5")
        connection.close()
        connection.request("GET", "/" + "x" * 9_000)  # longer than nginx reads
        assert "tidak dapat dibaca" in connection.getresponse().read().decode()
        connection.close()


def assert_all_are_stored_once(db, outcome) -> None:
    stored = [receipt for (receipt,) in db.execute("SELECT receipt FROM responses")]
    assert len(stored) == len(set(stored))
    assert len(outcome.receipts) == len(set(outcome.receipts)) > PEOPLE
    assert set(outcome.receipts) <= set(stored)


def serve(database: Path, port: int | str) -> "subprocess.CompletedProcess[str]":
    """Another `skm serve` and what it says."""
    environment = os.environ | {"SKM_DATABASE": str(database), "SKM_SECRET_KEY": SECRET}
    command = [sys.executable, "-m", "skm", "serve", "--port", str(port)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_a_second_server_on_the_same_database_or_port_is_refused_in_words(tmp_path, database):
    a_database(tmp_path / "other.sqlite").close()
    with serving(tmp_path / "skm.sqlite", tmp_path / "log.txt") as address:
        port = urlsplit(address).port
        on_the_port = serve(tmp_path / "other.sqlite", port)
        on_the_database = serve(tmp_path / "skm.sqlite", 1)
    assert on_the_port.returncode == on_the_database.returncode == 1
    assert "sudah dipakai proses lain" in on_the_port.stderr
    assert re.search(r"sedang dilayani proses lain \(nomor \d+\)", on_the_database.stderr)


def test_workers_go_when_the_main_process_is_killed(tmp_path, database):
    with running(tmp_path / "skm.sqlite", tmp_path / "log.txt") as (_, process):
        until(lambda: started_in(tmp_path) == 2, seconds=60)
        workers = workers_of(process)
        assert len(workers) == 2
        process.kill()
        until(lambda: not any(worker.is_running() and worker.status() != "zombie" for worker in workers))
