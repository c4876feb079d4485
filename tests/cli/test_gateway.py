"""A request as Granian brings it, and as the application is given it."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from skm.app import UPLOADS
from skm.cli import gateway
from skm.web.frame import odd_requests
from tests.nginx import GUIDE

HEAD = {"host": "skm.example"}


class Headers(list):
    """Headers as RSGI has them."""

    def items(self):
        return list(self)


class Protocol:
    """One side of a connection: a body to be read, and what is answered."""

    def __init__(self, body=b""):
        self.body, self.answer, self.sent = body, None, []

    def __call__(self):
        async def body():
            return self.body

        return body()

    def response_bytes(self, *answer):
        self.answer = answer

    def response_stream(self, *answer):
        self.answer = answer
        return self

    async def send_bytes(self, part):
        self.sent.append(part)


def scope(*headers, method="POST", path="/s/abc", query=""):
    return SimpleNamespace(
        method=method,
        path=path,
        query_string=query,
        server="127.0.0.1:8000",
        client="[::1]:5000",
        http_version="1.1",
        scheme="http",
        headers=Headers(headers),
    )


def environ_for(body, *headers, gate=None):
    """The environ that the application is called with."""
    seen = []

    def application(environ, start):
        seen.append(environ)
        start("200 OK", [("Content-Length", "0")])
        return [b""]

    gate = gate or gateway.Gateway(application)
    gate._application = application
    _run(gate.__rsgi__(scope(*headers), Protocol(body)))
    return seen[0]


def test_the_application_is_given_the_whole_body():
    environ = environ_for(b"a=1", ("content-length", "3"), ("content-type", "text/plain"))
    assert environ["wsgi.input"].read() == b"a=1"
    assert (environ["CONTENT_LENGTH"], environ["CONTENT_TYPE"]) == ("3", "text/plain")
    assert gateway.UNREAD not in environ


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("transfer-encoding", "chunked")], gateway.NO_LENGTH),
        ([("content-length", str(gateway.LARGEST + 1))], None),  # the application refuses it by its length
    ],
)
def test_a_body_without_a_bound_is_not_read(headers, status):
    environ = environ_for(b"never", *headers)
    assert environ["wsgi.input"].read() == b""
    assert environ.get(odd_requests.UNREAD) == status


def test_large_bodies_on_their_way_have_a_bound_together_and_small_ones_come_through():
    gate = gateway.Gateway(None)
    large, small = str(gateway.LARGEST), str(gateway.SMALL)
    with gate._place(gateway.LARGEST), gate._place(gateway.LARGEST), gate._place(gateway.LARGEST):
        assert gateway.UNREAD not in environ_for(b"x", ("content-length", large), gate=gate)
        with gate._place(gateway.LARGEST):
            assert environ_for(b"x", ("content-length", large), gate=gate)[gateway.UNREAD] == gateway.NO_ROOM
            assert gateway.UNREAD not in environ_for(b"x", ("content-length", small), gate=gate)
    assert gateway.UNREAD not in environ_for(b"x", ("content-length", large), gate=gate)


def test_the_largest_is_more_than_any_page_takes_and_what_nginx_lets_through():
    assert max(UPLOADS.values()) < gateway.LARGEST
    assert f"client_max_body_size {gateway.LARGEST >> 20}m;" in GUIDE.read_text("utf-8")


def test_headers_become_those_of_wsgi():
    environ = gateway.environ_of(
        scope(
            ("host", "skm.example"),
            ("cookie", "a=1"),
            ("cookie", "b=2"),
            ("accept-language", "id"),
            ("accept-language", "en"),
            ("x-forwarded-for", "10.0.0.1"),
            ("x_forwarded_for", "6.6.6.6"),  # would pass for the one before
            path="/kafé",
            query="q=%C3%A9",
        )
    )
    assert environ["HTTP_COOKIE"] == "a=1;b=2"
    assert environ["HTTP_ACCEPT_LANGUAGE"] == "id,en"
    assert environ["HTTP_X_FORWARDED_FOR"] == "10.0.0.1"
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/kafé"
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == (
        "::1",
        "127.0.0.1",
        "8000",
    )


def test_a_document_of_unknown_length_is_streamed_and_closed():
    class Parts:
        closed = False

        def __iter__(self):
            return iter([b"a", b"b"])

        def close(self):
            self.closed = True

    parts = Parts()

    def application(environ, start):
        start("200 OK", [("Content-Type", "text/csv")])
        return parts

    protocol = Protocol()
    _run(gateway.Gateway(application).__rsgi__(scope(method="GET"), protocol))
    assert (protocol.answer, protocol.sent) == ((200, [("Content-Type", "text/csv")]), [b"a", b"b"])
    assert parts.closed


def _run(request: Coroutine[Any, Any, None]) -> None:
    """Runs a request in a thread of its own: in this one the browser of another test may have its loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, request).result()
