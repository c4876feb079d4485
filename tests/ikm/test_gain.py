"""What holds the index back, and what can be told apart: by hand, and beside every respondent's own."""

from fractions import Fraction
from statistics import variance

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm import ikm
from skm.ikm import Scheme
from skm.ikm.spread import spread_of
from skm.ikm.student import student_t

TWO = Scheme(("A", "B"), ((0,), (1,)), 2)
NINE = Scheme(tuple(f"U{number}" for number in range(1, 10)), tuple((place,) for place in range(9)), 9)
SIX = ["24", "34", "24", "33", "34", "24"]


def of(scheme, rows, days=None, weights=None, **more):
    """The gains of some rows; a row a day where no days are given."""
    numbers = np.arange(len(rows)) if days is None else np.array(days)
    part = ikm.tally("".join(rows).encode(), scheme.width, days=numbers), scheme
    measure, joint = ikm.measure([part]), ikm.joint_of([part])
    equal = dict.fromkeys(scheme.codes, Fraction(1, len(scheme.codes)))
    return ikm.gains(measure.elements, weights or equal, joint.spaced, **more)


def test_gain_and_paired_difference_by_hand():
    # A: 15 of 6, 62.50; B: 23 of 6, 95.83. Halved, they hold back 18.75 and 2.0833; apart 16.6667.
    # B - A is 2 1 2 0 1 2, mean 4/3, squares about it 10/3; (12.5 / 6)² x 10/3 = 14.467593; x 6/5 = 17.361111, whose
    # root is 4.166667. Student's t for 5 degrees of freedom, 95 %: 2.570582; x 4.166667 = 10.710757 < 16.6667.
    first, second = of(TWO, SIX)
    assert (first.figure.code, first.points) == ("A", Fraction(75, 4))
    assert (second.points, second.behind) == (Fraction(25, 12), Fraction(50, 3))
    assert second.margin == pytest.approx(10.710757, abs=1e-5)
    assert (first.first, second.first) == (True, False)


def test_a_day_of_several_counts_as_one_by_hand():
    # Everybody twice on the same day: sums of days are those of the six before, over as many answers more.
    twice = of(TWO, [row for row in SIX for _ in range(2)], days=[day for day in range(6) for _ in range(2)])
    assert twice[1].margin == pytest.approx(of(TWO, SIX)[1].margin)


def test_what_all_hold_back_is_what_the_index_lacks_of_100():
    rows = ["343424434", "443434343", "243444434"]
    measure = ikm.measure([(ikm.tally("".join(rows).encode(), 9), NINE)])
    assert sum(gain.points for gain in of(NINE, rows)) == 100 - measure.exact


def test_a_weight_counts_for_what_an_element_holds_back():
    weights = {"A": Fraction(1, 20), "B": Fraction(19, 20)}
    assert [gain.figure.code for gain in of(TWO, SIX, weights=weights)] == ["B", "A"]


def test_the_others_share_the_chance_of_an_error():
    # Of nine elements eight are compared with the first: 5 % / 8.
    rows = ["424444444", "344444443", "234444434", "324343444", "444434443", "243444434"] * 4
    margins = [gain.margin for gain in of(NINE, rows)[1:]]
    pair = Scheme(("A", "B"), ((0,), (1,)), 2)
    alone = of(pair, [row[:2] for row in rows], weights=dict.fromkeys("AB", Fraction(1, 9)))[1].margin
    assert margins[0] == pytest.approx(alone / student_t(23) * student_t(23, 1 - 0.05 / 8))


def test_elements_that_are_alike_stand_together():
    assert all(gain.first for gain in of(NINE, ["344443444", "434444434", "443344443", "444434344"] * 3))


@pytest.mark.parametrize(
    ("rows", "days"),
    [(["14"] * 4, None), (["14"] * 40, [0] * 40), (["14"] * 40, [0, 1, 2, 3] * 10), (["14"], None)],
)
def test_with_too_few_answers_or_days_nothing_is_told_apart(rows, days):
    assert [(gain.first, gain.margin) for gain in of(TWO, rows, days)] == [(True, None), (True, None)]


def test_where_all_say_the_same_nothing_is_left_to_chance():
    _, second = of(TWO, ["34"] * 5)
    assert (second.margin, second.first) == (pytest.approx(0, abs=1e-6), False)


def test_an_element_may_be_left_out():
    rows = ["424444444", "344444443", "234444434", "324343444", "444434443"]
    assert "U1" not in {gain.figure.code for gain in of(NINE, rows, without=["U1"])}


def test_an_element_that_nobody_answered_is_not_among_them():
    assert [gain.figure.code for gain in of(TWO, ["3-", "4-"])] == ["A"]


@given(st.lists(st.text("1234", min_size=2, max_size=2), min_size=5, max_size=40))
def test_the_difference_of_two_is_that_of_each_respondents_own(rows):
    own = [(int(row[0]) - int(row[1])) * 12.5 for row in rows]
    _, second = of(TWO, rows)
    assert second.margin == pytest.approx(
        student_t(len(rows) - 1) * (variance(own) / len(own)) ** 0.5, abs=1e-6
    )


@given(
    st.lists(st.text("1234", min_size=2, max_size=2), min_size=4, max_size=30),
    st.lists(st.integers(0, 5), min_size=30, max_size=30),
)
def test_a_difference_is_spread_as_an_index_with_these_weights(rows, days):
    # An index in which one element weighs 1/2 and the other -1/2 is their difference.
    part = ikm.tally("".join(rows).encode(), 2, days=np.array(days[: len(rows)])), TWO
    ours = ikm.joint_of([part]).spaced({"A": 0.5, "B": -0.5})
    as_index = spread_of([part], (Fraction(1, 2), Fraction(-1, 2)))
    assert (ours is None) == (as_index is None)
    assert ours is None or ours.variance == pytest.approx(as_index.variance, abs=1e-9)


def test_parts_are_judged_together():
    # The same people, those of odd rows asked by a questionnaire with its items the other way round.
    rows = [row for row in SIX for _ in range(3)]
    turned = Scheme(("A", "B"), ((1,), (0,)), 2)
    some, others = rows[::2], [row[::-1] for row in rows[1::2]]
    parts = [
        (ikm.tally("".join(some).encode(), 2, days=np.arange(0, 18, 2)), TWO),
        (ikm.tally("".join(others).encode(), 2, days=np.arange(1, 18, 2)), turned),
    ]
    joint = ikm.joint_of(parts)
    ours = joint.spaced({"A": 0.5, "B": -0.5})
    assert ours.variance == pytest.approx((of(TWO, rows)[1].margin / student_t(17)) ** 2)


def test_the_mean_of_units_adds_up_their_variances():
    units = [SIX, ["24", "33", "34", "14", "44"]]
    joints = [ikm.joint_of([(ikm.tally("".join(u).encode(), 2, days=np.arange(len(u))), TWO)]) for u in units]
    contrast = {"A": 0.5, "B": -0.5}
    apart = [joint.spaced(contrast) for joint in joints]
    mean = ikm.mean_spaced(joints, contrast)
    assert mean.variance == pytest.approx(sum(one.variance for one in apart) / 4)
    assert min(one.freedom for one in apart) <= mean.freedom <= sum(one.freedom for one in apart)
    assert ikm.mean_spaced([*joints, None], contrast).variance == pytest.approx(mean.variance * 2 / 3)
