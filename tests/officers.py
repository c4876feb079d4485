"""Officers for tests: an account with a role, and a browser that is signed in."""

from collections.abc import Sequence
from datetime import date, datetime

from argon2 import PasswordHasher

from skm.security import one_time
from skm.security.keys import new_key
from skm.store import officers, organisations
from skm.store.database import Database, writing
from skm.survey.officer import Membership, Officer, Session, needs_second_factor
from skm.survey.organisation import Organisation
from skm.usecases.answering import decisions
from skm.usecases.deed import Actor, Deed
from tests.client import Visitor

PASSWORD = "sepeda hujan lima kopi tua"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NAMES = {
    "organisasi": "Sari",
    "unit_head": "Budi",
    "counter_staff": "Wati",
    "auditor": "Agus",
    "admin": "Ayu",
}


# Weak on purpose: a stored hash says how much work it takes, and what the application stores takes 0.2 s a time.
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def roles_of(db: Database, officer_id: str, day: date = date(2026, 1, 1)) -> Sequence[Membership]:
    """The roles that an officer holds on a day; one without an end on any."""
    return officers.memberships_of(db, officer_id, day)


def an_officer(
    db: Database,
    role: str,
    organisation: Organisation,
    totp: str | None = None,
    hashed: str = HASHED,
    until: date | None = None,
) -> Officer:
    """An officer with PASSWORD, one role, and the address `budi.1@example.go.id`."""
    key, name = new_key(), NAMES[role]
    email = f"{name.lower()}.{len(officers.all_officers(db)) + 1}@example.go.id"
    made = Officer(key, email, name, hashed, totp, 0, "2026-01-01T00:00:00+00:00", None)
    with writing(db):
        officers.add(db, made)
        officers.add_membership(db, new_key(), key, role, organisation.id, made.created, until)
    return made


def signed_in_as(
    app,
    db: Database,
    role: str,
    organisation: Organisation,
    now: datetime,
    proven: bool = True,
    until: date | None = None,
) -> Visitor:
    """A browser with a session straight from the store; second factor given, where the role needs one."""
    made = an_officer(db, role, organisation, until=until)
    secret, held = one_time.new_secret(), roles_of(db, made.id)
    text = now.isoformat(timespec="seconds")
    with writing(db):
        if needs_second_factor(held):
            officers.change_totp(db, made.id, TOTP_SECRET, 0)
        officers.add_session(db, Session(one_time.digest(secret), made.id, held[0].id, proven, text, text))
    client = app.test_client()
    with client.session_transaction() as session:
        session["secret"] = secret
        session["officer"] = made.id
    return Visitor(client)


def exclude(db: Database, deed: Deed, receipt: str, why: str = "Ganda") -> None:
    """Excludes an answer by two persons: whoever acts proposes it, and somebody else agrees."""
    root = organisations.get_root(db)
    sari = next((one for one in officers.all_officers(db) if one.name == "Sari"), None)
    sari = sari or an_officer(db, "organisasi", root)
    decisions.decide_answer(db, deed, receipt, "excluded", why)
    agreed = Deed(Actor(sari.id, sari.name, "organisasi"), deed.at)
    decisions.decide_answer(db, agreed, receipt, "excluded", why)
