"""Officers, their memberships, their links and their sessions."""

from collections.abc import Sequence
from datetime import date

from skm.store import browsers
from skm.store.database import Database
from skm.store.rows import columns, insert, one, rows
from skm.survey.officer import Membership, Officer, Session
from skm.survey.problem import needed

_OFFICER = f"SELECT {columns(Officer)} FROM officers"
_MEMBERSHIP = """SELECT m.id, m.officer_id, m.role, m.organisation_id, o.name, o.path, o.slug, o.kind,
                 m.until
                 FROM memberships AS m JOIN organisations AS o ON o.id = m.organisation_id"""
_HELD = "m.ended IS NULL AND (m.until IS NULL OR m.until >= :day)"
_SESSION = "SELECT digest, officer_id, membership_id, proven, started, seen FROM sessions"


def add(db: Database, officer: Officer) -> None:
    """Adds an officer."""
    insert(db, "officers", [officer])


def get(db: Database, officer_id: str) -> Officer:
    """The officer with this id, even if the account is closed; raises Problem "officer_unknown"."""
    officer = one(db, Officer, f"{_OFFICER} WHERE id = :id", {"id": officer_id})
    return needed(officer, "officer_unknown", email="")


def find(db: Database, email: str) -> Officer | None:
    """The officer with this address, unless the account is closed."""
    return one(
        db, Officer, f"{_OFFICER} WHERE email = :email AND closed IS NULL", {"email": email.strip().lower()}
    )


def find_ever(db: Database, email: str) -> Officer | None:
    """The officer with this address, even if the account is closed."""
    return one(db, Officer, f"{_OFFICER} WHERE email = :email", {"email": email})


def all_officers(db: Database) -> Sequence[Officer]:
    """Everyone, by name."""
    return rows(db, Officer, f"{_OFFICER} ORDER BY name, id", {})


def count_admins(db: Database) -> int:
    """How many open accounts with a password have the role of an admin, which never has a last day."""
    sql = """SELECT count(DISTINCT m.officer_id) FROM memberships AS m JOIN officers AS o ON o.id = m.officer_id
             WHERE m.role = 'admin' AND m.ended IS NULL AND o.closed IS NULL AND o.password IS NOT NULL"""
    return int(db.execute(sql).fetchone()[0])


def all_headless(db: Database, day: date) -> list[str]:
    """The names of the open units that have no head of their own on a day: one whose role is for just that unit."""
    sql = f"""SELECT name FROM organisations AS u WHERE kind = 'unit' AND closed IS NULL AND NOT EXISTS
                (SELECT 1 FROM memberships AS m JOIN officers AS o ON o.id = m.officer_id
                 WHERE m.organisation_id = u.id AND m.role = 'unit_head' AND {_HELD} AND o.closed IS NULL)
             ORDER BY name, id"""
    return [str(name) for (name,) in db.execute(sql, {"day": day.isoformat()})]


def change_password(db: Database, officer_id: str, password: str) -> None:
    """Sets the (hashed) password."""
    db.execute(
        "UPDATE officers SET password = :password WHERE id = :id", {"password": password, "id": officer_id}
    )


def change_totp(db: Database, officer_id: str, secret: str | None, step: int) -> None:
    """Sets the authenticator's secret and the last time step used."""
    sql = "UPDATE officers SET totp_secret = :secret, totp_step = :step WHERE id = :id"
    db.execute(sql, {"secret": secret, "step": step, "id": officer_id})


def close(db: Database, officer_id: str, at: str) -> None:
    """Closes an account; what the person did stays in the log."""
    db.execute("UPDATE officers SET closed = :at WHERE id = :id", {"at": at, "id": officer_id})
    db.execute(
        "UPDATE memberships SET ended = :at WHERE officer_id = :id AND ended IS NULL",
        {"at": at, "id": officer_id},
    )


def reopen(db: Database, officer_id: str, name: str) -> None:
    """Opens a closed account for a person who comes back; nothing by which the person once got in works any more."""
    sql = (
        "UPDATE officers SET name = :name, password = NULL, totp_secret = NULL, closed = NULL WHERE id = :id"
    )
    db.execute(sql, {"name": name, "id": officer_id})


def add_membership(
    db: Database,
    key: str,
    officer_id: str,
    role: str,
    organisation_id: str,
    at: str,
    until: date | None = None,
) -> None:
    """Gives a role over a subtree, up to its last day if it has one."""
    values = {"key": key, "officer": officer_id, "role": role, "organisation": organisation_id, "at": at}
    sql = """INSERT INTO memberships (id, officer_id, role, organisation_id, granted, until)
             VALUES (:key, :officer, :role, :organisation, :at, :until)"""
    db.execute(sql, values | {"until": until and until.isoformat()})


def end_membership(db: Database, membership_id: str, at: str) -> None:
    """Takes a role away; sessions that act in it lose it at their next step."""
    db.execute("UPDATE memberships SET ended = :at WHERE id = :id", {"at": at, "id": membership_id})


def change_last_day(db: Database, membership_id: str, until: date | None) -> None:
    """Sets the last day of a role; None: it has no end."""
    values = {"until": until and until.isoformat(), "id": membership_id}
    db.execute("UPDATE memberships SET until = :until WHERE id = :id", values)


def memberships_of(db: Database, officer_id: str, day: date) -> Sequence[Membership]:
    """The roles that an officer holds on a day in the city."""
    sql = f"{_MEMBERSHIP} WHERE m.officer_id = :officer AND {_HELD} ORDER BY m.id"
    return rows(db, Membership, sql, {"officer": officer_id, "day": day.isoformat()})


def all_memberships(db: Database) -> Sequence[Membership]:
    """The roles that anybody has, with those whose last day has passed and which nobody has ended."""
    return rows(db, Membership, f"{_MEMBERSHIP} WHERE m.ended IS NULL ORDER BY m.id", {})


def all_given_to(db: Database, officer_id: str) -> Sequence[Membership]:
    """The same for one officer."""
    sql = f"{_MEMBERSHIP} WHERE m.officer_id = :officer AND m.ended IS NULL ORDER BY m.id"
    return rows(db, Membership, sql, {"officer": officer_id})


def replace_recovery_codes(db: Database, officer_id: str, digests: Sequence[str]) -> None:
    """Forgets the old recovery codes and keeps new ones."""
    db.execute("DELETE FROM recovery_codes WHERE officer_id = :officer", {"officer": officer_id})
    for digest in digests:
        db.execute("INSERT INTO recovery_codes VALUES (:o, :d, NULL)", {"o": officer_id, "d": digest})


def use_recovery_code(db: Database, officer_id: str, digest: str, at: str) -> bool:
    """Uses a recovery code up; False when there is no such code left."""
    sql = "UPDATE recovery_codes SET used = :at WHERE officer_id = :o AND digest = :d AND used IS NULL"
    return bool(db.execute(sql, {"at": at, "o": officer_id, "d": digest}).rowcount)


def add_link(
    db: Database,
    digest: str,
    purpose: str,
    officer_id: str | None,
    issued: str,
    expires: str,
    vouched: str = "",
) -> None:
    """Keeps a one-time link; `vouched` as in Officer."""
    values = {"d": digest, "p": purpose, "o": officer_id, "i": issued, "e": expires, "v": vouched}
    db.execute("INSERT INTO links VALUES (:d, :p, :o, :i, :e, NULL, :v)", values)


def find_link(db: Database, digest: str, now: str) -> tuple[str, str | None] | None:
    """Purpose and officer of a link that is neither used nor expired."""
    sql = """SELECT purpose, officer_id FROM links
             WHERE digest = :d AND used IS NULL AND expires > :now AND issued <= :now"""
    row = db.execute(sql, {"d": digest, "now": now}).fetchone()
    return (row[0], row[1]) if row else None


def vouch(db: Database, officer_id: str, digest: str) -> None:
    """Notes on an account who made the link by which its password is set."""
    sql = """UPDATE officers SET vouched = coalesce((SELECT vouched FROM links WHERE digest = :digest), '')
             WHERE id = :id"""
    db.execute(sql, {"digest": digest, "id": officer_id})


def use_links(db: Database, officer_id: str | None, purpose: str, at: str) -> None:
    """Uses up every open link of this kind that the officer was sent."""
    sql = "UPDATE links SET used = :at WHERE officer_id IS :o AND purpose = :p AND used IS NULL"
    db.execute(sql, {"at": at, "o": officer_id, "p": purpose})


def add_session(db: Database, session: Session) -> None:
    """Keeps a new session."""
    db.execute(
        "INSERT INTO sessions VALUES (:digest, :officer_id, :membership_id, :proven, :started, :seen, NULL)",
        vars(session),
    )


def find_session(db: Database, digest: str, seen_after: str, started_after: str) -> Session | None:
    """A session that has not ended, was not left idle too long and is not too old."""
    sql = f"{_SESSION} WHERE digest = :d AND ended IS NULL AND seen > :seen AND started > :started"
    return one(db, Session, sql, {"d": digest, "seen": seen_after, "started": started_after})


def sessions_of(db: Database, officer_id: str, seen_after: str, started_after: str) -> Sequence[Session]:
    """The sessions of an officer that have not ended, the newest first."""
    sql = f"""{_SESSION} WHERE officer_id = :o AND ended IS NULL AND seen > :seen AND started > :started
              ORDER BY started DESC"""
    return rows(db, Session, sql, {"o": officer_id, "seen": seen_after, "started": started_after})


def change_session(db: Database, digest: str, **values: str | int | None) -> None:
    """Sets columns of a session: `seen`, `membership_id`, `proven` or `ended`."""
    names = ", ".join(f"{name} = :{name}" for name in values)
    db.execute(f"UPDATE sessions SET {names} WHERE digest = :digest", values | {"digest": digest})


def end_sessions(db: Database, officer_id: str, at: str, except_for: str = "") -> None:
    """Signs an officer out everywhere, but for the session given; no browser is known any more."""
    sql = "UPDATE sessions SET ended = :at WHERE officer_id = :o AND ended IS NULL AND digest <> :d"
    db.execute(sql, {"at": at, "o": officer_id, "d": except_for})
    browsers.drop_of(db, officer_id)


def add_attempt(db: Database, key: str, account: str, address: str, browser: str, at: str) -> None:
    """Notes a sign-in that may fail; `browser` is the digest of one that is known for the account, or ""."""
    values = {"k": key, "a": account, "f": address, "at": at, "b": browser}
    db.execute("INSERT INTO attempts VALUES (:k, :a, :f, :at, :b)", values)


def drop_attempt(db: Database, key: str) -> None:
    """Forgets an attempt that did not fail."""
    db.execute("DELETE FROM attempts WHERE id = :k", {"k": key})


def count_attempts(db: Database, account: str, address: str, since: str, until: str) -> tuple[int, int]:
    """Failed sign-ins between two moments: on this account, and from this address."""
    sql = """SELECT (SELECT count(*) FROM attempts WHERE account = :account AND at > :since AND at <= :until),
                    (SELECT count(*) FROM attempts WHERE address = :address AND at > :since AND at <= :until)"""
    values = {"account": account, "address": address, "since": since, "until": until}
    on, from_ = db.execute(sql, values).fetchone()
    return on, from_


def count_attempts_in(db: Database, browser: str, since: str, until: str) -> int:
    """Failed sign-ins between two moments in a browser that is known for their account."""
    sql = "SELECT count(*) FROM attempts WHERE browser = :browser AND at > :since AND at <= :until"
    return int(db.execute(sql, {"browser": browser, "since": since, "until": until}).fetchone()[0])


def forget_attempts(db: Database, account: str, browser: str = "") -> None:
    """Clears an account's failures after a success or a reset; those in one known browser only, where it is given."""
    sql = "DELETE FROM attempts WHERE account = :a AND (:b = '' OR browser = :b)"
    db.execute(sql, {"a": account, "b": browser})


def has_old_attempts(db: Database, until: str) -> bool:
    """Whether there are sign-ins that no throttle counts any more."""
    sql = "SELECT EXISTS (SELECT 1 FROM attempts WHERE at <= :until)"
    return bool(db.execute(sql, {"until": until}).fetchone()[0])


def drop_old_attempts(db: Database, until: str) -> None:
    """Forgets the sign-ins that no throttle counts any more."""
    db.execute("DELETE FROM attempts WHERE at <= :until", {"until": until})


def drop_spent(db: Database, now: str, seen_until: str, started_until: str) -> None:
    """Forgets links that were used or have expired, and sessions that have ended, by a deed or by time."""
    db.execute("DELETE FROM links WHERE used IS NOT NULL OR expires <= :now", {"now": now})
    sql = "DELETE FROM sessions WHERE ended IS NOT NULL OR seen <= :seen OR started <= :started"
    db.execute(sql, {"seen": seen_until, "started": started_until})
