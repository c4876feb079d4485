"""Getting in and out: password, second factor, session, throttle. Nobody learns here whether an account exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from skm.security import one_time, passwords
from skm.security.keys import new_key
from skm.store import browsers, officers
from skm.store.database import Database, writing
from skm.survey.officer import Membership, Officer, Session, needs_second_factor
from skm.survey.problem import Problem, needed
from skm.usecases.deed import Actor, Deed, Log, logged, stored_moment
from skm.usecases.people.browsers import LIFE, Origin, find_browser
from skm.usecases.people.roles import held_by

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
AHEAD = timedelta(minutes=10)  # that a clock may be set back by
ON_ACCOUNT = 10  # failures in a window
FROM_ADDRESS = 100  # an office shares one address
AWAKE = timedelta(
    minutes=1
)  # how exactly it is known when a session was last used: not a write for every page


@dataclass(frozen=True)
class SignedIn:
    """A signed-in officer: the session, the roles held, and the one acted in."""

    officer: Officer
    session: Session
    memberships: tuple[Membership, ...]
    membership: Membership | None

    @property
    def needs_proof(self) -> bool:
        """Whether the second factor has still to be given or set up."""
        return not self.session.proven and _is_asked_twice(self.officer, self.memberships)

    def was_used_before(self, moment: datetime) -> bool:
        """Whether the session was last used before a moment, as far as that is known."""
        return datetime.fromisoformat(self.session.seen) < moment

    @property
    def path(self) -> str:
        """The subtree acted in, under which the log has what officers do to their own accounts."""
        return self.membership.path if self.membership else ""

    @property
    def actor(self) -> Actor:
        """The officer as one who acts, in the role chosen."""
        return _actor(self.officer, self.membership)


def sign_in(db: Database, email: str, password: str, origin: Origin, now: datetime) -> str:
    """A new session's secret for the right password; raises Problem, the same one for every way of being wrong."""
    account = email.strip().lower()[:200]
    attempt = reserve(db, account, origin, now)
    officer = officers.find(db, account)
    if not passwords.verify(officer.password if officer else None, password) or officer is None:
        raise Problem("sign_in_wrong")
    if _is_asked_twice(officer, held_by(db, officer, now)):
        # A right password alone does not clear the failures: it would let its finder try codes without end.
        with writing(db):
            officers.drop_attempt(db, attempt)
            return _start_session(db, officer, now)
    with logged(db, Deed(_actor(officer, None), now)) as log:
        officers.drop_attempt(db, attempt)
        return come_in(log, officer, find_browser(db, account, origin, now))


def come_in(log: Log, officer: Officer, browser: str = "") -> str:
    """The secret of a new session, within the deed that earned it; whoever is asked for no code is in by it.

    The failures are cleared then; in a browser that is known for the account only those in it, so that others who
    try passwords meanwhile get no new tries by it.
    """
    held = held_by(log.db, officer, log.deed.at)
    if not _is_asked_twice(officer, held):
        first = held[0] if held else None
        officers.forget_attempts(log.db, officer.email, browser)
        log.by(_actor(officer, first)).note(first.path if first else "", "sign_in", officer.email)
    return _start_session(log.db, officer, log.deed.at)


def _start_session(db: Database, officer: Officer, now: datetime) -> str:
    """The secret of a new session, within the caller's transaction.

    What nobody can use any more is swept out on the way: nothing else has to remember to do it.
    """
    moment = stored_moment(now)
    officers.drop_spent(db, moment, stored_moment(now - IDLE), stored_moment(now - ABSOLUTE))
    browsers.drop_old(db, stored_moment(now - LIFE))
    secret, held = one_time.new_secret(), held_by(db, officer, now)
    first = held[0].id if held else None
    officers.add_session(db, Session(one_time.digest(secret), officer.id, first, False, moment, moment))
    return secret


def find_signed_in(db: Database, secret: str, now: datetime) -> SignedIn | None:
    """The officer of a session, if it has not ended."""
    digest = one_time.digest(secret)
    session = officers.find_session(db, digest, stored_moment(now - IDLE), stored_moment(now - ABSOLUTE))
    # One that began in a time to come began while the clock was ahead, and would not end before that time.
    if session is None or datetime.fromisoformat(session.started) > now + AHEAD:
        return None
    officer = officers.get(db, session.officer_id)
    held = tuple(held_by(db, officer, now))
    chosen = next((m for m in held if m.id == session.membership_id), held[0] if held else None)
    return None if officer.closed else SignedIn(officer, session, held, chosen)


def note_use(db: Database, signed_in: SignedIn, now: datetime) -> None:
    """Notes that a session is in use, within the caller's transaction."""
    officers.change_session(db, signed_in.session.digest, seen=stored_moment(now))


def prove(db: Database, deed: Deed, signed_in: SignedIn, typed: str, origin: Origin) -> None:
    """The second factor: six digits, or a recovery code, which is then used up; raises Problem."""
    email = signed_in.officer.email
    reserve(db, email, origin, deed.at)
    with logged(db, deed) as log:
        if not _is_right(db, officers.get(db, signed_in.officer.id), typed, deed.at):
            raise Problem("code_wrong")
        officers.change_session(db, signed_in.session.digest, proven=1)
        officers.forget_attempts(db, email, find_browser(db, email, origin, deed.at))
        log.note(signed_in.path, "sign_in", email)


def choose_role(db: Database, deed: Deed, signed_in: SignedIn, membership_id: str) -> None:
    """Acts in another of the roles held from now on, in this session; raises Problem.

    Noted where the new role is acted in: whoever audits that part of the tree sees who came.
    """
    fitting = (held for held in signed_in.memberships if held.id == membership_id)
    chosen = needed(next(fitting, None), "membership_unknown")
    if chosen == signed_in.membership:
        return
    with logged(db, deed) as log:
        officers.change_session(db, signed_in.session.digest, membership_id=membership_id)
        sides = _acting(signed_in.membership), _acting(chosen)
        log.note(chosen.path, "choose_role", signed_in.officer.email, *sides)


def show_sessions(db: Database, signed_in: SignedIn, now: datetime) -> Sequence[Session]:
    """The officer's open sessions, the newest first."""
    return officers.sessions_of(
        db, signed_in.officer.id, stored_moment(now - IDLE), stored_moment(now - ABSOLUTE)
    )


def sign_out(db: Database, signed_in: SignedIn, now: datetime) -> None:
    """Ends this session."""
    with writing(db):
        officers.change_session(db, signed_in.session.digest, ended=stored_moment(now))


def sign_out_elsewhere(db: Database, deed: Deed, signed_in: SignedIn) -> None:
    """Ends every session of the officer but this one."""
    with logged(db, deed) as log:
        officers.end_sessions(db, signed_in.officer.id, deed.moment, signed_in.session.digest)
        log.note(signed_in.path, "sign_out_elsewhere", signed_in.officer.email)


def reserve(db: Database, account: str, origin: Origin, now: datetime) -> str:
    """Notes an attempt before it is judged, so that a hundred at once do not slip by; raises Problem.

    The password is then checked outside of any transaction: it takes a tenth of a second, and citizens are writing.
    """
    since, until, key = stored_moment(now - WINDOW), stored_moment(now + AHEAD), new_key()
    browser = find_browser(db, account, origin, now)
    _refuse_too_many(
        db, account, origin, browser, since, until
    )  # an attack that is being stopped writes nothing
    with writing(db):
        _refuse_too_many(db, account, origin, browser, since, until)
        officers.drop_old_attempts(db, since)
        officers.add_attempt(db, key, account, origin.address, browser, stored_moment(now))
    return key


def _refuse_too_many(
    db: Database, account: str, origin: Origin, browser: str, since: str, until: str
) -> None:
    """Elsewhere every failure on the account counts; in a browser known for it only those in that browser."""
    on, from_ = officers.count_attempts(db, account, origin.address, since, until)
    if browser:
        on, from_ = officers.count_attempts_in(db, browser, since, until), 0
    if on >= ON_ACCOUNT or from_ >= FROM_ADDRESS:
        raise Problem("sign_in_throttled", minutes=int(WINDOW.total_seconds() // 60))


def _is_right(db: Database, officer: Officer, typed: str, now: datetime) -> bool:
    """Whether a code is right; it is used up."""
    if officer.totp_secret is None:
        return False
    step = one_time.totp_step(officer.totp_secret, typed, now, officer.totp_step)
    if step is None:
        digest = one_time.digest(one_time.normalised(typed))
        return officers.use_recovery_code(db, officer.id, digest, stored_moment(now))
    officers.change_totp(db, officer.id, officer.totp_secret, step)
    return True


def _is_asked_twice(officer: Officer, held: Sequence[Membership]) -> bool:
    return officer.totp_secret is not None or needs_second_factor(held)


def _actor(officer: Officer, membership: Membership | None) -> Actor:
    return Actor(officer.id, officer.name, membership.role if membership else "")


def _acting(held: Membership | None) -> dict[str, object]:
    return {"role": held.role, "organisation": held.organisation} if held else {}
