"""A server whose clock is behind: answers are taken, marked and held, and officers are told."""

from datetime import timedelta

import pytest

from skm.security import one_time
from skm.store import audit, events, responses
from skm.survey.problem import Problem
from skm.usecases.answering import decisions
from skm.usecases.answering.clock import find_behind
from skm.usecases.closing import freezing
from skm.usecases.deed import SERVER, Deed
from skm.usecases.people import sign_in
from skm.usecases.people.browsers import Origin
from tests.builders import THREES, a_past_year, answered, stored_answers
from tests.conftest import NOON
from tests.officers import PASSWORD, an_officer, exclude

YEAR = timedelta(days=400)


@pytest.fixture
def send(tamu, city, db):
    """Somebody opens a form and sends it; the state of the answer."""

    def _send(hidden=None) -> str:
        tamu.post(f"/s/{city.token}", THREES | (hidden or tamu.open_form(city.token)), 303)
        return events.find_state(db, stored_answers(db)[-1]["id"])

    return _send


def test_an_answer_before_the_last_one_is_held_with_its_reason_and_in_the_log(db, city, clock, send):
    a_past_year(db, city)
    assert send() == "counted"
    clock.moment -= YEAR
    assert send() == "held"
    (event,) = events.all_for(db, stored_answers(db)[-1]["id"])
    assert (event.officer_name, event.why) == ("server", "Jam server lebih awal daripada jawaban terakhir")
    entry = next(audit.all_for(db, ""))
    assert (entry.verb, entry.subject) == ("held_answer", stored_answers(db)[-1]["receipt"])
    assert responses.find_latest(db, NOON.date())[0] == stored_answers(db)[0]["received"]


def test_an_answer_on_a_day_of_a_frozen_period_is_held(db, city, clock, send):
    past = a_past_year(db, city)
    answered(db, city, "333333333", "2025-02-01", period_id=past.id)
    freezing.freeze_period(db, Deed(SERVER, clock()), past.id)
    clock.moment -= timedelta(days=250)  # 2025 still, after its only answer
    assert send() == "held"
    assert find_behind(db, clock()).why == "Jam server lebih awal daripada pembekuan periode Tahun 2025"


@pytest.mark.parametrize(("back", "state"), [(9, "counted"), (11, "held")])
def test_a_clock_that_is_set_right_by_minutes_holds_nothing(db, clock, send, back, state):
    send()
    clock.moment -= timedelta(minutes=back)
    assert send() == state


def test_after_an_hour_of_a_clock_ahead_its_answers_can_be_excluded(db, clock, send):
    clock.moment += timedelta(days=100)
    send()
    clock.moment -= timedelta(days=100)
    assert send() == "held"
    ahead, behind = (row["receipt"] for row in stored_answers(db))
    exclude(db, Deed(SERVER, clock()), ahead, "Jam server keliru")
    decisions.decide_answer(db, Deed(SERVER, clock()), behind, "released", "Jam server benar")
    assert send() == "counted"


def test_an_answer_that_is_sent_again_keeps_what_it_is(db, city, clock, tamu, send):
    hidden = tamu.open_form(city.token)
    assert send(hidden) == "counted"
    a_past_year(db, city)
    clock.moment -= timedelta(minutes=30)
    assert send(hidden) == "counted"
    assert len(stored_answers(db)) == 1


def test_officers_read_it_on_every_page_and_citizens_on_none(db, city, clock, send, tamu, signed_in):
    send()
    clock.moment -= timedelta(hours=1)
    head = signed_in("unit_head", city.unit)
    head.get(f"/units/{city.unit.slug}")
    assert "Jam server lebih awal daripada jawaban terakhir" in head.words
    tamu.get("/")
    assert "Jam server" not in tamu.words


def test_what_began_while_the_clock_was_ahead_does_not_last_until_then(db, city, clock):
    budi, real = an_officer(db, "unit_head", city.unit), clock()
    ahead = real + timedelta(days=1500)
    secret = sign_in.sign_in(db, budi.email, PASSWORD, Origin("10.0.0.1"), ahead)
    for _ in range(sign_in.ON_ACCOUNT):
        with pytest.raises(Problem, match="sign_in_wrong"):
            sign_in.sign_in(db, budi.email, "wrong", Origin("10.0.0.1"), ahead)
    assert sign_in.find_signed_in(db, secret, ahead)
    assert sign_in.find_signed_in(db, secret, real) is None
    assert sign_in.sign_in(db, budi.email, PASSWORD, Origin("10.0.0.1"), real)


def test_a_code_that_was_used_while_the_clock_was_ahead_does_not_refuse_those_of_today(clock):
    secret = one_time.pyotp.random_base32()
    step = int(clock().timestamp()) // 30
    code = one_time.pyotp.TOTP(secret).generate_otp(step)
    assert one_time.totp_step(secret, code, clock(), step + 1_000_000) == step
    assert one_time.totp_step(secret, code, clock(), step) is None
