"""The locks. Every door names one in the table DOORS beside its view; a door without a lock stops the start."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from skm.store import owners
from skm.survey.officer import ADMIN, AUDITOR, COUNTER_STAFF, ORGANISASI, UNIT_HEAD, Membership
from skm.web.frame.connection import settings, store
from skm.web.frame.held_forms import hold_sent_form
from skm.web.frame.officer import find_officer

READING = ("GET", "HEAD")


@dataclass(frozen=True)
class Lock:
    """Who may open a door. `roles` empty: whoever is signed in, in any role.

    `target` "here": the role has to cover what the address names, and the whole city where it names nothing;
    "none": the view shows no more than the role covers; so it does for a role of `in_part`. `open_pages`: reading
    is open to everybody where the settings say so. `signed_in`: "no", "half" (no second factor yet) or "fully".
    """

    roles: frozenset[str] = frozenset()
    target: str = "none"
    open_pages: bool = False
    signed_in: str = "fully"
    in_part: frozenset[str] = frozenset()


def _here(*roles: str, open_pages: bool = False) -> Lock:
    return Lock(frozenset(roles), "here", open_pages)


LOCKS: Mapping[str, Lock] = {
    "anyone": Lock(signed_in="no"),
    "half_signed_in": Lock(signed_in="half"),
    "signed_in": Lock(),
    "reads_figures": _here(UNIT_HEAD, ORGANISASI, AUDITOR, open_pages=True),
    "reads_summary": _here(COUNTER_STAFF, UNIT_HEAD, ORGANISASI, AUDITOR),
    "reads_city": _here(ORGANISASI, AUDITOR, open_pages=True),
    "exports": _here(ORGANISASI, AUDITOR, open_pages=True),
    "reads_rows": _here(ORGANISASI, AUDITOR, open_pages=True),
    "prints_qr": _here(COUNTER_STAFF, UNIT_HEAD, ORGANISASI, ADMIN, open_pages=True),
    "replaces_qr": _here(UNIT_HEAD, ORGANISASI),
    "registers_devices": _here(COUNTER_STAFF, UNIT_HEAD, ORGANISASI, ADMIN),
    "enters_visitors": _here(UNIT_HEAD, ORGANISASI),
    "improves": _here(UNIT_HEAD, ORGANISASI),
    "keys_papers": _here(COUNTER_STAFF, UNIT_HEAD, ORGANISASI),
    "reads_papers": _here(COUNTER_STAFF, UNIT_HEAD, ORGANISASI, AUDITOR),
    "sets_up": _here(ORGANISASI, ADMIN),
    "freezes": _here(ORGANISASI),
    "decides_answers": _here(ORGANISASI),
    "people": _here(ADMIN),
    "invites": Lock(frozenset({ORGANISASI, ADMIN}), "here", in_part=frozenset({ORGANISASI})),
    "audit": Lock(frozenset({AUDITOR})),
}

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "SKM-Reply": "1",  # by which our scripts tell our replies from those of a proxy in between
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # Requested at every visit, because two people on one phone need two stamps; stored for the back button, which
    # must show the form as it was sent.
    "Cache-Control": "private, no-cache",
}
OFFICERS = {"Cache-Control": "no-store"}  # after signing out, the back button shows nothing
HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


def init(app: Flask, doors: Mapping[str, str], https: bool = False) -> None:
    """Puts the locks on the doors. Raises LookupError for a door without a lock and for a lock without a door."""
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    _refuse("has no lock; give it one in DOORS beside its view", endpoints - doors.keys())
    _refuse("has a lock, but no view", doors.keys() - endpoints)
    _refuse("names a lock that is not in LOCKS", {door for door, lock in doors.items() if lock not in LOCKS})
    app.extensions["doors"] = doors
    citizens = HEADERS | (HTTPS if https else {})
    app.before_request(lambda: check(LOCKS[doors[at]]) if (at := request.endpoint) else None)
    app.wsgi_app = _with(app.wsgi_app, citizens, citizens | OFFICERS)  # type: ignore[method-assign]
    app.jinja_env.globals |= {
        "may": may,
        "find_officer": find_officer,
        "was_restored": lambda: bool(g.get("restored")),
        "open_pages": lambda: settings().open_pages,
    }


def check(lock: Lock) -> Response | None:
    """Lets a visitor in, sends one who has still to sign in there, or raises Forbidden."""
    if lock.signed_in == "no" or (lock.open_pages and settings().open_pages and request.method in READING):
        return None
    signed_in = find_officer()
    if signed_in is None:
        return _sent_to("sign_in.show_sign_in")
    if signed_in.needs_proof and lock.signed_in == "fully":
        return _sent_to("sign_in.show_code")
    if lock.roles and not _fits(lock, signed_in.membership):
        raise Forbidden
    return None


def may(lock: str) -> bool:
    """Whether the role acted in opens such a door at all; for what a page offers."""
    signed_in = find_officer()
    held = signed_in.membership if signed_in and not signed_in.needs_proof else None
    return held is not None and held.role in LOCKS[lock].roles


def may_open(endpoint: str) -> bool:
    """Whether the role acted in opens this door at all, or everybody may."""
    lock = current_app.extensions["doors"][endpoint]
    return may(lock) or (LOCKS[lock].open_pages and settings().open_pages)


def has_rows() -> bool:
    """Whether the reader may see single answers anyway: such a one reads figures as of now, all others states.

    Everybody may where the settings open the pages, except who acts in a role that may not.
    """
    found = find_officer()
    return may("reads_rows") if found and found.membership else settings().open_pages


def reaches(path: str) -> bool:
    """Whether the role acted in covers a part of the tree, or everybody may read."""
    signed_in = find_officer()
    return settings().open_pages or bool(
        signed_in and signed_in.membership and signed_in.membership.covers(path)
    )


def way_on(asked: str | None) -> str:
    """After signing in: the page that was asked for, if it is one of ours; else where the role starts.

    By way of the second factor while that is missing: an open page would not ask for it.
    """
    signed_in, safe = find_officer(), asked if _is_ours(asked or "") else None
    if signed_in and signed_in.needs_proof:
        return url_for("sign_in.show_code", next=safe)
    return safe or front_page()


def _is_ours(asked: str) -> bool:
    """Whether it is a path of this site: a browser reads a backslash as a slash, and skips what cannot be seen."""
    return asked[:1] == "/" and asked[:2] != "//" and "\\" not in asked and asked.isprintable()


def front_page() -> str:
    """Where a role starts."""
    signed_in = find_officer()
    if signed_in is None or signed_in.membership is None:
        return url_for("sign_in.show_account" if signed_in else "sign_in.show_sign_in")
    held = signed_in.membership
    if held.role == ADMIN:
        return url_for("set_up.show_guide")
    if held.role == COUNTER_STAFF and held.kind == "unit":
        return url_for("counters.show_counters", slug=held.slug)
    pages = {"government": "city.show_city", "agency": "city.show_agency", "unit": "unit.show_unit"}
    if held.role == COUNTER_STAFF:
        return url_for("figures.show_summary", slug=held.slug)
    more: dict[str, Any] = {} if held.kind == "government" else {"slug": held.slug}
    return url_for(pages[held.kind], **more)


def _refuse(fault: str, doors: Set[str]) -> None:
    if doors:
        raise LookupError("; ".join(f"{door} {fault}" for door in sorted(doors)))


def _fits(lock: Lock, held: Membership | None) -> bool:
    if held is None or held.role not in lock.roles:
        return False
    if lock.target == "none" or held.role in lock.in_part:
        return True
    return _covers(held, request.view_args or {})


def _covers(held: Membership, named: Mapping[str, object]) -> bool:
    return all(held.covers(path) for path in owners.paths_of(store(), named))


def _sent_to(endpoint: str) -> Response:
    """To the sign-in, and from there back to where the reader was; what was sent is held meanwhile."""
    if request.method in READING:
        return redirect(url_for(endpoint, next=request.full_path.rstrip("?")))
    if request.blueprint == "sign_in":  # the code, the account: nothing there is held
        return redirect(url_for(endpoint, next=request.args.get("next")), 303)
    return redirect(url_for(endpoint, next=hold_sent_form()), 303)


def _with(served: Any, citizens: Mapping[str, str], officers: Mapping[str, str]) -> Any:
    """The application with the headers of every answer, but for those that a view has given."""

    def serve(environ: dict[str, Any], start: Any) -> Any:
        def begin(status: str, given: list[tuple[str, str]], *error: Any) -> Any:
            names = {name.lower() for name, _ in given}
            headers = citizens if _is_public() else officers
            return start(
                status, given + [each for each in headers.items() if each[0].lower() not in names], *error
            )

        return served(environ, begin)

    return serve


def _is_public() -> bool:
    return request.blueprint == "public" or request.endpoint in (None, "static")
