"""The kiosk: its page, and how an officer registers the device that shows it."""

import re

from flask import after_this_request, current_app, render_template, request
from werkzeug.wrappers import Response

from skm.i18n.words import N_
from skm.security import cookies, stamps
from skm.survey.device import Device
from skm.survey.organisation import Counter
from skm.usecases.answering import answer
from skm.usecases.answering.answer import ServiceChoice
from skm.usecases.city import devices
from skm.web.asking import questionnaire
from skm.web.frame.connection import leave, now, settings, store
from skm.web.frame.errors import Explanation
from skm.web.public.views import Page, public

DOORS = {
    "public.show_kiosk": "anyone",
    "public.register_device": "anyone",
}
_MAKE = N_("Kode dibuat petugas pada halaman Perangkat kios unitnya.")
PROBLEMS = {
    "device_code_mistyped": Explanation(400, N_("Kode perangkat salah ketik"), _MAKE),
    "device_code_wrong": Explanation(403, N_("Kode perangkat tidak berlaku"), _MAKE),
    "device_code_throttled": Explanation(429, N_("Terlalu banyak percobaan"), _MAKE),
}
_USE = "kiosk"  # what its cookie is signed for
_PLACE = "/kios"  # where it is sent to: the pages of kiosks, and nothing else
_LIFE = 400 * 24 * 3600  # seconds, the longest that browsers keep a cookie; anew with every page
_SEVERAL = 8  # counters at which one device stands in turn
_SAID = ("SKM-Version", "SKM-Waiting")  # by which its page says what it runs, and how many answers wait
_VERSION, _WAITING = re.compile(r"[0-9a-f]{10}"), re.compile(r"[0-9]{1,5}")


@public.get("/kios/<token>", strict_slashes=False)
def show_kiosk(token: str) -> Page:
    """The questionnaire of a counter for a shared device; where that is registered, its stamp says so."""
    form = answer.open_questionnaire(store(), token, now(), request.args.get("service", ""))
    if isinstance(form, ServiceChoice):
        return render_template("public/kiosk_services.html", **questionnaire.choice(form))
    device = _find_device(form.counter)
    key, name = (device.id, device.name) if device else ("", "")
    stamp = stamps.issue(form.counter.id, now(), settings().secret_key, "kiosk", key)
    return questionnaire.kiosk(form, stamp, token, name)


@public.post("/kios/<token>/daftar")
def register_device(token: str) -> Page:
    """Registers the device by the code that an officer types on it."""
    secret = devices.register_device(
        store(), token, request.form.get("kode", ""), request.remote_addr or "", now()
    )
    response = Response(status=204)
    _give(response, (secret, *_secrets())[:_SEVERAL])
    return response


def _find_device(counter: Counter) -> Device | None:
    """The registered device that asks; when it was seen is noted, and its cookie lasts from now on."""
    secrets = _secrets()
    device = devices.find_device(store(), counter.id, secrets) if secrets else None
    if device:
        _note_seen(device)
        after_this_request(lambda response: _give(response, secrets))
    return device


def _note_seen(device: Device) -> None:
    """Leaves what the device says of itself to be noted, once in a quarter of an hour."""
    moment, version, waiting = now(), *(request.headers.get(name, "") for name in _SAID)
    said = _VERSION.fullmatch(version) and _WAITING.fullmatch(waiting)
    if said and not devices.was_seen(device, version, moment):
        leave(lambda db: devices.note_seen(db, device.id, version, int(waiting), moment))


def _secrets() -> tuple[str, ...]:
    return cookies.read(request.cookies.get(_name(), ""), settings().secret_key, _USE)


def _give(response: Response, secrets: tuple[str, ...]) -> Response:
    """Lets a response bring the cookie; scripts cannot read it, and a page of another site does not send it."""
    text, https = (
        cookies.signed(secrets, settings().secret_key, _USE),
        bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    response.set_cookie(_name(), text, _LIFE, path=_PLACE, secure=https, httponly=True, samesite="Lax")
    return response


def _name() -> str:
    """`__Secure-skm-kiosk`; without https `skm-kiosk`. The prefix `__Host-` allows no path."""
    return "__Secure-skm-kiosk" if current_app.config["SESSION_COOKIE_SECURE"] else "skm-kiosk"
