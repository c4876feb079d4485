"""Two web servers to compare: SKM as `skm serve` starts it, and a bare app under the same server and options."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import socket

import psutil

from skm.cli.server import serve

ROOT = Path(__file__).resolve().parent.parent
DEFAULTS = {
    str(option.name): str(option.default) for option in serve.params
}  # of `skm serve`, for both servers


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and its processes."""

    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of processor time that the server and its workers have used so far."""
        processes = [self.process, *self.process.children(recursive=True)]
        return sum(sum(process.cpu_times()[:2]) for process in processes)


@contextmanager
def ours(database: Path, **more: str) -> Iterator[Server]:
    """SKM with this database; `more` are settings as they stand in the environment."""
    command = [sys.executable, "-m", "skm", "serve"]
    settings = {"SKM_DATABASE": str(database), "SKM_SECRET_KEY": "bench " * 6} | more
    with _serving(command, settings) as server:
        yield server


@contextmanager
def bare(form_bytes: int, thanks_bytes: int) -> Iterator[Server]:
    """The bare app, with pages of these sizes."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-access-log"]
    command += [
        "--workers",
        DEFAULTS["workers"],
        "--blocking-threads",
        DEFAULTS["threads"],
        "bench.bare:application",
    ]
    sizes = {"BENCH_FORM_BYTES": str(form_bytes), "BENCH_THANKS_BYTES": str(thanks_bytes)}
    with _serving(command, sizes) as server:
        yield server


@contextmanager
def _serving(command: list[str], environ: Mapping[str, str]) -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        [*command, "--port", str(port)], env=os.environ | environ, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    try:
        wait(process, port)
        yield Server(port, psutil.Process(process.pid))
    finally:
        _stop(psutil.Process(process.pid))


def _stop(master: psutil.Process) -> None:
    processes = [master, *master.children(recursive=True)]
    master.terminate()
    _, alive = psutil.wait_procs(processes, timeout=5)
    for process in alive:  # a worker that is told to stop while it starts can miss it
        process.kill()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Waits until a server answers; raises RuntimeError."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).request("GET", "/")
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")
