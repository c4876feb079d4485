from decimal import Decimal
from fractions import Fraction
from math import sqrt
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Scheme, Tally, measure, round_half_up, tally
from skm.ikm.interval import SERIES_ENDS, student_t

ONE = Scheme(("U1",), ((0,),), 1)
TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)
SEVERAL = Scheme(("U1", "U2"), ((0, 2), (1,)), 3)


def of(scheme, *scores, **options):
    block = "".join(scores).encode()
    return measure([(tally(block, scheme.width), scheme)], **options).interval


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (4, 2.776),
        (9, 2.262),
        (10, 2.228),
        (29, 2.045),
        (30, 2.042),
        (99, 1.984),
        (120, 1.980),
        (1000, 1.962),
        (10**6, 1.960),
    ],
)
def test_the_factor_is_that_of_the_printed_t_table(freedom, printed):
    assert student_t(freedom) == pytest.approx(printed, abs=0.0005)


def test_the_series_and_the_expansion_meet():
    before, after = student_t(SERIES_ENDS), student_t(SERIES_ENDS + 1)
    assert 0 < before - after < 1e-5


def test_four_answers_by_hand():
    # 2 3 3 2: mean 2.5, variance 1/3, standard error of the mean 0.288675; x 25 x 3.182446 = 22.967
    interval = of(ONE, "2", "3", "3", "2")
    assert (interval.level, str(interval.low), str(interval.high)) == (0.95, "39.53", "85.47")


def test_answers_that_go_together_widen_the_interval():
    together, against = of(TWO, "22", "33", "33", "22"), of(TWO, "23", "32", "32", "23")
    assert (str(together.low), str(together.high)) == ("39.53", "85.47")
    assert (str(against.low), str(against.high)) == ("62.50", "62.50")


def test_the_known_number_of_visitors_narrows_it():
    # (7 - 4) / (7 - 1) halves the variance: 22.967 / sqrt(2) = 16.240
    interval = of(ONE, "2", "3", "3", "2", population=7)
    assert (str(interval.low), str(interval.high)) == ("46.26", "78.74")


@pytest.mark.parametrize("population", [3, 4])
def test_when_every_visitor_answered_nothing_is_left_to_chance(population):
    interval = of(ONE, "2", "3", "3", "2", population=population)
    assert interval.low == interval.high == Decimal("62.50")
    assert interval.grade_certain


@pytest.mark.parametrize("rows", [[], ["4"]])
def test_fewer_than_two_respondents_have_no_interval(rows):
    assert of(ONE, *rows) is None


def test_a_brief_tally_has_no_interval():
    assert measure([(Tally(2, (2,), (7,)), ONE)]).interval is None


def test_it_stays_within_what_the_scale_can_give():
    interval = of(ONE, "1", "4")
    assert (str(interval.low), str(interval.high)) == ("25.00", "100.00")


def test_it_stays_within_what_a_rounded_weight_can_give():
    interval = of(Scheme(("A", "B", "C"), ((0,), (1,), (2,)), 3), "111", "444", weights="0.33")
    assert (str(interval.low), str(interval.high)) == ("24.75", "99.00")


def test_a_grade_is_uncertain_when_a_bound_lies_inside():
    assert not of(ONE, "2", "3", "3", "2").grade_certain


def test_a_grade_is_certain_when_both_ends_have_it():
    assert of(ONE, *"3" * 400, *"4" * 10).grade_certain


@given(st.lists(st.text("1234", min_size=2, max_size=2), min_size=2, max_size=40))
def test_complete_answers_give_the_interval_of_the_respondents_own_indices(rows):
    own = [fmean(map(int, row)) * 25 for row in rows]
    margin = student_t(len(own) - 1) * stdev(own) / sqrt(len(own))
    interval = of(TWO, *rows)
    assert float(interval.low) == pytest.approx(max(fmean(own) - margin, 25), abs=0.0051)
    assert float(interval.high) == pytest.approx(min(fmean(own) + margin, 100), abs=0.0051)


@given(st.lists(st.text("-1234", min_size=3, max_size=3), min_size=2, max_size=25))
def test_missing_answers_give_the_interval_of_each_respondents_influence(rows):
    columns = [[int(row[i]) for row in rows if row[i] != "-"] for i in range(3)]
    if not columns[1] or not (columns[0] or columns[2]):
        assert of(SEVERAL, *rows) is None
        return
    halves = sum(1 for i in (0, 2) if columns[i])
    weights = [Fraction(25, 2 * halves), Fraction(25, 2), Fraction(25, 2 * halves)]
    squares = sum(
        sum(
            weights[i] * (int(row[i]) - Fraction(sum(columns[i]), len(columns[i]))) / len(columns[i])
            for i in range(3)
            if row[i] != "-"
        )
        ** 2
        for row in rows
    )
    margin = student_t(len(rows) - 1) * sqrt(squares * Fraction(len(rows), len(rows) - 1))
    exact = measure([(tally("".join(rows).encode(), 3), SEVERAL)]).exact
    assert of(SEVERAL, *rows).low == round_half_up(max(exact - Fraction(margin), Fraction(25)), 2)


def test_parts_that_differ_add_their_distance_to_the_spread():
    # 2 and 4 from two instruments, one item each: the same as 2 and 4 from one.
    other = Scheme(("U1",), ((1,),), 2)
    apart = measure([(tally(b"22", 1), ONE), (tally(b"-4-4", 2), other)])
    assert apart.interval == of(ONE, "2", "2", "4", "4")
