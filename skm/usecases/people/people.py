"""Officers come, get roles, change how they get in, and leave. Everything is in the log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security import one_time
from skm.security.keys import new_key
from skm.store import officers, organisations
from skm.store.database import Database
from skm.survey.officer import ROLES, Membership, Officer
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Deed, Log, logged, stored_moment

LINK_LIVES = {"set_up": timedelta(days=1), "invitation": timedelta(days=7), "reset": timedelta(hours=2)}
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
    for membership in officers.all_memberships(db):
        held.setdefault(membership.officer_id, []).append(membership)
    return [Person(officer, held.get(officer.id, [])) for officer in officers.all_officers(db)]


def show_person(db: Database, officer_id: str) -> Person:
    """One officer, whether or not the account is closed; raises Problem."""
    return Person(officers.get(db, officer_id), officers.memberships_of(db, officer_id))


def find_person(db: Database, email: str) -> Officer:
    """The officer with an address; raises Problem."""
    return needed(officers.find(db, email), "officer_unknown", email=email)


def invite_officer(
    db: Database, deed: Deed, email: str, name: str, role: str, organisation_id: str
) -> str | None:
    """A new officer, or a further role for a known one; the whole city where `organisation_id` is empty.

    The secret of the link by which the person comes in, or None when the person can already. Raises Problem.
    """
    with logged(db, deed) as log:
        officer = add_officer(log, email, name)
        give_role(log, officer, role, organisation_id)
        if officer.password is not None:
            return None
        officers.use_links(db, officer.id, "invitation", deed.moment)
        return new_link(db, "invitation", officer.id, deed.at)


def offer_reset(db: Database, deed: Deed, officer_id: str) -> str:
    """The secret of a link by which an officer gets in again; it also ends a throttle and a lost authenticator.

    Whoever was invited and has not come yet is invited once more, by a link that lives as long as the first.
    """
    with logged(db, deed) as log:
        officer = _open(db, officer_id)
        purpose = way_in(officer)
        officers.use_links(db, officer.id, purpose, deed.moment)
        log.note(path_of(db, officer), "offer_reset", officer.email)
        return new_link(db, purpose, officer.id, deed.at)


def way_in(officer: Officer) -> str:
    """What a link is for by which somebody comes in: a key of LINK_LIVES."""
    return "invitation" if officer.password is None else "reset"


def end_membership(db: Database, deed: Deed, officer_id: str, membership_id: str) -> None:
    """Takes a role away; the last admin stays. Raises Problem."""
    with logged(db, deed) as log:
        admins, officer = officers.count_admins(db), _open(db, officer_id)
        held = {membership.id: membership for membership in officers.memberships_of(db, officer_id)}
        ended = needed(held.get(membership_id), "membership_unknown")
        officers.end_membership(db, membership_id, deed.moment)
        _refuse_without_admin(db, admins)
        before = {"role": ended.role, "organisation": ended.organisation}
        log.note(ended.path, "end_membership", officer.email, before)


def close_officer(db: Database, deed: Deed, officer_id: str) -> None:
    """Closes an account and ends its sessions and links; the last admin stays. Raises Problem."""
    with logged(db, deed) as log:
        admins, officer = officers.count_admins(db), _open(db, officer_id)
        path = path_of(db, officer)
        officers.close(db, officer_id, deed.moment)
        officers.end_sessions(db, officer_id, deed.moment)
        _refuse_without_admin(db, admins)
        log.note(path, "close_officer", officer.email)


def add_officer(log: Log, email: str, name: str) -> Officer:
    """The officer with this address, new unless known; within the caller's deed. Raises Problem."""
    db = log.db
    email, name = email.strip().lower(), name.strip()
    if not ADDRESS.fullmatch(email) or len(email) > 200:
        raise Problem("email_wrong")
    holder = officers.find_ever(db, email)
    if holder and not holder.closed:
        return holder
    if not name:
        raise Problem("name_missing")
    if holder:
        officers.reopen(db, holder.id, name)
    else:
        officers.add(db, Officer(new_key(), email, name, None, None, 0, log.deed.moment, None))
    log.note(organisations.find_root_path(db), "add_officer", email, None, {"name": name})
    return find_person(db, email)


def give_role(log: Log, officer: Officer, role: str, organisation_id: str) -> None:
    """A role over a subtree; within the caller's deed. Raises Problem."""
    if role not in ROLES:
        raise Problem("role_unknown", role=role)
    top = _organisation(log.db, organisation_id)
    held = officers.memberships_of(log.db, officer.id)
    if any((one.role, one.organisation_id) == (role, top.id) for one in held):
        raise Problem("membership_held")
    officers.add_membership(log.db, new_key(), officer.id, role, top.id, log.deed.moment)
    after = {"role": role, "organisation": top.name}
    log.note(top.path, "give_role", officer.email, None, after)


def _organisation(db: Database, organisation_id: str) -> Organisation:
    root = needed(organisations.find_root(db), "city_unnamed")
    return organisations.get(db, organisation_id) if organisation_id else root


def _open(db: Database, officer_id: str) -> Officer:
    officer = officers.get(db, officer_id)
    if officer.closed:
        raise Problem("officer_unknown", email="")
    return officer


def _refuse_without_admin(db: Database, before: int) -> None:
    if before and not officers.count_admins(db):
        raise Problem("last_admin")


def new_link(db: Database, purpose: str, officer_id: str | None, now: datetime) -> str:
    """The secret of a one-time link; within the caller's transaction."""
    secret = one_time.new_secret()
    ends = stored_moment(now + LINK_LIVES[purpose])
    officers.add_link(db, one_time.digest(secret), purpose, officer_id, stored_moment(now), ends)
    return secret


def path_of(db: Database, officer: Officer) -> str:
    """Under which part of the tree the log has what happens to an account."""
    held = officers.memberships_of(db, officer.id)
    return held[0].path if held else organisations.find_root_path(db)
