"""Sessions, links and attempts that nobody can use any more are deleted; the log stays."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from skm.survey.officer import WHOLE_CITY
from skm.survey.problem import Problem
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import arrivals, held_forms, people, sign_in, sweeping
from skm.usecases.people.browsers import Origin
from skm.usecases.people.held_forms import HeldForm
from skm.usecases.people.sign_in import ABSOLUTE, IDLE, WINDOW
from tests.officers import PASSWORD, an_officer


@pytest.fixture
def budi(db, city):
    return an_officer(db, "unit_head", city.unit)


@pytest.fixture
def enter(db, budi, clock):
    """Budi signs in; who he then is."""

    def _enter() -> sign_in.SignedIn:
        secret = sign_in.sign_in(db, budi.email, PASSWORD, Origin("10.0.0.1"), clock())
        return sign_in.find_signed_in(db, secret, clock())

    return _enter


@pytest.fixture
def fail(db, clock):
    """Somebody tries a wrong password."""

    def _fail(email: str) -> None:
        with pytest.raises(Problem, match="sign_in_wrong"):
            sign_in.sign_in(db, email, "wrong", Origin("10.0.0.1"), clock())

    return _fail


def count(db, table: str) -> int:
    return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_session_that_was_ended_goes_when_the_next_one_starts(db, enter, clock):
    first = enter()
    sign_in.sign_out(db, first, clock())
    second = enter()
    assert [row[0] for row in db.execute("SELECT digest FROM sessions")] == [second.session.digest]


@pytest.mark.parametrize("later", [IDLE, ABSOLUTE])
def test_a_session_that_ended_by_time_goes_too(db, enter, clock, later):
    enter()
    clock.moment += later
    assert enter() is not None
    assert count(db, "sessions") == 1


def test_a_session_in_use_stays_and_its_owner_still_sees_it(db, enter, clock):
    first = enter()
    clock.moment += IDLE - timedelta(seconds=1)
    second = enter()
    assert [one.digest for one in sign_in.show_sessions(db, second, clock())] == [
        second.session.digest,
        first.session.digest,
    ]


def test_a_link_goes_once_it_is_used(db, budi, clock):
    secret = people.offer_reset(db, Deed(SERVER, clock()), WHOLE_CITY, budi.id).secret
    arrivals.arrive(db, secret, PASSWORD + " baru", clock())
    assert count(db, "links") == 0
    with pytest.raises(Problem, match="link_spent"):
        arrivals.find_invited(db, secret, clock())


def test_a_link_goes_once_it_has_expired_and_not_before(db, budi, enter, clock):
    people.offer_reset(db, Deed(SERVER, clock()), WHOLE_CITY, budi.id)
    for later, left in ((timedelta(minutes=119), 1), (timedelta(minutes=1), 0)):
        clock.moment += later
        enter()
        assert count(db, "links") == left


def test_an_attempt_goes_when_the_next_one_comes_after_the_window(db, fail, clock):
    fail("nobody@example.go.id")
    clock.moment += WINDOW - timedelta(seconds=1)
    fail("somebody@example.go.id")
    assert count(db, "attempts") == 2
    clock.moment += timedelta(seconds=1)
    fail("anybody@example.go.id")
    assert count(db, "attempts") == 2


def raw(db, table: str) -> str:
    """Everything that the rows of a table say."""
    return str(list(db.query(f"SELECT * FROM {table}")))


def test_the_addresses_of_failed_tries_go_when_nobody_tries_again(db, fail, clock):
    fail("nobody@example.go.id")
    clock.moment += WINDOW - timedelta(seconds=1)
    sweeping.sweep(db, clock())
    assert "10.0.0.1" in raw(db, "attempts")
    clock.moment += timedelta(seconds=1)
    sweeping.sweep(db, clock())
    assert raw(db, "attempts") == "[]"


def test_a_form_that_is_held_no_more_goes_when_nobody_comes(db, budi, clock):
    held_forms.hold_form(db, budi.id, HeldForm("/here", {"sentence": ["Kursi"]}), clock())
    sweeping.sweep(db, clock())
    assert count(db, "uploads") == 1
    clock.moment += timedelta(minutes=15, seconds=1)
    sweeping.sweep(db, clock())
    assert count(db, "uploads") == 0


def test_nothing_is_written_where_nothing_is_to_go(db, fail, clock):
    fail("nobody@example.go.id")
    before = db.conn.total_changes
    with reading_only(db):
        sweeping.sweep(db, clock())
    assert db.conn.total_changes == before


@contextmanager
def reading_only(db):
    """Fails on any write."""
    db.conn.execute("PRAGMA query_only = ON")
    yield
    db.conn.execute("PRAGMA query_only = OFF")


def test_nothing_is_swept_out_of_the_log(db, enter, clock):
    for _ in range(3):
        sign_in.sign_out(db, enter(), clock())
        clock.moment += timedelta(days=400)
    assert count(db, "audit") == 3
    assert count(db, "sessions") == 1
