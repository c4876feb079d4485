"""Officers come, get roles, change how they get in, and leave. Every deed is in the log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security import one_time
from skm.security.keys import new_key
from skm.store import audit, officers, organisations
from skm.store.database import Database, writing
from skm.survey.officer import ROLES, Membership, Officer
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem

LINK_LIVES = {"set_up": timedelta(days=1), "invitation": timedelta(days=7), "reset": timedelta(hours=2)}
Deed = tuple[str | None, str, str]  # id, name and role of who does it
SERVER: Deed = (None, "server", "")
# No quotes, comments or groups: RFC 5322 allows them, nobody has them, and mail programs read them differently.
ADDRESS = re.compile(r"[\w!#$%&'*+/=^`{|}~.-]+@[\w-]+([.][\w-]+)+")


@dataclass(frozen=True)
class Person:
    """An officer with the roles held now."""

    officer: Officer
    memberships: Sequence[Membership]


def show_people(db: Database) -> list[Person]:
    """Everybody, by name."""
    held: dict[str, list[Membership]] = {}
    for one in officers.all_memberships(db):
        held.setdefault(one.officer_id, []).append(one)
    return [Person(officer, held.get(officer.id, [])) for officer in officers.all_officers(db)]


def show_person(db: Database, officer_id: str) -> Person:
    """One officer, whether or not the account is closed; raises Problem."""
    try:
        return Person(officers.get(db, officer_id), officers.memberships_of(db, officer_id))
    except LookupError:
        raise Problem("officer_unknown", email="") from None


def find_person(db: Database, email: str) -> Officer:
    """The officer with an address; raises Problem."""
    found = officers.find(db, email)
    if found is None:
        raise Problem("officer_unknown", email=email)
    return found


def invite(
    db: Database, by: Deed, email: str, name: str, role: str, organisation_id: str, now: datetime
) -> str | None:
    """A new officer, or a further role for a known one; the whole city where `organisation_id` is empty.

    The secret of the link by which the person comes in, or None when the person can already. Raises Problem.
    """
    with writing(db):
        officer = add_officer(db, by, email, name, now)
        give_role(db, by, officer, role, organisation_id, now)
        if officer.password is not None:
            return None
        officers.use_links(db, officer.id, "invitation", _text(now))
        return new_link(db, "invitation", officer.id, now)


def offer_reset(db: Database, by: Deed, officer_id: str, now: datetime) -> str:
    """The secret of a link by which an officer gets in again; it also ends a throttle and a lost authenticator."""
    with writing(db):
        officer = _open(db, officer_id)
        officers.use_links(db, officer.id, "reset", _text(now))
        audit.add(db, _text(now), by, path_of(db, officer), "offer_reset", officer.email)
        return new_link(db, "reset", officer.id, now)


def end_membership(db: Database, by: Deed, officer_id: str, membership_id: str, now: datetime) -> None:
    """Takes a role away; the last admin stays. Raises Problem."""
    with writing(db):
        admins, officer = officers.count_admins(db), _open(db, officer_id)
        held = {membership.id: membership for membership in officers.memberships_of(db, officer_id)}
        if membership_id not in held:
            raise Problem("membership_unknown")
        ended = held[membership_id]
        officers.end_membership(db, membership_id, _text(now))
        _refuse_without_admin(db, admins)
        before = {"role": ended.role, "organisation": ended.organisation}
        audit.add(db, _text(now), by, ended.path, "end_membership", officer.email, before)


def close_officer(db: Database, by: Deed, officer_id: str, now: datetime) -> None:
    """Closes an account and ends its sessions and links; the last admin stays. Raises Problem."""
    with writing(db):
        admins, officer = officers.count_admins(db), _open(db, officer_id)
        path = path_of(db, officer)
        officers.close(db, officer_id, _text(now))
        officers.end_sessions(db, officer_id, _text(now))
        _refuse_without_admin(db, admins)
        audit.add(db, _text(now), by, path, "close_officer", officer.email)


def add_officer(db: Database, by: Deed, email: str, name: str, now: datetime) -> Officer:
    """The officer with this address, new unless known; within the transaction of who asks for it. Raises Problem."""
    email, name = email.strip().lower(), name.strip()
    if not ADDRESS.fullmatch(email) or len(email) > 200:
        raise Problem("email_wrong")
    known = officers.find_ever(db, email)
    if known and not known.closed:
        return known
    if not name:
        raise Problem("name_missing")
    if known:
        officers.reopen(db, known.id, name)
    else:
        officers.add(db, Officer(new_key(), email, name, None, None, 0, _text(now), None))
    root = organisations.find_root(db)
    audit.add(db, _text(now), by, root.path if root else "", "add_officer", email, None, {"name": name})
    return find_person(db, email)


def give_role(
    db: Database, by: Deed, officer: Officer, role: str, organisation_id: str, now: datetime
) -> None:
    """A role over a subtree; within the transaction of who asks for it. Raises Problem."""
    if role not in ROLES:
        raise Problem("role_unknown", role=role)
    top = _organisation(db, organisation_id)
    held = officers.memberships_of(db, officer.id)
    if any((one.role, one.organisation_id) == (role, top.id) for one in held):
        raise Problem("membership_held")
    officers.add_membership(db, new_key(), officer.id, role, top.id, _text(now))
    after = {"role": role, "organisation": top.name}
    audit.add(db, _text(now), by, top.path, "give_role", officer.email, None, after)


def _organisation(db: Database, organisation_id: str) -> Organisation:
    root = organisations.find_root(db)
    if root is None:
        raise Problem("city_unnamed")
    try:
        return organisations.get(db, organisation_id) if organisation_id else root
    except LookupError:
        raise Problem("organisation_unknown") from None


def _open(db: Database, officer_id: str) -> Officer:
    try:
        officer = officers.get(db, officer_id)
    except LookupError:
        officer = None
    if officer is None or officer.closed:
        raise Problem("officer_unknown", email="")
    return officer


def _refuse_without_admin(db: Database, before: int) -> None:
    if before and not officers.count_admins(db):
        raise Problem("last_admin")


def new_link(db: Database, purpose: str, officer_id: str | None, now: datetime) -> str:
    """The secret of a one-time link; within the transaction of who asks for it."""
    secret = one_time.new_secret()
    officers.add_link(
        db, one_time.digest(secret), purpose, officer_id, _text(now), _text(now + LINK_LIVES[purpose])
    )
    return secret


def path_of(db: Database, officer: Officer) -> str:
    """Under which part of the tree the log keeps what happens to an account."""
    held, root = officers.memberships_of(db, officer.id), organisations.find_root(db)
    return held[0].path if held else root.path if root else ""


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
