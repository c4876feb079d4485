"""Work on a file that somebody sent, in a process of its own: one at a time, and ended when it takes too much."""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import skm
from skm.output.sandbox.limits import MB, OUT_OF_MEMORY, Limits, check_size
from skm.survey.problem import Problem

DONE, REFUSED, FAILED = b"done\n", b"refused\n", b"failed\n"  # how an answer begins
PATIENCE = 3  # seconds of the clock for one of processor time: a machine has other work, which goes first
PLACES, WAIT = 2, 3.0  # threads of the server that may wait for the file before, and for how many seconds
_COMMAND = [sys.executable, "-B", "-m", "skm.output.sandbox.child"]
_PLACE = Path(skm.__file__).parents[1]  # where the process finds our modules
_reading, _waiting = threading.BoundedSemaphore(), threading.BoundedSemaphore(PLACES)


def in_sandbox(limits: Limits, work: Callable[..., Any], content: bytes, *details: Any) -> Any:
    """What `work(content, *details)` returns, which must be plain: what JSON can say.

    `work` is a function of a module, which the process imports; it knows no settings and no secrets. Raises Problem:
    those of `work`, and "upload_busy", "upload_slow", "upload_memory", "upload_answer". An error of ours in it is
    raised as RuntimeError.
    """
    check_size(content, limits)
    with _turn():
        task = pickle.dumps(limits) + pickle.dumps((work, details))
        return _understood(_answer(limits, task, content))


@contextmanager
def _turn() -> Iterator[None]:
    """One file is read at a time; two more wait a moment, and whoever comes then is told to try again."""
    if not _reading.acquire(blocking=False):
        if not _waiting.acquire(blocking=False):
            raise Problem("upload_busy")
        try:
            if not _reading.acquire(timeout=WAIT):
                raise Problem("upload_busy")
        finally:
            _waiting.release()
    try:
        yield
    finally:
        _reading.release()


def _answer(limits: Limits, task: bytes, content: bytes) -> bytes:
    """What the process writes. Raises Problem where it was ended or wrote too much."""
    process = subprocess.Popen(  # noqa: S603 - our own program; the file goes in by its standard input
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_PLACE,
        env=_environment(),
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(limits.seconds * PATIENCE, end)
    clock.daemon = True
    clock.start()
    try:
        answer = _told(process, (task, content), limits.answer)
    finally:
        clock.cancel()
        process.kill()  # nothing to one that has ended
        process.wait()
    if len(answer) > limits.answer:
        raise Problem("upload_answer", megabytes=limits.answer // MB)
    if late.is_set() or process.returncode == -signal.SIGXCPU:
        raise Problem("upload_slow", seconds=limits.seconds)
    if process.returncode or not answer.startswith((DONE, REFUSED, FAILED)):
        raise _without_answer(process.returncode, limits)
    return answer


def _without_answer(status: int, limits: Limits) -> Exception:
    """Why a process said nothing: the system took its memory, its parser fell over, or it did not start."""
    if status in (OUT_OF_MEMORY, -signal.SIGKILL):
        return Problem("upload_memory", megabytes=limits.memory // MB)
    if status < 0:
        return Problem("upload_broken")
    return RuntimeError(f"the process that reads files ended with {status} and no answer")


def _told(process: subprocess.Popen[bytes], task: Sequence[bytes], most: int) -> bytes:
    """Gives the task and returns the answer, a byte more than `most` of it at most."""
    assert process.stdin
    assert process.stdout
    with process.stdout, suppress(BrokenPipeError):  # one that was ended reads no more
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.writelines(task)
        answer = process.stdout.read(most + 1)
        if len(answer) <= most:
            process.wait()
    return answer


def _environment() -> dict[str, str]:
    """That of this process without our settings, and openpyxl with the parser that is always there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SKM_")}
    return kept | {"OPENPYXL_LXML": "False"}


def _understood(answer: bytes) -> Any:
    said = json.loads(answer[answer.index(b"\n") :])
    if answer.startswith(FAILED):
        raise RuntimeError(f"reading a file failed:\n{said}")
    if answer.startswith(REFUSED):
        key, details = said
        raise Problem(key, **details)
    return said
