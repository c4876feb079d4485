"""The application as Granian calls it (RSGI): a request takes a thread only when all of it is there.

Whoever sends slowly holds no thread, and is ended in time; the threads serve the others. A request whose body was not
read has a status under UNREAD in its environ, and the application answers with that, in its own words.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from granian.rsgi import ProtocolClosed, ProtocolError

from skm.store import place

UNREAD = "skm.unread"
TOO_SLOW, NO_LENGTH, NO_ROOM = 408, 411, 503
SECONDS = 20.0  # until a body must be there, and one more
PACE = 64 * 1024  # for so many bytes of it
LARGEST = (
    22 * 1024 * 1024
)  # bytes: more than anything takes; the application refuses it unread, by its length
SMALL = 16 * 1024  # bytes: nearly every form; of what is larger
ROOM = 4 * LARGEST  # bytes may be on their way at the same time, for they lie in memory

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
_NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Gateway:
    """A WSGI application behind RSGI."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._arriving: dict[Any, float] = {}  # bodies, and until when each may
        self._room, self._lock = ROOM, threading.Lock()

    def __rsgi_init__(self, loop: object) -> None:
        """Starts the watch over what arrives too slowly, and over a database that can be written again."""
        threading.Thread(target=self._watch, name="watch", daemon=True).start()

    def __rsgi_del__(self, loop: object) -> None:
        """Ends the worker, which has answered everything: Python's own tidying up stumbles over Granian's threads."""
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answers one request, in the thread that brings the last of it."""
        environ = environ_of(scope)
        try:
            if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
                await self._read(environ, protocol)
            await self._answer(environ, protocol)
        except (ProtocolClosed, ProtocolError):
            return  # nobody is there any more

    async def _read(self, environ: Environ, protocol: Any) -> None:
        """Puts the body into the environ, or why it is not there."""
        if "CONTENT_LENGTH" not in environ:
            environ[UNREAD] = NO_LENGTH
            return
        length = int(environ["CONTENT_LENGTH"])
        if not 0 < length <= LARGEST:
            return
        with self._place(length) as free:
            if not free:
                environ[UNREAD] = NO_ROOM
                return
            body = protocol()
            self._arriving[body] = time.monotonic() + SECONDS + length / PACE
            try:
                environ["wsgi.input"] = BytesIO(await body)
            except TimeoutError:
                environ[UNREAD] = TOO_SLOW
            finally:
                del self._arriving[body]

    @contextmanager
    def _place(self, length: int) -> Iterator[bool]:
        """Whether there is room for a body of this length; it is taken meanwhile."""
        taken = length if length > SMALL else 0
        with self._lock:
            free = taken <= self._room
            self._room -= taken * free
        try:
            yield free
        finally:
            with self._lock:
                self._room += taken * free

    def _watch(self) -> None:
        while True:
            time.sleep(1)
            if place.is_stuck():
                os.kill(
                    os.getpid(), signal.SIGTERM
                )  # the worker that takes its place opens the database anew
                return
            now = time.monotonic()
            for body, until in list(self._arriving.items()):
                if until < now:
                    body.cancel()  # and its request goes on here, with a TimeoutError

    async def _answer(self, environ: Environ, protocol: Any) -> None:
        head: list[Any] = []
        parts = self._application(
            environ, lambda status, headers, _=None: head.extend([int(status[:3]), headers])
        )
        try:
            if isinstance(parts, (list, tuple)) or any(
                name.lower() == "content-length" for name, _ in head[1]
            ):
                protocol.response_bytes(*head, b"".join(parts))
                return
            stream = protocol.response_stream(*head)
            for part in parts:
                await stream.send_bytes(part)
        finally:
            if close := getattr(parts, "close", None):
                close()


def environ_of(scope: Any) -> Environ:
    """A request's head as WSGI has it, with no body yet."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _in_wsgi(scope.path),
        "QUERY_STRING": _in_wsgi(scope.query_string),
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" not in name:  # it would pass for the header with a hyphen in its place
            key = _NAMES.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
            environ[key] = (
                f"{environ[key]}{';' if name == 'cookie' else ','}{value}" if key in environ else value
            )
    return environ


def _in_wsgi(text: str) -> str:
    """Text as WSGI writes it: each byte a letter."""
    return text if text.isascii() else text.encode().decode("latin-1")
