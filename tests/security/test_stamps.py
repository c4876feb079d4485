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
