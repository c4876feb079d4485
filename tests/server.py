"""The server as it runs in production: `skm serve` in a process of its own, on a free port, with its own database."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from skm.settings import ROOT
from tests.ports import reserved_port
from tests.waiting import until

SECRET = "a secret for tests, long enough to be one"


@contextmanager
def serving(
    database: Path, log: Path, workers: int = 2, open_pages: bool = True, **more: str
) -> Iterator[str]:
    """The address of a running server; everything it says is in `log`. `more` are settings as in the environment."""
    with running(database, log, workers, open_pages, **more) as (address, _):
        yield address


@contextmanager
def running(
    database: Path, log: Path, workers: int = 2, open_pages: bool = True, **more: str
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The same with its main process."""
    with reserved_port() as port, log.open("wb") as output:
        address = f"http://127.0.0.1:{port}"
        environment = os.environ | {
            "SKM_DATABASE": str(database),
            "SKM_ADDRESS": address,
            "SKM_OPEN_PAGES": str(open_pages).lower(),
            "SKM_SECRET_KEY": SECRET,
            **more,
        }
        # -P, as by .venv/bin/skm: this folder is not where Python looks for modules.
        command = [sys.executable, "-P", "-m", "skm", "serve", "--port", str(port), "--workers", str(workers)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            _wait_for(address, process, log)
            yield address, process
        finally:
            _stop(process)


def workers_of(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The processes that serve."""
    found = []
    for child in psutil.Process(process.pid).children():
        with suppress(psutil.Error):  # it has just ended
            found += [child] * ("spawn_main" in " ".join(child.cmdline()))
    return found


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        # A server that is told to end while its workers still start may not hear it.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    def answers() -> bool:
        ended = process.poll() is not None
        assert not ended, f"the server did not start:\n{re.sub(r'(?m)^', '    ', log.read_text())}"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:  # nobody listens yet, or nobody answers yet
            return False
        return True

    until(answers, seconds=60)  # a machine with other work takes its time
