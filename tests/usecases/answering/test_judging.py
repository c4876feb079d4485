"""New answers are judged when their quarter of an hour is over; what people released is not held again."""

from datetime import timedelta

import pytest

from skm.store import audit, events
from skm.survey.doubts import RULES
from skm.usecases.answering import decisions
from skm.usecases.answering.judging import judge_answers
from tests.builders import answered
from tests.conftest import DEED, NOON

LATER = NOON + timedelta(minutes=20)


@pytest.fixture
def came(db, city):
    """Has an answer come in the quarter from noon; from now on answers are judged."""
    judge_answers(db, NOON)

    def _came(scores="343434343", **signals):
        return answered(db, city, scores, **{"received": NOON.isoformat(timespec="seconds")} | signals)

    return _came


def held(db, some):
    """Why each answer is held, the rule's sentence up to its colon; None for those that count."""
    last = [events.all_for(db, one.id)[-1:] for one in some]
    return [found[0].why.partition(":")[0] if found else None for found in last]


def why(code):
    return RULES[code].sentence.partition(":")[0]


def test_an_answer_is_judged_when_its_quarter_is_over(db, came):
    quick = came(seconds=5)
    assert judge_answers(db, NOON + timedelta(minutes=14)) == 0
    assert judge_answers(db, NOON + timedelta(minutes=15)) == 1
    assert held(db, [quick]) == [why("too_quick")]


def test_an_unhurried_answer_and_one_of_unknown_seconds_count(db, came):
    some = [came(seconds=10), came(seconds=None)]
    assert judge_answers(db, LATER) == 0
    assert held(db, some) == [None, None]


def test_what_came_before_there_were_rules_is_not_judged(db, city):
    answered(db, city, "343434343", received=NOON.isoformat(timespec="seconds"), seconds=0)
    assert judge_answers(db, LATER) == 0
    assert judge_answers(db, LATER) == 0


def test_what_somebody_released_is_not_held_again(db, came):
    quick = came(seconds=0)
    judge_answers(db, LATER)
    decisions.decide_answer(db, DEED, quick.receipt, "released", "Orangnya memang cepat")
    came(seconds=60)
    judge_answers(db, LATER)
    assert events.find_state(db, quick.id) == "counted"


def test_a_hold_is_logged_by_its_receipt_and_without_what_was_said(db, city, came):
    quick = came("121212121", seconds=0)
    judge_answers(db, LATER)
    (entry,) = audit.all_for(db, city.unit.path)
    assert (entry.verb, entry.subject, entry.officer_name) == ("held_answer", quick.receipt, "server")
    assert "121212121" not in str(entry)


def test_a_family_that_hands_on_its_telephone_is_not_held(db, came):
    some = [
        came(id=f"form{'~' * (n > 1)}{n if n > 1 else ''}", form_number=1, form_turn=n) for n in range(1, 7)
    ]
    judge_answers(db, LATER)
    assert held(db, some) == [None] * 6


def test_a_form_that_was_used_too_often_is_held_with_its_first_answers(db, came):
    some = [came(id=f"form{f'~{n}' if n > 1 else ''}", form_number=1, form_turn=n) for n in range(1, 8)]
    other = came(seconds=60)
    judge_answers(db, LATER)
    assert held(db, [*some, other]) == [why("many_turns")] * 7 + [None]


def test_a_late_answer_is_held_where_five_others_came_from_the_same_address(db, came):
    some = [came(flags="late", same_origin=6), came(flags="late", same_origin=1), came(same_origin=6)]
    judge_answers(db, LATER)
    assert held(db, some) == [why("late_origin"), None, None]


def test_a_queue_after_a_session_counts_and_a_burst_of_one_kind_is_held(db, came):
    session = [came("444444444" if n % 5 else "343434343", same_origin=6) for n in range(35)]
    judge_answers(db, LATER)
    assert held(db, session) == [None] * 35
    burst = [came("444444444", received=LATER.replace(minute=30).isoformat()) for _ in range(50)]
    one = came("333333333", received=LATER.replace(minute=30).isoformat())
    judge_answers(db, LATER + timedelta(hours=1))
    assert held(db, [*burst, one]) == [why("burst_alike")] * 50 + [None]


def test_of_far_too_many_those_of_one_address_are_held(db, came):
    many = [came(same_origin=6) for _ in range(100)]
    alone = came(same_origin=1)
    judge_answers(db, LATER)
    assert held(db, [*many, alone]) == [why("burst")] * 100 + [None]


def test_a_day_on_which_far_more_come_is_held(db, came):
    day = [
        came(received=(NOON + timedelta(minutes=15 * (n // 20))).isoformat(), same_origin=6)
        for n in range(160)
    ]
    judge_answers(db, NOON + timedelta(hours=3))
    assert set(held(db, day)) == {why("crowded_day")}


def test_a_kiosk_that_was_not_connected_sends_what_it_has_at_once(db, came):
    queue = [came(channel="kiosk", form_number=1, local_hour=8 + n % 6) for n in range(90)]
    judge_answers(db, LATER)
    assert set(held(db, queue)) == {None}


def test_a_kiosk_that_takes_more_than_people_can_give_is_held(db, came):
    pressed = [came(channel="kiosk", form_number=1, id=f"page~{n:032x}") for n in range(61)]
    judge_answers(db, LATER)
    assert set(held(db, pressed)) == {why("kiosk_pace")}


def test_paper_is_judged_by_its_runs_and_not_by_its_time(db, came):
    other = ["343434343", "434343434", "333344444", "444433333", "334433443"]
    sheets = [came(other[n % 5] if n < 30 or n > 38 else "432143214", channel="paper") for n in range(120)]
    judge_answers(db, LATER)
    assert held(db, sheets) == [None] * 30 + ["9 jawaban berturut-turut sama persis"] * 9 + [None] * 81


def test_a_second_look_goes_on_where_the_first_ended(db, came):
    came(seconds=60)
    judge_answers(db, LATER)
    quick = came(seconds=0, received=(NOON + timedelta(minutes=30)).isoformat())
    assert judge_answers(db, NOON + timedelta(minutes=50)) == 1
    assert held(db, [quick]) == [why("too_quick")]
