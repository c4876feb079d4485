"""Who is asking: the signed-in officer of this request, from the secret in the session's cookie."""

from flask import g, session

from skm.usecases.deed import Deed
from skm.usecases.people import sign_in
from skm.usecases.people.sign_in import Who
from skm.web.frame.connection import now, store

_SECRET = "secret"  # noqa: S105 - the name under which it is kept


def who() -> Who | None:
    """The officer whose session this is, whether or not the second factor was given."""
    if "who" not in g:
        secret = session.get(_SECRET)
        g.who = sign_in.find_who(store(), secret, now()) if secret else None
    found: Who | None = g.who
    return found


def officer() -> Who:
    """The officer behind a door that only officers pass."""
    found = who()
    assert found is not None
    return found


def deed() -> Deed:
    """What the signed-in officer does now, as a use case takes it."""
    return Deed(officer().actor, now())


def begin(secret: str) -> None:
    """Starts a session; nothing of an earlier one is carried over."""
    session.clear()
    session[_SECRET] = secret
    forget()


def end() -> None:
    """Forgets the session in this browser."""
    session.clear()
    forget()


def forget() -> None:
    """Lets the next question find the officer anew, after the session has changed."""
    g.pop("who", None)
