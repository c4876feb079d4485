"""The locks. Every door names one in `app.DOORS`; a door without a lock stops the start."""

from collections.abc import Callable, Mapping

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden

from skm.web.connection import settings


def anyone() -> None:
    """Citizens: no sign-in, nothing to check."""


def open_pages() -> None:
    """Officers' pages, for as long as there is no sign-in: open only where the settings say so."""
    if not settings().open_pages:
        raise Forbidden


LOCKS: Mapping[str, Callable[[], None]] = {"anyone": anyone, "open_pages": open_pages}

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # Asked for anew at every visit, for two people on one phone need two stamps; kept for the back button, which
    # must show the form as it was sent.
    "Cache-Control": "private, no-cache",
}


def init(app: Flask, doors: Mapping[str, str]) -> None:
    """Puts the locks on the doors. Raises LookupError for a door without a lock and for a lock without a door."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    if endpoints != doors.keys():
        raise LookupError(f"doors and locks differ: {', '.join(sorted(endpoints ^ doors.keys()))}")
    app.before_request(lambda: LOCKS[doors[request.endpoint]]() if request.endpoint else None)
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    given = set(response.headers.keys(lower=True))  # searched once; `setdefault` searches for every name
    response.headers.extend({name: value for name, value in HEADERS.items() if name.lower() not in given})
    return response
