"""Codes that people type, and stamps that nobody can forge."""

from datetime import UTC, datetime

import pytest

from skm.security import codes, keys, stamps

SECRET = "a secret for tests, long enough to be one"
NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


def test_a_token_has_no_look_alikes_and_a_right_check_sign():
    for number in range(500):
        token = codes.new_token(number * 7919)
        assert not set(token) & set("01OILUZ")
        assert codes.is_well_formed(token, codes.TOKEN_LENGTH)


def test_every_single_mistake_in_a_token_is_noticed():
    token = codes.new_token(123456789)
    for place in range(len(token)):
        for sign in codes.ALPHABET.replace(token[place], ""):
            assert not codes.is_well_formed(token[:place] + sign + token[place + 1 :], codes.TOKEN_LENGTH)


def test_every_swap_of_neighbours_is_noticed():
    for number in range(200):
        token = codes.new_token(number * 104729)
        for place in range(len(token) - 2):
            if token[place] != token[place + 1]:
                swapped = token[:place] + token[place + 1] + token[place] + token[place + 2 :]
                assert not codes.is_well_formed(swapped, codes.TOKEN_LENGTH)


def test_what_people_type_is_read_generously():
    assert codes.normalise(" abcd-2345 ") == "ABCD2345"
    assert codes.grouped("ABCD2345") == "ABCD-2345"


@pytest.mark.parametrize("typed", ["", "ABC", "ABCD23456789", "ABCD-234!", "ÄBCD2345"])
def test_what_is_no_code_is_refused(typed):
    assert not codes.is_well_formed(codes.normalise(typed), codes.TOKEN_LENGTH)


def test_a_receipt_is_the_same_for_a_replay_and_different_for_another_secret():
    first = codes.receipt_for("submission", SECRET)
    assert first == codes.receipt_for("submission", SECRET)
    assert first != codes.receipt_for("submission", SECRET + "!")
    assert codes.is_well_formed(first, codes.RECEIPT_LENGTH)


def test_a_stamp_comes_back_as_it_was_signed():
    stamp = stamps.read(stamps.issue("counter", NOW, SECRET), SECRET)
    assert stamp is not None
    assert (stamp.counter_id, stamp.opened) == ("counter", NOW)


def test_a_stamp_signed_elsewhere_or_changed_is_no_stamp():
    text = stamps.issue("counter", NOW, SECRET)
    assert stamps.read(text, SECRET + "!") is None
    assert stamps.read(text[:-3] + "abc", SECRET) is None
    assert stamps.read("", SECRET) is None


def test_keys_are_uuid_version_7_and_sort_by_time():
    early, late = keys.key_of(1_000, 5), keys.key_of(1_001, 0)
    assert early < late
    assert (early[14], early[19]) == ("7", "8")


def test_keys_made_together_keep_their_order():
    made = [keys.new_key() for _ in range(5000)]
    assert made == sorted(set(made))
