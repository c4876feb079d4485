"""Pages of nginx while nothing serves, a second server, a main process that is killed, a folder that is read-only."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from skm.settings import ROOT
from skm.store.database import connect
from tests.databases import a_database
from tests.faults import load
from tests.faults.folder import ORDINARY
from tests.faults.scene import a_served_city, behind_nginx
from tests.faults.slow import BODY, slow_clients
from tests.server import SECRET, serving
from tests.waiting import until


@pytest.mark.nginx
def test_the_pages_of_nginx_are_ours_and_no_reply(tmp_path):
    with a_served_city(tmp_path) as (_, city, server), behind_nginx(server, tmp_path) as (public, trusted):
        connection = load.connect(public, trusted)
        server.stop()
        connection.request("GET", f"/s/{city.token}")
        answer = connection.getresponse()
        assert (answer.status, "Sedang ada gangguan" in answer.read().decode()) == (502, True)
        assert answer.headers["SKM-Reply"] is None  # so a phone keeps its answer
        assert (answer.headers["Cache-Control"], answer.headers["Retry-After"]) == ("no-store", "5")
        connection.close()
        connection.request("GET", "/" + "x" * 9_000)  # longer than nginx reads
        assert "tidak dapat dibaca" in connection.getresponse().read().decode()
        connection.close()


def serve(
    database: Path, port: int | str, within: list[str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Another `skm serve` and what it says."""
    environment = os.environ | {"SKM_DATABASE": str(database), "SKM_SECRET_KEY": SECRET}
    command = [*(within or []), sys.executable, "-m", "skm", "serve", "--port", str(port)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_a_second_server_on_the_same_database_or_port_is_refused_in_words(tmp_path):
    a_database(tmp_path / "skm.sqlite").close()
    a_database(tmp_path / "other.sqlite").close()
    with serving(tmp_path / "skm.sqlite", tmp_path / "log.txt") as address:
        port = urlsplit(address).port
        on_the_port = serve(tmp_path / "other.sqlite", port)
        on_the_database = serve(tmp_path / "skm.sqlite", 1)
    assert on_the_port.returncode == on_the_database.returncode == 1
    assert "sudah dipakai proses lain" in on_the_port.stderr
    assert re.search(r"sedang dilayani proses lain \(nomor \d+\)", on_the_database.stderr)


def test_a_folder_that_cannot_be_written_is_refused_in_words_at_the_start(tmp_path):
    folder = tmp_path / "instance"
    folder.mkdir()
    a_database(folder / "skm.sqlite").close()
    folder.chmod(0o500)
    done = serve(folder / "skm.sqlite", 1, ORDINARY)
    folder.chmod(0o700)
    assert done.returncode == 1
    assert "tidak dapat" in done.stderr
    assert "Traceback" not in done.stderr


def test_workers_go_when_the_main_process_is_killed(tmp_path):
    with a_served_city(tmp_path) as (_, _, server):
        workers = server.workers()
        assert len(workers) == 2
        server.process.kill()
        until(lambda: not any(worker.is_running() and worker.status() != "zombie" for worker in workers))


def test_a_worker_that_still_starts_goes_too(tmp_path):
    with a_served_city(tmp_path) as (_, _, server):
        server.stop()
        server.start()
        starting = until(server.workers, seconds=60)
        begun = server.started()
        server.process.kill()
        until(lambda: not any(one.is_running() and one.status() != "zombie" for one in starting), seconds=60)
        assert server.started() == begun  # else it was killed too late


def test_a_worker_that_is_told_to_end_many_times_ends(tmp_path):
    with a_served_city(tmp_path) as (_, city, server):
        worker = server.workers()[0]
        with slow_clients(
            server.address, [BODY.format(token=city.token)] * 20
        ):  # so that it does not end at once
            time.sleep(1)
            with suppress(psutil.NoSuchProcess):  # it has ended already
                for _ in range(5):
                    worker.send_signal(signal.SIGTERM)
                    time.sleep(0.1)  # else the system makes one of them
        worker.wait(30)


def test_a_deleted_wal_is_replaced_by_no_process_and_costs_nothing(tmp_path):
    with a_served_city(tmp_path) as (db, city, server):
        with load.people(server.address, city.token, 4) as outcome:
            until(lambda: len(outcome.receipts) > 50)
            (tmp_path / "skm.sqlite-wal").unlink()
            until(lambda: outcome.later > 20)
            receipts, begun = len(outcome.receipts), server.started()
            for worker in server.workers():
                worker.kill()
            server.wait_for_workers(begun + 2)
            later = outcome.later + len(outcome.refused)
            until(lambda: outcome.later + len(outcome.refused) > later + 20)
            assert len(outcome.receipts) == receipts
            assert not (tmp_path / "skm.sqlite-wal").exists()
            server.process.terminate()
            server.process.wait(60)
            db.close()
            server.start()
            until(lambda: len(outcome.receipts) > receipts + 50, seconds=60)
        again = connect(tmp_path / "skm.sqlite")
        row = outcome.row("", again)
        again.close()
    assert (row.lost, row.doubled, row.partial) == (0, 0, 0)
