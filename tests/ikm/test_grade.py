from decimal import Decimal
from fractions import Fraction

import pytest

from skm.ikm import BOUNDS, KINERJA, grade, round_half_up


@pytest.mark.parametrize(
    ("exact", "rounded", "letter"),
    [
        ("64.994", "64.99", "D"),
        ("64.995", "65.00", "C"),
        ("76.604", "76.60", "C"),
        ("76.605", "76.61", "B"),
        ("88.304", "88.30", "B"),
        ("88.305", "88.31", "A"),
    ],
)
def test_a_value_between_two_printed_bands_is_rounded_half_up_and_then_graded(exact, rounded, letter):
    value = round_half_up(Fraction(exact), 2)
    assert (str(value), grade(value)) == (rounded, letter)


@pytest.mark.parametrize("letter", "ABCD")
def test_both_ends_of_a_band_belong_to_it(letter):
    assert [grade(end) for end in BOUNDS[letter]] == [letter, letter]


def test_bands_follow_each_other_by_a_hundredth():
    lows = [low for low, _ in BOUNDS.values()]
    highs = [high for _, high in BOUNDS.values()]
    assert [low - Decimal("0.01") for low in lows[:-1]] == highs[1:]


def test_each_grade_has_its_official_word():
    assert KINERJA == {"A": "Sangat Baik", "B": "Baik", "C": "Kurang Baik", "D": "Tidak Baik"}


def test_a_value_below_the_scale_under_rounded_weights_is_still_d():
    assert grade(Decimal("24.75")) == "D"


def test_a_half_is_rounded_away_from_zero_on_both_sides():
    assert round_half_up(Fraction("-2.345"), 2) == -round_half_up(Fraction("2.345"), 2) == Decimal("-2.35")


def test_rounding_keeps_the_places_asked_for():
    assert str(round_half_up(Fraction(75), 2)) == "75.00"


def test_rounding_sees_the_exact_value_and_not_its_float():
    assert round_half_up(Fraction("86.625"), 2) == Decimal("86.63")
    assert round_half_up(Fraction("86.625") - Fraction(1, 10**30), 2) == Decimal("86.62")
