"""What is stored of how an answer was sent: how long it took, which of its form it is, how far its clock is off."""

from datetime import timedelta

import pytest

from tests.builders import THREES, stored_answers


@pytest.fixture
def send(tamu, city, db, clock):
    """Sends the form so long after it was opened; the row of the answer."""

    def _send(passed=timedelta(0), hidden=None, **sent):
        hidden = hidden or tamu.open_form(city.token)
        clock.moment += passed
        tamu.post(f"/s/{city.token}", THREES | hidden | sent, 303)
        return stored_answers(db)[-1]

    return _send


def turn(hidden, number):
    """The next answer of an opened form."""
    return hidden | {"stamp": f"{hidden['stamp']}~{number}"}


@pytest.mark.parametrize(
    ("passed", "seconds"), [(0, 0), (4, 0), (5, 5), (64, 60), (1800, 1800), (3605, 3600), (90_000, 3600)]
)
def test_the_seconds_from_opening_to_sending_are_steps_of_five_up_to_an_hour(send, passed, seconds):
    assert send(timedelta(seconds=passed))["seconds"] == seconds


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"took": "62"}, 60),
        ({"took": "9999"}, 600),
        ({"took": "-5"}, 600),
        ({"took": "1e2"}, 600),
        ({"ago": "31"}, 30),
    ],
)
def test_a_device_may_say_that_it_took_less_and_never_more(send, said, seconds):
    assert send(timedelta(minutes=10), **said)["seconds"] == seconds


def test_a_clock_that_went_back_says_nothing_of_how_long_it_took(send):
    assert send(-timedelta(minutes=5))["seconds"] is None


def test_an_answer_that_waited_has_the_seconds_until_somebody_sent_it(send):
    row = send(timedelta(days=2), ago=str(2 * 24 * 3600), took="95")
    assert (row["seconds"], row["flags"]) == (95, "late")


@pytest.mark.parametrize(
    ("ahead", "offset"),
    [(0, 0), (449, 0), (451, 900), (-3600, -3600), (-400 * 86400, -2678400), (400 * 86400, 2678400)],
)
def test_a_late_answer_has_what_the_clock_of_its_device_is_off_in_quarters_of_an_hour(
    send, clock, ahead, offset
):
    told = clock.moment + timedelta(days=2, seconds=ahead)
    assert send(timedelta(days=2), clock=str(int(told.timestamp())))["clock_offset"] == offset


@pytest.mark.parametrize(("days", "told"), [(0, "1781496000"), (2, ""), (2, "-5"), (2, "9" * 13)])
def test_nothing_else_has_it(send, days, told):
    assert send(timedelta(days=days), clock=told)["clock_offset"] is None


def test_an_hour_beside_the_seconds_does_not_tell_the_minute_of_an_answer(send, clock):
    clock.moment += timedelta(minutes=59)
    row = send(timedelta(minutes=2))
    assert (row["local_hour"], row["received"], row["seconds"]) == (13, "2026-06-15T05:00:00+00:00", 120)


def test_nor_does_the_date_after_midnight(send, clock):
    clock.moment += timedelta(hours=11, minutes=59)
    row = send(timedelta(minutes=2))
    assert (row["local_date"], row["local_hour"], row["seconds"]) == ("2026-06-15", 23, None)


def test_answers_of_one_form_are_tied_by_the_number_of_the_first_that_came(send, tamu, city):
    send()
    hidden = tamu.open_form(city.token)
    rows = [send(hidden=turn(hidden, 7)), send(hidden=hidden), send(), send(hidden=turn(hidden, 20))]
    assert [(row["form_number"], row["form_turn"]) for row in rows] == [(2, 7), (2, 1), (4, 1), (2, 20)]


def test_answers_of_one_page_of_a_kiosk_are_counted(send, tamu, city):
    tamu.get(f"/kios/{city.token}")
    stamp = tamu.page.xpath("//input[@name='stamp']/@value")[0]
    rows = [send(hidden={"stamp": f"{stamp}~{number:032x}"}) for number in (9, 1, 5)]
    assert [(row["form_number"], row["form_turn"]) for row in rows] == [(1, 1), (1, 2), (1, 3)]


def test_what_is_sent_again_keeps_its_signals(send, tamu, city, db):
    hidden = tamu.open_form(city.token)
    first = send(hidden=hidden)
    assert send(timedelta(hours=1), hidden) == first
    assert len(stored_answers(db)) == 1
