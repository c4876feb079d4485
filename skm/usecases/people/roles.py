"""Roles are given, get another last day, and are taken away, by whoever's reach they lie in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skm.security.keys import new_key
from skm.store import officers, organisations
from skm.store.database import Database
from skm.survey.officer import ADMIN, ROLES, Membership, Officer, Reach
from skm.survey.organisation import Organisation
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Deed, Log, logged


@dataclass(frozen=True)
class Invitation:
    """Who gets which role over which organisation, the whole city where `organisation_id` is empty; until which day."""

    email: str
    name: str
    role: str
    organisation_id: str
    until: date | None = None


def give_role(log: Log, reach: Reach, officer: Officer, invitation: Invitation) -> Organisation:
    """A role over a subtree, whose top is returned; within the caller's deed. Raises Problem.

    A link by which somebody was to get in again ends: it was made for what the account could open before.
    """
    db, role, until = log.db, invitation.role, invitation.until
    if role not in ROLES:
        raise Problem("role_unknown", role=role)
    top, today = _organisation(db, invitation.organisation_id), organisations.today(db, log.deed.at)
    if not reach.holds(role, top.path) or officer.id == reach.holder:
        raise Problem("role_beyond")
    _check_last_day(role, until, today)
    for given in officers.all_given_to(db, officer.id):
        if (given.role, given.organisation_id) == (role, top.id):
            if given.is_held_on(today):
                raise Problem("membership_held")
            officers.end_membership(db, given.id, log.deed.moment)  # its last day has passed
    officers.use_links(db, officer.id, "reset", log.deed.moment)
    officers.add_membership(db, new_key(), officer.id, role, top.id, log.deed.moment, until)
    log.note(top.path, "give_role", officer.email, None, _noted(role, top.name, until))
    return top


def end_membership(db: Database, deed: Deed, reach: Reach, officer_id: str, membership_id: str) -> None:
    """Takes a role away; the last admin stays. Raises Problem."""
    with logged(db, deed) as log:
        admins = officers.count_admins(db)
        officer, ended = _given(db, reach, officer_id, membership_id)
        officers.end_membership(db, membership_id, deed.moment)
        refuse_without_admin(db, admins)
        log.note(
            ended.path,
            "end_membership",
            officer.email,
            _noted(ended.role, ended.organisation, ended.last_day),
        )


def change_last_day(
    db: Database, deed: Deed, reach: Reach, officer_id: str, membership_id: str, until: date | None
) -> None:
    """Gives a role another last day, also when that has passed; None: it is held without end. Raises Problem."""
    with logged(db, deed) as log:
        set_last_day(log, reach, officer_id, membership_id, until)


def set_last_day(log: Log, reach: Reach, officer_id: str, membership_id: str, until: date | None) -> None:
    """The same within the caller's deed."""
    officer, held = _given(log.db, reach, officer_id, membership_id)
    _check_last_day(held.role, until, organisations.today(log.db, log.deed.at))
    officers.change_last_day(log.db, membership_id, until)
    before, after = {"until": held.until}, {"until": until and until.isoformat()}
    log.changed(held.path, "change_last_day", officer.email, before, after)


def _check_last_day(role: str, until: date | None, today: date) -> None:
    """Raises Problem for a day that has passed, and for an admin: without one nobody could invite any more."""
    if until and role == ADMIN:
        raise Problem("admin_until")
    if until and until < today:
        raise Problem("until_past")


def _noted(role: str, organisation: str, until: date | None) -> dict[str, object]:
    """What the log has of a role."""
    values: dict[str, object] = {"role": role, "organisation": organisation}
    return values | ({"until": until.isoformat()} if until else {})


def _given(db: Database, reach: Reach, officer_id: str, membership_id: str) -> tuple[Officer, Membership]:
    """A role within the reach that an officer was given; raises Problem."""
    officer = open_officer(db, officer_id)
    given = {each.id: each for each in officers.all_given_to(db, officer_id) if reach.sees(each.path)}
    membership = needed(given.get(membership_id), "membership_unknown")
    if not reach.holds(membership.role, membership.path) or officer.id == reach.holder:
        raise Problem("role_beyond")
    return officer, membership


def _organisation(db: Database, organisation_id: str) -> Organisation:
    root = needed(organisations.find_root(db), "city_unnamed")
    return organisations.get(db, organisation_id) if organisation_id else root


def open_officer(db: Database, officer_id: str) -> Officer:
    """The officer with this id, unless the account is closed; raises Problem."""
    officer = officers.get(db, officer_id)
    if officer.closed:
        raise Problem("officer_unknown", email="")
    return officer


def refuse_without_admin(db: Database, before: int) -> None:
    """Raises Problem where there were admins before, and are none now."""
    if before and not officers.count_admins(db):
        raise Problem("last_admin")


def path_of(db: Database, officer: Officer, now: datetime) -> str:
    """Under which part of the tree the log has what happens to an account."""
    held = held_by(db, officer, now)
    return held[0].path if held else organisations.find_root_path(db)


def held_by(db: Database, officer: Officer, now: datetime) -> Sequence[Membership]:
    """The roles that an officer holds at a moment."""
    return officers.memberships_of(db, officer.id, organisations.today(db, now))
