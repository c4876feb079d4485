"""The server as it runs in production: `skm serve` in a process of its own, on a free port, with its own database."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil

from skm.settings import ROOT
from tests.ports import reserved_port
from tests.waiting import until

# Gives a file descriptor on to a command as systemd does.
AS_SYSTEMD = """\
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execv(sys.argv[2], sys.argv[2:])
"""
SECRET = "a secret for tests, long enough to be one"


@contextmanager
def serving(
    database: Path, log: Path, workers: int = 2, open_pages: bool = True, **more: str
) -> Iterator[str]:
    """The address of a running server; everything it says is in `log`. `more` are settings as in the environment."""
    with running(database, log, workers, open_pages, **more) as server:
        yield server.address


@contextmanager
def running(
    database: Path,
    log: Path,
    workers: int = 2,
    open_pages: bool = True,
    within: Sequence[str] = (),
    by_systemd: bool = False,
    **more: str,
) -> Iterator["Running"]:
    """The same with its processes, started by a command before the server's own, if one is given.

    With `by_systemd` its port is listened on already, as by a socket unit, and goes on being so when it ends.
    """
    with reserved_port() as port, socket.socket() as listening, log.open("wb") as output:
        if by_systemd:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(("127.0.0.1", port))
            listening.listen()
            within = [*within, sys.executable, "-c", AS_SYSTEMD, str(listening.fileno())]
        address = f"http://127.0.0.1:{port}"
        environment = os.environ | {
            "SKM_DATABASE": str(database),
            "SKM_ADDRESS": address,
            "SKM_OPEN_PAGES": str(open_pages).lower(),
            "SKM_SECRET_KEY": SECRET,
            **more,
        }
        # -P, as by .venv/bin/skm: this folder is not where Python looks for modules.
        command = [*within, sys.executable, "-P", "-m", "skm", "serve", "--port", str(port)]
        kept = [listening.fileno()] if by_systemd else []
        server = Running(address, [*command, "--workers", str(workers)], environment, log, output, kept)
        try:
            server.wait()
            yield server
        finally:
            server.stop()


class Running:
    """A server whose processes can be asked for, killed and started again."""

    def __init__(
        self,
        address: str,
        command: Sequence[str],
        environment: dict[str, str],
        log: Path,
        output: IO[bytes],
        kept: Sequence[int],
    ) -> None:
        self.address, self._command, self._environment = address, command, environment
        self._log, self._output, self._kept = log, output, kept
        self.start()

    def start(self) -> None:
        """Starts the main process, as systemd does when it is gone."""
        self.process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,
            pass_fds=self._kept,
        )

    def said(self) -> str:
        """Everything that it has said so far."""
        return self._log.read_text()

    def started(self) -> int:
        """How many workers have begun to serve so far, those that are gone too."""
        return len(re.findall(r"Started worker-\d+$", self.said(), re.M))

    def wait_for_workers(self, number: int) -> None:
        """Waits until so many have begun."""
        until(lambda: self.started() >= number, seconds=120)

    def workers(self) -> list[psutil.Process]:
        """The processes that serve now."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.Error):  # it has just ended
                found += [child] * ("spawn_main" in " ".join(child.cmdline()))
        return found

    def wait(self) -> None:
        """Waits until it answers."""

        def answers() -> bool:
            ended = self.process.poll() is not None
            assert not ended, f"the server did not start:\n{re.sub(r'(?m)^', '    ', self.said())}"
            try:
                urllib.request.urlopen(self.address, timeout=5).close()
            except urllib.error.HTTPError:
                return True
            except OSError:  # nobody listens yet, or nobody answers yet
                return False
            return True

        until(answers, seconds=120)  # a machine with other work takes its time

    def stop(self) -> None:
        """Ends it."""
        if self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            # A server that is told to end while its workers still start may not hear it.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
