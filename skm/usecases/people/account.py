"""What an officer changes about the own way in: password, authenticator, recovery codes."""

from datetime import datetime

from skm.security import one_time, passwords
from skm.store import audit, officers
from skm.store.database import Database, writing
from skm.survey.problem import Problem
from skm.usecases.people.arrivals import hashed_if_good
from skm.usecases.people.sign_in import Who, reserve


def change_password(db: Database, who: Who, current: str, password: str, address: str, now: datetime) -> None:
    """A new password for a signed-in officer; every other session ends. Raises Problem.

    A wrong present one counts as a failed sign-in: a browser left open is no place to try passwords.
    """
    attempt = reserve(db, who.officer.email, address, now)
    if not passwords.verify(who.officer.password, current):
        raise Problem("password_wrong")
    hashed = hashed_if_good(password, who.officer.email, who.officer.name)
    with writing(db):
        officers.drop_attempt(db, attempt)
        officers.change_password(db, who.officer.id, hashed)
        officers.end_sessions(db, who.officer.id, _text(now), who.session.digest)
        audit.add(db, _text(now), who.signature(), who.path, "change_password", who.officer.email)


def set_up_totp(db: Database, who: Who, secret: str, typed: str, now: datetime) -> list[str]:
    """Ties an authenticator to an officer, once it has shown a right code; the recovery codes, shown once.

    Raises Problem; an authenticator that is there is replaced only by one who has used it in this session.
    """
    step = one_time.totp_step(secret, typed, now, 0) if secret else None
    with writing(db):
        if officers.get(db, who.officer.id).totp_secret and not who.session.proven:
            raise Problem("link_spent")
        if step is None:
            raise Problem("code_wrong")
        officers.change_totp(db, who.officer.id, secret, step)
        officers.change_session(db, who.session.digest, proven=1)
        officers.end_sessions(db, who.officer.id, _text(now), who.session.digest)
        audit.add(db, _text(now), who.signature(), who.path, "set_up_totp", who.officer.email)
        return _new_recovery_codes(db, who)


def renew_recovery_codes(db: Database, who: Who, now: datetime) -> list[str]:
    """New recovery codes in place of the old ones, shown once."""
    with writing(db):
        audit.add(db, _text(now), who.signature(), who.path, "renew_recovery_codes", who.officer.email)
        return _new_recovery_codes(db, who)


def _new_recovery_codes(db: Database, who: Who) -> list[str]:
    made = one_time.new_recovery_codes()
    digests = [one_time.digest(one_time.normalised(code)) for code in made]
    officers.replace_recovery_codes(db, who.officer.id, digests)
    return made


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
