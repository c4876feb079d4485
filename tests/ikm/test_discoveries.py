"""Which of many changes are called real, judged by statsmodels."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from skm.ikm import Scheme, change, discoveries, element_spreads, judged_together, measure, spread_of, tally
from skm.ikm.student import student_t, tail

ONE = Scheme(("U1",), ((0,),), 1)
TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)


def of(scores):
    return measure([(tally(scores.encode(), 1), ONE)])


def test_the_example_by_hand():
    # 0.028 is at most 0.10 x 3 / 10, 0.045 is not at most 0.10 x 4 / 10: three, where one by one there would be four.
    found = discoveries([0.4, 0.004, 0.045, 0.9, 0.019, 0.5, 0.028, 0.6, 0.7, 0.8])
    assert [place for place, real in enumerate(found) if real] == [1, 4, 6]


def test_a_larger_one_may_let_a_smaller_one_in():
    assert discoveries([0.06, 0.07, 0.09]) == [True, True, True]


def test_of_one_it_is_the_rate_itself():
    assert (discoveries([0.1]), discoveries([0.11]), discoveries([])) == ([True], [False], [])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_it_is_that_of_statsmodels(probabilities):
    judge = multipletests(probabilities, alpha=0.1, method="fdr_bh")[0]
    assert discoveries(probabilities) == judge.tolist()


def test_the_more_are_looked_at_the_stricter_is_each():
    step = change(of("34" * 25), of("4443" * 13))
    nothing = change(of("34" * 25), of("34" * 25))
    assert [one.real for one in judged_together([step, nothing])] == [True, False]
    assert not any(one.real for one in judged_together([step, *[nothing] * 30]))


def test_one_without_a_verdict_is_not_looked_at():
    step, silent = change(of("34" * 25), of("4443" * 13)), change(of("3"), of("4"))
    assert judged_together([None, silent, step]) == [None, silent, replace(step, real=True)]


@pytest.mark.parametrize("freedom", [1, 2.5, 37, 499, 5000])
def test_the_probability_fits_the_point(freedom):
    assert tail(student_t(freedom), freedom) == pytest.approx(0.05, rel=1e-4)
    assert tail(0.0, freedom) == 1


def test_the_spread_of_an_element_is_that_of_an_index_of_it_alone():
    scores, days = b"34433433" * 3, [0, 1, 1, 2] * 3
    part = tally(scores, 2, days=days), TWO
    alone = spread_of([(tally(scores[::2], 1, days=days), ONE)], ONE.conventions["exact"])
    found = element_spreads([part])["U1"]
    assert (found.by_answers, found.by_days, found.days, found.freedom, found.size) == pytest.approx(
        (alone.by_answers, max(alone.by_answers, alone.by_days), alone.days, alone.freedom, alone.size)
    )


def test_an_element_about_which_all_agree_has_no_variance():
    found = element_spreads([(tally(b"34" * 9, 2, days=range(9)), TWO)])["U1"]
    assert (found.variance, found.design_effect) == (0, 1)
