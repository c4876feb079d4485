"""Requests that cannot be taken, answered as such.

A host that is no name, a query that is no text, a file where text belongs, a body that did not come.
"""

import re
from functools import lru_cache
from typing import Any

from flask import Flask, Request, abort, request

# The fields of the house that take a file; a form elsewhere would be given a file where it expects text.
FILE_FIELDS = {"file", "logo"}
_NAME = re.compile(r"(?=.{1,255}$)[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*\.?(:\d{1,5})?")
_ADDRESS = re.compile(r"\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")
_ODD = "skm.odd"
UNREAD = "skm.unread"  # the status for a body that `cli.gateway` did not read


class HouseRequest(Request):
    """A request whose files come in FILE_FIELDS alone; others make it unreadable (400)."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        if set(self.files) - FILE_FIELDS:
            abort(400)


def init(app: Flask) -> None:
    """Answers odd requests with the page for their status, before anything is asked of the database."""
    app.request_class = HouseRequest
    served = app.wsgi_app

    def readable(environ: dict[str, Any], start: Any) -> Any:
        # Werkzeug reads both, also for the page that says what is wrong.
        if not _is_host(environ.get("HTTP_HOST", "")):
            environ |= {"HTTP_HOST": "localhost", _ODD: True}
        if not _is_text(environ.get("QUERY_STRING", "")):
            environ |= {"QUERY_STRING": "", _ODD: True}
        return served(environ, start)

    app.wsgi_app = readable  # type: ignore[method-assign, assignment]
    app.before_request(_refuse)


def _refuse() -> None:
    environ = request.environ
    if environ.get(_ODD):
        abort(400)
    if status := environ.get(UNREAD):
        abort(status)


@lru_cache(256)  # every request names the same few
def _is_host(host: str) -> bool:
    """Whether it is a name, also one of other letters in its plain form, or an address; or nothing."""
    if not host:
        return True
    try:
        host.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return bool(_NAME.fullmatch(host) or _ADDRESS.fullmatch(host))


def _is_text(query: str) -> bool:
    """Whether what WSGI gives as a sign for each byte is UTF-8."""
    if query.isascii():
        return True
    try:
        query.encode("latin-1").decode()
    except UnicodeError:
        return False
    return True
