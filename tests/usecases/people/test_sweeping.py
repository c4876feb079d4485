"""Sessions, links and attempts that nobody can use any more are deleted; the log stays."""

from datetime import timedelta

import pytest

from skm.survey.officer import WHOLE_CITY
from skm.survey.problem import Problem
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import arrivals, people, sign_in
from skm.usecases.people.browsers import Origin
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


def test_nothing_is_swept_out_of_the_log(db, enter, clock):
    for _ in range(3):
        sign_in.sign_out(db, enter(), clock())
        clock.moment += timedelta(days=400)
    assert count(db, "audit") == 3
    assert count(db, "sessions") == 1
