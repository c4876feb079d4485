"""How officers change their own way in: password, authenticator, recovery codes."""

from skm.security import one_time, passwords
from skm.store import officers
from skm.store.database import Database
from skm.survey.officer import Officer
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Deed, logged
from skm.usecases.people.arrivals import hashed_if_good
from skm.usecases.people.browsers import Origin
from skm.usecases.people.sign_in import SignedIn, reserve


def change_password(
    db: Database, deed: Deed, signed_in: SignedIn, current: str, password: str, origin: Origin
) -> None:
    """A new password for a signed-in officer; every other session ends. Raises Problem.

    A wrong present one counts as a failed sign-in: a browser left open is no place to try passwords.
    """
    officer = signed_in.officer
    attempt = reserve(db, officer.email, origin, deed.at)
    if not passwords.verify(officer.password, current):
        raise Problem("password_wrong")
    hashed = hashed_if_good(password, officer.email, officer.name)
    with logged(db, deed) as log:
        officers.drop_attempt(db, attempt)
        officers.change_password(db, officer.id, hashed)
        officers.end_sessions(db, officer.id, deed.moment, signed_in.session.digest)
        log.note(signed_in.path, "change_password", officer.email)


def offer_totp(signed_in: SignedIn, key: str) -> str:
    """The secret that can be tied to the account in this session; "" before an authenticator that is there was used.

    Made from the server's key each time, and another once one is tied: nothing is stored or sent meanwhile.
    """
    officer, session = signed_in.officer, signed_in.session
    if officer.totp_secret and not session.proven:
        return ""
    return one_time.totp_secret_for(f"{session.digest}:{officer.totp_secret or ''}", key)


def set_up_totp(db: Database, deed: Deed, signed_in: SignedIn, key: str, typed: str) -> list[str]:
    """Ties an authenticator to an officer, once it has shown a right code; the recovery codes, shown once.

    Raises Problem; an authenticator that is there is replaced only by one who has used it in this session.
    """
    officer, session = signed_in.officer, signed_in.session
    secret = offer_totp(signed_in, key)
    step = one_time.totp_step(secret, typed, deed.at, 0) if secret else None
    with logged(db, deed) as log:
        if officers.get(db, officer.id).totp_secret and not session.proven:
            raise Problem("link_spent")
        officers.change_totp(db, officer.id, secret, needed(step, "code_wrong"))
        officers.change_session(db, session.digest, proven=1)
        officers.end_sessions(db, officer.id, deed.moment, session.digest)
        log.note(signed_in.path, "set_up_totp", officer.email)
        return _new_recovery_codes(db, officer)


def renew_recovery_codes(db: Database, deed: Deed, signed_in: SignedIn) -> list[str]:
    """New recovery codes in place of the old ones, shown once."""
    with logged(db, deed) as log:
        log.note(signed_in.path, "renew_recovery_codes", signed_in.officer.email)
        return _new_recovery_codes(db, signed_in.officer)


def _new_recovery_codes(db: Database, officer: Officer) -> list[str]:
    made = one_time.new_recovery_codes()
    digests = [one_time.digest(one_time.normalised(code)) for code in made]
    officers.replace_recovery_codes(db, officer.id, digests)
    return made
