from decimal import Decimal
from fractions import Fraction

import pytest

from skm.ikm import TippingPoint, tipping_point


def test_a_b_holds_while_those_who_did_not_answer_give_75_06():
    # 234 of 1,000 answered and gave 81.66: (76.605 - 0.234 x 81.66) / 0.766 = 75.0606...
    assert tipping_point(Fraction("81.66"), 234, 1000) == TippingPoint("B", 766, Decimal("75.06"))


@pytest.mark.parametrize("index", ["81.66", "90.00", "70.12"])
def test_a_hundredth_above_the_value_shown_the_grade_holds_and_there_it_falls(index):
    point = tipping_point(Fraction(index), 234, 1000)
    assert point
    assert point.value is not None
    bound = {"A": "88.305", "B": "76.605", "C": "64.995"}[point.grade]
    together = [
        (234 * Fraction(index) + 766 * Fraction(value)) / 1000
        for value in (point.value + Decimal("0.01"), point.value)
    ]
    assert together[0] >= Fraction(bound) > together[1]


def test_a_grade_that_nearly_everybody_gave_cannot_fall():
    # (76.605 - 0.95 x 85) / 0.05 is below 0.
    assert tipping_point(Fraction(85), 95, 100) == TippingPoint("B", 5, None)


@pytest.mark.parametrize(("index", "n", "visitors"), [("85", 100, 100), ("85", 101, 100), ("60", 10, 100)])
def test_where_all_answered_and_below_c_there_is_no_tipping_point(index, n, visitors):
    assert tipping_point(Fraction(index), n, visitors) is None
