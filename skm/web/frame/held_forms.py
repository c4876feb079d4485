"""A form that is sent after the session has ended: it is held, and comes back in its page after signing in.

It is held only for the officer whose cookie this browser has, only with the token of that session's forms, and
without what is secret. Nothing is done with it before the officer presses the button again.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from flask import current_app, g, request, session
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import ValidationError

from skm.store.database import StoreBusy
from skm.usecases.people import held_forms
from skm.usecases.people.held_forms import HeldForm
from skm.web.frame.connection import now, store
from skm.web.frame.officer import OFFICER, find_officer

HELD = "held"  # its name in the cookie
TOKEN = "csrf_token"  # noqa: S105 - its name in forms
SECRET = ("password", "again", "current", "code", "pin")  # fields that are never held


def hold_sent_form() -> str | None:
    """Holds what was sent, if that may be; the address of the page that shows the form, None where that is unknown."""
    session.pop(HELD, None)
    if not _has_page():
        return _came_from()
    with suppress(StoreBusy, RequestEntityTooLarge, ValidationError):
        if session.get(OFFICER):
            validate_csrf(request.form.get(TOKEN))
            fields = {
                name: list(values) for name, values in request.form.lists() if name not in (TOKEN, *SECRET)
            }
            secret = held_forms.hold_form(store(), session[OFFICER], HeldForm(request.path, fields), now())
            session[HELD] = secret
    return request.full_path.rstrip("?")


def sent_fields() -> list[tuple[str, str]] | None:
    """What was sent, as names and values, to be sent again; None where it cannot be read or some of it is secret."""
    with suppress(RequestEntityTooLarge):
        if not any(name in request.form for name in SECRET):
            return list(request.form.items(multi=True))
    return None


def restored() -> Mapping[str, Sequence[str]]:
    """What was typed into the form of this page before the session ended; nothing otherwise."""
    if "restored" not in g:
        form = _find() if request.method == "GET" else None
        g.restored = form.fields if form and form.path == request.path else {}
    fields: Mapping[str, Sequence[str]] = g.restored
    return fields


def forget_held_form() -> None:
    """Forgets what is held, once it is sent again."""
    form = _find()
    if form and form.path == request.path:
        session.pop(HELD)
        with suppress(StoreBusy):
            held_forms.forget_forms(store(), session[OFFICER], now())


def _find() -> HeldForm | None:
    secret, signed_in = session.get(HELD), find_officer()
    if not secret or signed_in is None or signed_in.needs_proof:
        return None
    return held_forms.find_form(store(), signed_in.officer.id, secret, now())


def _has_page() -> bool:
    """Whether the address that the form was sent to also shows it."""
    rule = request.url_rule
    return rule is not None and any(
        one.rule == rule.rule and "GET" in (one.methods or ()) for one in current_app.url_map.iter_rules()
    )


def _came_from() -> str | None:
    """The page of ours from which the form was sent."""
    parts = urlsplit(request.referrer or "")
    ours = parts.netloc == request.host and parts.path
    return f"{parts.path}?{parts.query}".rstrip("?") if ours else None
