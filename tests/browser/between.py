"""What stands between a device and the server: a proxy that passes everything on, or answers instead."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PASSES, MAINTENANCE, NOTHING, NEW_RELEASE = "passes", "maintenance", "nothing", "new release"
REFUSALS = ("429", "403", "502")
ALL = (*REFUSALS, MAINTENANCE, NEW_RELEASE, NOTHING)
_ITS_PAGE = b"<!doctype html><title>Sedang dirawat</title><main><h1>Kembali lagi nanti</h1></main>"
_OF_A_CONNECTION = {"connection", "transfer-encoding", "keep-alive", "server", "date", "content-length"}


@dataclass
class Proxy:
    """`does` is PASSES, one of ALL, or a status that it answers with; `address` is where it listens.

    With a NEW_RELEASE pages name scripts and styles of another fingerprint, and those do not come.
    """

    address: str
    does: str = PASSES


@contextmanager
def proxy_before(server: str) -> Iterator[Proxy]:
    """A proxy before a server, on a port of its own."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    proxy = Proxy(f"http://127.0.0.1:{listening.server_address[1]}")
    listening.proxy, listening.upstream = proxy, urlsplit(server).netloc  # type: ignore[attr-defined]
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Handles a request as the proxy does at that moment."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Passes on or answers."""
        self._handle()

    def do_POST(self) -> None:
        """The same."""
        self._handle()

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        does = self.server.proxy.does  # type: ignore[attr-defined]
        if does == NOTHING:
            self.close_connection = True
            self.connection.close()
        elif does in (PASSES, NEW_RELEASE):
            self._pass_on(body, does)
        else:
            self._answer(
                200 if does == MAINTENANCE else int(does), [("Content-Type", "text/html")], _ITS_PAGE
            )

    def _pass_on(self, body: bytes, does: str) -> None:
        if does == NEW_RELEASE and "v=new" in self.path:
            return self._answer(502, [("Content-Type", "text/html")], _ITS_PAGE)
        connection = HTTPConnection(self.server.upstream, timeout=30)  # type: ignore[attr-defined]
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        connection.request(self.command, self.path, body or None, headers | {"Accept-Encoding": "identity"})
        reply = connection.getresponse()
        content = reply.read()
        if does == NEW_RELEASE and "html" in (reply.getheader("Content-Type") or ""):
            content = re.sub(rb"(/bundles/[a-z.]+)\?v=\w+", rb"\1?v=new", content)
        self._answer(reply.status, _headers(reply), content)
        return connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        with suppress(OSError):  # the browser has gone meanwhile
            self.send_response(status)
            for name, value in [*headers, ("Content-Length", str(len(content)))]:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _headers(reply: HTTPResponse) -> list[tuple[str, str]]:
    return [(name, value) for name, value in reply.getheaders() if name.lower() not in _OF_A_CONNECTION]
