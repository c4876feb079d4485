"""Getting in and out: password, second factor, session, throttle. Nobody learns here whether an account exists."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security import one_time, passwords
from skm.security.keys import new_key
from skm.store import audit, officers
from skm.store.database import Database, StoreBusy, writing
from skm.survey.officer import SECOND_FACTOR, Membership, Officer, Session
from skm.survey.problem import Problem
from skm.usecases.deed import Actor

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
ON_ACCOUNT = 10  # failures in a window
FROM_ADDRESS = 100  # an office shares one address
AWAKE = timedelta(
    minutes=1
)  # how exactly it is known when a session was last used: not a write for every page


@dataclass(frozen=True)
class Who:
    """A signed-in officer: the session, the roles held, and the one acted in."""

    officer: Officer
    session: Session
    memberships: tuple[Membership, ...]
    membership: Membership | None

    @property
    def needs_proof(self) -> bool:
        """Whether the second factor has still to be given or set up."""
        return not self.session.proven and _is_asked_twice(self.officer, self.memberships)

    @property
    def path(self) -> str:
        """The subtree acted in, under which the log keeps what this officer does with the own account."""
        return self.membership.path if self.membership else ""

    @property
    def actor(self) -> Actor:
        """The officer as one who acts, in the role chosen."""
        return Actor(*self.signature())

    def signature(self) -> tuple[str, str, str]:
        """How the log names this officer: id, name, role."""
        return self.officer.id, self.officer.name, self.membership.role if self.membership else ""


def sign_in(db: Database, email: str, password: str, address: str, now: datetime) -> str:
    """A new session's secret for the right password; raises Problem, the same one for every way of being wrong."""
    account = email.strip().lower()[:200]
    attempt = reserve(db, account, address, now)
    officer = officers.find(db, account)
    if not passwords.verify(officer.password if officer else None, password) or officer is None:
        raise Problem("sign_in_wrong")
    with writing(db):
        officers.drop_attempt(db, attempt)
        return start_session(db, officer, now)


def start_session(db: Database, officer: Officer, now: datetime) -> str:
    """The secret of a new session, within the transaction of the deed that earned it.

    What nobody can use any more is swept out on the way: nothing else has to remember to do it.
    """
    officers.drop_spent(db, _text(now), _text(now - IDLE), _text(now - ABSOLUTE))
    secret = one_time.new_secret()
    held = officers.memberships_of(db, officer.id)
    first = held[0].id if held else None
    officers.add_session(
        db, Session(one_time.digest(secret), officer.id, first, False, _text(now), _text(now))
    )
    # A right password alone does not clear the failures: it would let its finder try codes without end.
    if not _is_asked_twice(officer, held):
        officers.forget_attempts(db, officer.email)
        signature = (officer.id, officer.name, held[0].role if held else "")
        audit.add(db, _text(now), signature, held[0].path if held else "", "sign_in", officer.email)
    return secret


def find_who(db: Database, secret: str, now: datetime) -> Who | None:
    """The officer of a session, if it has not ended; keeps it awake."""
    digest = one_time.digest(secret)
    session = officers.find_session(db, digest, _text(now - IDLE), _text(now - ABSOLUTE))
    if session is None:
        return None
    officer = officers.get(db, session.officer_id)
    held = tuple(officers.memberships_of(db, officer.id))
    chosen = next((m for m in held if m.id == session.membership_id), held[0] if held else None)
    if datetime.fromisoformat(session.seen) < now - AWAKE:
        with suppress(StoreBusy), writing(db):
            officers.change_session(db, digest, seen=_text(now))
    return None if officer.closed else Who(officer, session, held, chosen)


def prove(db: Database, who: Who, typed: str, address: str, now: datetime) -> None:
    """The second factor: six digits, or a recovery code, which is then used up; raises Problem."""
    reserve(db, who.officer.email, address, now)
    with writing(db):
        if not _is_right(db, officers.get(db, who.officer.id), typed, now):
            raise Problem("code_wrong")
        officers.change_session(db, who.session.digest, proven=1)
        officers.forget_attempts(db, who.officer.email)
        audit.add(db, _text(now), who.signature(), who.path, "sign_in", who.officer.email)


def choose(db: Database, who: Who, membership_id: str, now: datetime) -> None:
    """Acts in another of the roles held from now on, in this session; raises Problem.

    Noted where the new role is acted in: whoever audits that part of the tree sees who came.
    """
    chosen = next((held for held in who.memberships if held.id == membership_id), None)
    if chosen is None:
        raise Problem("membership_unknown")
    if chosen == who.membership:
        return
    with writing(db):
        officers.change_session(db, who.session.digest, membership_id=membership_id)
        sides = _acting(who.membership), _acting(chosen)
        audit.add(db, _text(now), who.signature(), chosen.path, "choose_role", who.officer.email, *sides)


def show_sessions(db: Database, who: Who, now: datetime) -> Sequence[Session]:
    """The officer's open sessions, the newest first."""
    return officers.sessions_of(db, who.officer.id, _text(now - IDLE), _text(now - ABSOLUTE))


def sign_out(db: Database, who: Who, now: datetime) -> None:
    """Ends this session."""
    with writing(db):
        officers.change_session(db, who.session.digest, ended=_text(now))


def sign_out_elsewhere(db: Database, who: Who, now: datetime) -> None:
    """Ends every session of the officer but this one."""
    with writing(db):
        officers.end_sessions(db, who.officer.id, _text(now), who.session.digest)
        audit.add(db, _text(now), who.signature(), who.path, "sign_out_elsewhere", who.officer.email)


def reserve(db: Database, account: str, address: str, now: datetime) -> str:
    """Notes an attempt before it is judged, so that a hundred at once do not slip by; raises Problem.

    The password is then checked outside of any transaction: it takes a tenth of a second, and citizens are writing.
    """
    since, key = _text(now - WINDOW), new_key()
    _refuse_too_many(db, account, address, since)  # an attack that is being stopped writes nothing
    with writing(db):
        _refuse_too_many(db, account, address, since)
        officers.drop_old_attempts(db, since)
        officers.add_attempt(db, key, account, address, _text(now))
    return key


def _refuse_too_many(db: Database, account: str, address: str, since: str) -> None:
    on, from_ = officers.count_attempts(db, account, address, since)
    if on >= ON_ACCOUNT or from_ >= FROM_ADDRESS:
        raise Problem("sign_in_throttled", minutes=int(WINDOW.total_seconds() // 60))


def _is_right(db: Database, officer: Officer, typed: str, now: datetime) -> bool:
    """Whether a code is right; it is used up."""
    if officer.totp_secret is None:
        return False
    step = one_time.totp_step(officer.totp_secret, typed, now, officer.totp_step)
    if step is None:
        digest = one_time.digest(one_time.normalised(typed))
        return officers.use_recovery_code(db, officer.id, digest, _text(now))
    officers.change_totp(db, officer.id, officer.totp_secret, step)
    return True


def _is_asked_twice(officer: Officer, held: Sequence[Membership]) -> bool:
    return officer.totp_secret is not None or any(membership.role in SECOND_FACTOR for membership in held)


def _acting(held: Membership | None) -> dict[str, object]:
    return {"role": held.role, "organisation": held.organisation} if held else {}


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
