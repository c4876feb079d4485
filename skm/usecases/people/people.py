"""Officers come, get roles, change how they get in, and leave. Everything is in the log."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from skm.security import one_time
from skm.security.keys import new_key
from skm.store import officers, organisations
from skm.store.database import Database
from skm.survey.officer import Membership, Officer, Reach, outranks
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Deed, Log, logged, stored_moment
from skm.usecases.people.roles import (
    Invitation,
    give_role,
    held_by,
    open_officer,
    path_of,
    refuse_without_admin,
)

LINK_LIVES = {"set_up": timedelta(days=1), "invitation": timedelta(days=7), "reset": timedelta(hours=2)}
# No quotes, comments or groups: RFC 5322 allows them, nobody has them, and mail programs read them differently.
ADDRESS = re.compile(r"[\w!#$%&'*+/=^`{|}~.-]+@[\w-]+([.][\w-]+)+")


@dataclass(frozen=True)
class Person:
    """An officer with the roles held now and those whose last day has passed, as far as the reader's reach shows them.

    `managed`: nothing that the person was given lies outside that reach. `has_others`: something is not shown.
    """

    officer: Officer
    memberships: Sequence[Membership]
    lapsed: Sequence[Membership]
    managed: bool
    has_others: bool

    @property
    def is_awaited(self) -> bool:
        """Whether the person was invited and has not come yet."""
        return self.officer.password is None and self.officer.closed is None


@dataclass(frozen=True)
class Invited:
    """An officer who was invited, with the roles held, and the secret of the link by which the person comes in.

    No secret: the person can come in already, or has an invitation that others gave. `anew`: the person could come in,
    and has to prove anew who it is, by a link of whoever gives the higher role.
    """

    officer: Officer
    memberships: Sequence[Membership]
    secret: str | None
    anew: bool = False


def show_people(db: Database, reach: Reach, now: datetime) -> list[Person]:
    """Everybody by name, or, for a part of the city, everybody with a role there."""
    given: dict[str, list[Membership]] = {}
    for membership in officers.all_memberships(db):
        given.setdefault(membership.officer_id, []).append(membership)
    day = organisations.today(db, now)
    everybody = (_person(reach, each, given.get(each.id, []), day) for each in officers.all_officers(db))
    return [each for each in everybody if reach.is_whole or each.memberships or each.lapsed]


def show_person(db: Database, reach: Reach, officer_id: str, now: datetime) -> Person:
    """One officer, whether or not the account is closed; raises Problem, also for who is not to be seen."""
    officer, given = officers.get(db, officer_id), officers.all_given_to(db, officer_id)
    person = _person(reach, officer, given, organisations.today(db, now))
    if not (reach.is_whole or person.memberships or person.lapsed):
        raise Problem("officer_unknown", email="")
    return person


def _person(reach: Reach, officer: Officer, given: Sequence[Membership], day: date) -> Person:
    seen = [each for each in given if reach.sees(each.path)]
    return Person(
        officer=officer,
        memberships=[each for each in seen if each.is_held_on(day)],
        lapsed=[each for each in seen if not each.is_held_on(day)],
        managed=reach.manages(officer.id, given),
        has_others=len(given) > len(seen),
    )


def show_terms(db: Database, everybody: Sequence[Person]) -> list[tuple[str, Membership]]:
    """The roles of people with open accounts at open organisations, those too whose last day has passed; by name."""
    closed = {
        each.id for each in organisations.all_below(db, organisations.find_root_path(db)) if each.closed
    }
    return [
        (person.officer.name, held)
        for person in everybody
        for held in (*person.memberships, *person.lapsed)
        if person.officer.closed is None and held.organisation_id not in closed
    ]


def find_person(db: Database, email: str) -> Officer:
    """The officer with an address; raises Problem."""
    return needed(officers.find(db, email), "officer_unknown", email=email)


def invite_officer(db: Database, deed: Deed, reach: Reach, invitation: Invitation) -> Invited:
    """A new officer, or a further role for a known one. Raises Problem."""
    with logged(db, deed) as log:
        return invite(log, reach, invitation)


def invite(log: Log, reach: Reach, invitation: Invitation) -> Invited:
    """The same within the caller's deed.

    Who has been invited by others, to what lies outside the reach, gets the role, and no link that would open it all.
    """
    db, deed = log.db, log.deed
    officer = add_officer(log, invitation.email, invitation.name)
    top = give_role(log, reach, officer, invitation)
    managed = reach.manages(officer.id, officers.all_given_to(db, officer.id))
    anew = officer.password is not None and outranks(invitation.role, top.path, officer.vouched)
    if managed and (officer.password is None or anew):
        officer = _shut(log, officer) if anew else officer
        return replace(_renewed(log, reach, officer, "invitation"), anew=anew)
    return Invited(officer, held_by(db, officer, deed.at), None)


def offer_reset(db: Database, deed: Deed, reach: Reach, officer_id: str) -> Invited:
    """A link by which an officer gets in again; it also ends a throttle and a lost authenticator. Raises Problem.

    Whoever was invited and has not come yet is invited once more, by a link that lives as long as the first.
    """
    with logged(db, deed) as log:
        officer = _managed(db, reach, officer_id)
        log.note(path_of(db, officer, deed.at), "offer_reset", officer.email)
        return _renewed(log, reach, officer, way_in(officer))


def renew_invitations(db: Database, deed: Deed, reach: Reach) -> list[Invited]:
    """New links for all who were invited and have not come yet, by name; the earlier ones end. Raises Problem."""
    with logged(db, deed) as log:
        awaited = [each for each in show_people(db, reach, deed.at) if each.is_awaited and each.managed]
        if not awaited:
            raise Problem("nobody_awaited")
        for person in awaited:
            log.note(path_of(db, person.officer, deed.at), "offer_reset", person.officer.email)
        return [_renewed(log, reach, person.officer, "invitation") for person in awaited]


def _shut(log: Log, officer: Officer) -> Officer:
    """Ends every way in that an account has, for whoever made its last link may have kept one."""
    officers.reopen(log.db, officer.id, officer.name)
    officers.replace_recovery_codes(log.db, officer.id, [])
    officers.end_sessions(log.db, officer.id, log.deed.moment)
    log.note(path_of(log.db, officer, log.deed.at), "offer_reset", officer.email)
    return officers.get(log.db, officer.id)


def _renewed(log: Log, reach: Reach, officer: Officer, purpose: str) -> Invited:
    """An officer with a new link in place of the earlier ones for the same purpose."""
    officers.use_links(log.db, officer.id, purpose, log.deed.moment)
    secret = new_link(log.db, purpose, officer.id, log.deed.at, reach.path)
    return Invited(officer, held_by(log.db, officer, log.deed.at), secret)


def way_in(officer: Officer) -> str:
    """What a link is for by which somebody comes in: a key of LINK_LIVES."""
    return "invitation" if officer.password is None else "reset"


def close_officer(db: Database, deed: Deed, officer_id: str) -> None:
    """Closes an account and ends its sessions and links; the last admin stays. Raises Problem."""
    with logged(db, deed) as log:
        admins, officer = officers.count_admins(db), open_officer(db, officer_id)
        path = path_of(db, officer, deed.at)
        officers.close(db, officer_id, deed.moment)
        officers.end_sessions(db, officer_id, deed.moment)
        refuse_without_admin(db, admins)
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


def _managed(db: Database, reach: Reach, officer_id: str) -> Officer:
    """An officer whose account lies within the reach; raises Problem."""
    officer, given = open_officer(db, officer_id), officers.all_given_to(db, officer_id)
    if not (reach.is_whole or any(reach.sees(each.path) for each in given)):
        raise Problem("officer_unknown", email="")
    if not reach.manages(officer.id, given):
        raise Problem("account_beyond")
    return officer


def new_link(db: Database, purpose: str, officer_id: str | None, now: datetime, vouched: str = "") -> str:
    """The secret of a one-time link, made by whoever has the reach at the path `vouched`; within a transaction."""
    secret = one_time.new_secret()
    ends = stored_moment(now + LINK_LIVES[purpose])
    officers.add_link(db, one_time.digest(secret), purpose, officer_id, stored_moment(now), ends, vouched)
    return secret
