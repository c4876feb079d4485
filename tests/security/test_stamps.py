"""The stamp in a form: made here, for this counter, unchanged."""

from datetime import UTC, datetime

import pytest

from skm.security import stamps

SECRET = "a secret that is long enough for a test"
NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


def test_a_stamp_says_where_and_when_its_form_was_opened():
    stamp = stamps.read(stamps.issue("counter-1", NOON, SECRET), SECRET)
    assert (stamp.counter_id, stamp.opened) == ("counter-1", NOON)


def test_two_forms_have_two_submissions():
    first, second = (stamps.read(stamps.issue("counter-1", NOON, SECRET), SECRET) for _ in range(2))
    assert first.submission != second.submission


@pytest.mark.parametrize("text", ["", "x", "a.b.c.d", "é.1", "\ud800", "." * 5])
def test_what_was_not_signed_is_no_stamp(text):
    assert stamps.read(text, SECRET) is None


def test_a_changed_stamp_is_no_stamp():
    issued = stamps.issue("counter-1", NOON, SECRET)
    assert stamps.read(issued.replace("counter-1", "counter-2"), SECRET) is None


def test_a_stamp_of_another_installation_is_no_stamp():
    assert (
        stamps.read(stamps.issue("counter-1", NOON, "another secret, as long as the first"), SECRET) is None
    )


def turn_of(channel: str, turn: str) -> stamps.Stamp | None:
    return stamps.read(stamps.issue("counter-1", NOON, SECRET, channel) + turn, SECRET)


def test_a_stamp_says_through_which_channel_its_answers_come():
    assert turn_of("qr", "").channel == turn_of("qr", "~2").channel == "qr"
    assert turn_of("kiosk", f"~{'a1' * 16}").channel == "kiosk"


def test_each_answer_at_a_kiosk_has_an_id_of_its_own():
    issued = stamps.issue("counter-1", NOON, SECRET, "kiosk")
    ids = {stamps.read(f"{issued}~{number:032x}", SECRET).submission for number in range(1000)}
    assert len(ids) == 1000


@pytest.mark.parametrize(
    "turn", ["", "~2", "~", "~a1a1", f"~{'A1' * 16}", f"~{'g1' * 16}", f"~{'a1' * 33}", f"~{'a1' * 16}\n"]
)
def test_a_stamp_of_a_kiosk_is_none_without_such_an_id(turn):
    assert turn_of("kiosk", turn) is None


@pytest.mark.parametrize("turn", [f"~{'a1' * 16}", "~1", "~21", "~02", "~x"])
def test_a_stamp_of_a_form_has_its_answers_and_no_others(turn):
    assert turn_of("qr", turn) is None
