"""The cookie of a browser in which officers have come in: random secrets, which say nothing and open nothing."""

from contextlib import suppress

from flask import after_this_request, current_app, request
from werkzeug.wrappers import Response

from skm.security import cookies
from skm.store.database import StoreBusy
from skm.usecases.people import browsers
from skm.usecases.people.browsers import LIFE, Origin
from skm.web.frame.connection import now, settings, store
from skm.web.frame.officer import find_officer


def origin() -> Origin:
    """Where the request comes from: its address, past as many proxies as the settings say, and its browser."""
    secrets = cookies.read(request.cookies.get(_name(), ""), settings().secret_key)
    return Origin(request.remote_addr or "", secrets)


def is_known() -> bool:
    """Whether the signed-in officer has come in in this browser before."""
    signed_in = find_officer()
    return bool(signed_in and browsers.find_browser(store(), signed_in.officer.email, origin(), now()))


def remember_browser() -> None:
    """Remembers this browser, once the officer has come in fully; coming in does not depend on it."""
    signed_in = find_officer()
    if signed_in and not signed_in.needs_proof:
        with suppress(StoreBusy):
            secrets = browsers.remember_browser(store(), signed_in.officer, origin(), now())
            text = cookies.signed(secrets, settings().secret_key)
            after_this_request(lambda response: _with_cookie(response, text))


def _with_cookie(response: Response, text: str) -> Response:
    https = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(_name(), text, LIFE, secure=https, httponly=True, samesite="Strict")
    return response


def _name() -> str:
    """`__Host-skm-browser`; without https `skm-browser`."""
    return f"{current_app.config['SESSION_COOKIE_NAME']}-browser"
