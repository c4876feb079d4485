"""Coming in by a one-time link: the first admin of a city, an invited officer, one who lost the way in."""

import re
from datetime import datetime

from skm.security import one_time, passwords
from skm.security.keys import new_key
from skm.store import officers, organisations
from skm.store.database import Database, writing
from skm.survey.officer import ADMIN, WHOLE_CITY, Officer
from skm.survey.organisation import TIME_ZONES, Organisation
from skm.survey.problem import Problem
from skm.usecases.deed import SERVER, Actor, Deed, Log, logged, stored_moment
from skm.usecases.people.people import LINK_LIVES, add_officer, new_link
from skm.usecases.people.roles import Invitation, give_role, held_by, path_of
from skm.usecases.people.sign_in import come_in


def offer_set_up(db: Database, now: datetime) -> str | None:
    """A one-time link for the first admin, while there is none; an earlier one stops working."""
    if officers.count_admins(db):
        return None
    with writing(db):
        officers.use_links(db, None, "set_up", stored_moment(now))
        return new_link(db, "set_up", None, now)


def check_set_up(db: Database, secret: str, now: datetime) -> None:
    """Raises Problem unless a link is the one for the first admin, and there is still none."""
    purpose, _ = officers.find_link(db, one_time.digest(secret), stored_moment(now)) or ("", None)
    if purpose != "set_up" or officers.count_admins(db):
        raise Problem("link_spent")


def find_invited(db: Database, secret: str, now: datetime) -> tuple[str, Officer]:
    """The purpose of a link, `invitation` or `reset`, and whom it was sent to.

    Raises Problem when it was used, is too old or never was.
    """
    purpose, officer_id = officers.find_link(db, one_time.digest(secret), stored_moment(now)) or ("", None)
    officer = officers.get(db, officer_id) if officer_id else None
    if officer is None or officer.closed:
        raise Problem("link_spent")
    return purpose, officer


def set_up(
    db: Database, secret: str, city: str, time_zone: str, email: str, name: str, password: str, now: datetime
) -> str:
    """The first admin, and the government at the root of the tree unless it is there; the secret of a session.

    `secret` is that of the link which the server printed. Raises Problem.
    """
    hashed = hashed_if_good(password, email, name)
    with logged(db, Deed(SERVER, now)) as log:
        check_set_up(db, secret, now)
        if not organisations.find_root(db):
            found_city(log, city, time_zone)
        officer = add_officer(log, email, name)
        if ADMIN not in {membership.role for membership in held_by(db, officer, now)}:
            give_role(log, WHOLE_CITY, officer, Invitation(email, name, ADMIN, ""))
        officers.change_password(db, officer.id, hashed)
        officers.vouch(db, officer.id, one_time.digest(secret))
        officers.use_links(db, None, "set_up", log.deed.moment)
        return come_in(log, officer)


def found_city(log: Log, name: str, time_zone: str) -> None:
    """The government at the root of the tree; within the caller's deed. Raises Problem."""
    if organisations.find_root(log.db):
        raise Problem("government_exists")
    if not name.strip() or time_zone not in TIME_ZONES:
        raise Problem("city_unnamed")
    key, slug = new_key(), re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "kota"
    root = Organisation(key, None, f"{key}/", "government", slug, name.strip(), "", "", time_zone)
    organisations.add(log.db, [root])
    log.note(root.path, "add_organisation", root.name, None, {"time_zone": time_zone})


def arrive(db: Database, secret: str, password: str, now: datetime) -> str:
    """Sets the password of the officer whom a link was sent to and signs out elsewhere; the secret of a session.

    Whoever comes this way is not held up by failures of others on the account or from the address. Raises Problem.
    """
    _, officer = find_invited(db, secret, now)
    hashed = hashed_if_good(password, officer.email, officer.name)
    with logged(db, Deed(Actor(officer.id, officer.name, ""), now)) as log:
        purpose, officer = find_invited(db, secret, now)
        officers.change_password(db, officer.id, hashed)
        officers.vouch(db, officer.id, one_time.digest(secret))
        if purpose == "reset":
            officers.change_totp(db, officer.id, None, 0)
            officers.replace_recovery_codes(db, officer.id, [])
        for kind in LINK_LIVES:
            officers.use_links(db, officer.id, kind, log.deed.moment)
        officers.end_sessions(db, officer.id, log.deed.moment)
        officers.forget_attempts(db, officer.email)
        log.note(path_of(db, officer, now), "set_password", officer.email)
        return come_in(log, officers.get(db, officer.id))


def hashed_if_good(password: str, email: str, name: str) -> str:
    """The hash of a password that will do; outside of any transaction, for it takes its time. Raises Problem."""
    if weakness := passwords.weakness(password, email, name):
        raise Problem(weakness, shortest=passwords.SHORTEST, longest=passwords.LONGEST)
    return passwords.hash_password(password)
