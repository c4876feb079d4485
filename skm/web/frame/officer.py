"""Who is asking: the signed-in officer of this request, from the secret in the session's cookie."""

from contextlib import suppress

from flask import g, session

from skm.store.database import StoreBusy
from skm.usecases.deed import Deed
from skm.usecases.people import sign_in
from skm.usecases.people.sign_in import SignedIn
from skm.web.frame.connection import now, store, write

_SECRET = "secret"  # noqa: S105 - its name in the cookie
SOON = 0.25  # seconds
OFFICER = "officer"  # whose session it is, also after that has ended


def find_officer() -> SignedIn | None:
    """The officer whose session this is, whether or not the second factor was given."""
    if "officer" not in g:
        secret = session.get(_SECRET)
        g.officer = sign_in.find_signed_in(store(), secret, now()) if secret else None
        _note_use(g.officer)
    signed_in: SignedIn | None = g.officer
    return signed_in


def _note_use(signed_in: SignedIn | None) -> None:
    """Notes that the session is in use, if that can be written soon: a page is read also while nothing can be."""
    moment = now()
    if signed_in and signed_in.was_used_before(moment - sign_in.AWAKE):
        with suppress(StoreBusy):
            write(lambda db: sign_in.note_use(db, signed_in, moment), SOON)


def has_ended() -> bool:
    """Whether this browser had a session that has ended by itself, or from elsewhere."""
    return _SECRET in session and find_officer() is None


def officer() -> SignedIn:
    """The officer whose session this is, where the lock of the door lets only officers in."""
    signed_in = find_officer()
    assert signed_in is not None
    return signed_in


def deed() -> Deed:
    """What the signed-in officer does now, as a use case takes it."""
    return Deed(officer().actor, now())


def begin(secret: str) -> None:
    """Starts a session; of an earlier one only the key to a held form stays, which opens it to its officer alone."""
    held = session.get("held")
    session.clear()
    session[_SECRET] = secret
    forget()
    if signed_in := find_officer():
        session[OFFICER] = signed_in.officer.id
    if held:
        session["held"] = held


def end() -> None:
    """Forgets the session in this browser."""
    session.clear()
    forget()


def forget() -> None:
    """Lets the session be read again, after it has changed."""
    g.pop("officer", None)
