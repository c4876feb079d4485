"""Relative weights: by hand, beside regressions of `statsmodels`, and beside the mean over all orders of entry."""

from itertools import combinations
from math import factorial

import numpy as np
import pytest
import statsmodels.api as sm

from skm.ikm import Rated, Scheme, drivers
from skm.ikm.drivers import DAYS_ENOUGH, RESPONDENTS_ENOUGH, relative_weights

CODES = tuple(f"U{number}" for number in range(1, 10))
TEN = Scheme(CODES, tuple((place,) for place in range(9)), 10)
DECIDES = 2


def people(n, strength, seed=1, equal=False):
    """Ten answers each: nine that go together, and a whole that follows the third, or all of them alike."""
    random = np.random.default_rng(seed)
    own, whole = random.standard_normal((2, n, 1))
    nine = 0.6 * own + 0.8 * random.standard_normal((n, 9))
    follows = nine.mean(axis=1, keepdims=True) * 1.5 if equal else nine[:, [DECIDES]]
    ten = np.hstack([nine, strength * follows + (1 - strength) * whole])
    return 1 + np.searchsorted([-1.6, -0.9, 0.2], ten)


def rated(scores, units=None, days=None, sign=1):
    n = len(scores)
    block = "".join(map(str, scores.ravel().tolist())).encode()
    units = np.zeros(n, int) if units is None else units
    return Rated(block, TEN, 9, units, np.arange(n) // 5 if days is None else days, sign)


def explained(scores, places):
    """R² of a regression of the whole on some elements."""
    if not places:
        return 0.0
    return sm.OLS(scores[:, 9], sm.add_constant(scores[:, list(places)].astype(float))).fit().rsquared


def over_all_orders(scores, k):
    """LMG: what an element adds to R², the mean over all orders in which the elements may enter."""
    known = {some: explained(scores, some) for size in range(k + 1) for some in combinations(range(k), size)}
    return [
        sum(
            factorial(len(some)) * factorial(k - len(some) - 1) / factorial(k)
            * (known[tuple(sorted((*some, element)))] - known[some])
            for some in known
            if element not in some
        )
        for element in range(k)
    ]  # fmt: skip


def test_two_elements_by_hand():
    # r12 = 0.6: R^½ has (√1.6 ± √0.4)/2 = 0.948683 and 0.316228; its inverse 1.185854 and -0.395285. With
    # r = (0.5, 0.3) β = (0.474342, 0.158114), β² = (0.225, 0.025); λ² = 0.9 and 0.1:
    # ε1 = 0.9 x 0.225 + 0.1 x 0.025, ε2 the reverse.
    correlations = np.array([[1, 0.6, 0.5], [0.6, 1, 0.3], [0.5, 0.3, 1]])
    assert relative_weights(correlations) == pytest.approx([0.205, 0.045])


def test_two_columns_that_are_one_share_what_they_explain():
    correlations = np.array([[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]])
    assert relative_weights(correlations) == pytest.approx([0.125, 0.125])


def test_a_column_without_variance_explains_nothing():
    assert relative_weights(np.array([[1, 0, 0.5], [0, 0, 0], [0.5, 0, 1]])) == pytest.approx([0.25, 0])


@pytest.mark.parametrize("equal", [True, False])
def test_the_weights_add_up_to_what_a_regression_explains(equal):
    scores = people(400, 0.5, equal=equal)
    assert drivers([rated(scores)]).explained == pytest.approx(explained(scores, range(9)))


def test_each_weight_is_close_to_the_mean_over_all_orders_of_entry():
    scores = people(400, 0.5)
    found = drivers([rated(scores)])
    ours = [found.explained * one.share for one in found.elements]
    assert ours == pytest.approx(over_all_orders(scores, 9), abs=0.012)


def test_the_element_that_decides_is_named_with_its_chance():
    found = drivers([rated(people(400, 0.5))])
    assert found.n == 400
    assert found.first.code == CODES[DECIDES]
    assert found.first.chance > 0.95


def test_elements_that_decide_alike_are_not_told_apart():
    assert drivers([rated(people(400, 0.5, equal=True))]).first is None


def test_the_same_answers_give_the_same_chances():
    parts = [rated(people(400, 0.3))]
    assert drivers(parts) == drivers(parts)


def test_answers_are_taken_from_the_mean_of_their_unit():
    # Within each unit nothing goes with the whole; the better unit is better in the third element and in the whole.
    worse, better = people(300, 0, seed=2), people(300, 0, seed=3)
    worse[:, [2, 9]] = np.maximum(worse[:, [2, 9]] - 1, 1)
    better[:, [2, 9]] = np.minimum(better[:, [2, 9]] + 1, 4)
    both, units = np.vstack([worse, better]), np.repeat([0, 1], 300)
    assert drivers([rated(both)]).first.code == "U3"
    assert drivers([rated(both, units)]).first is None


def test_a_date_is_a_day_of_its_own_in_each_unit():
    scores, dates = people(400, 0.5), np.arange(400) % 7
    assert drivers([rated(scores, np.zeros(400, int), dates)]).days == 7
    assert drivers([rated(scores, np.arange(400) // 200, dates)]).days == 14


def test_the_order_of_answers_does_not_matter():
    scores, units, dates = people(400, 0.5), np.arange(400) % 3, np.arange(400) // 9
    order = np.argsort(units, kind="stable")
    mixed, sorted_ = rated(scores, units, dates), rated(scores[order], units[order], dates[order])
    assert drivers([mixed]).explained == pytest.approx(drivers([sorted_]).explained)


def test_nobody_at_all_says_nothing():
    assert drivers([rated(np.zeros((0, 10), int))]).n == 0


def test_a_day_of_one_hand_is_one_drawing():
    # Twelve days of thirty equal sheets each look like 360 people who agree.
    scores = np.repeat(people(12, 0.4, seed=5), 30, axis=0)
    by_days = drivers([rated(scores, days=np.arange(360) // 30)])
    by_answers = drivers([rated(scores, days=np.arange(360))])
    assert max(one.chance for one in by_days.elements) < max(one.chance for one in by_answers.elements)


def test_an_element_in_which_nobody_differs_stays_out():
    scores = people(400, 0.5)
    scores[:, 3] = 4
    assert [one.code for one in drivers([rated(scores)]).elements] == [code for code in CODES if code != "U4"]


def test_where_all_agree_nothing_is_said():
    found = drivers([rated(np.full((400, 10), 3))])
    assert (found.n, found.elements, found.first) == (400, (), None)


def test_too_few_respondents_or_days_say_nothing():
    few = drivers([rated(people(RESPONDENTS_ENOUGH - 1, 0.5))])
    hasty = drivers([rated(people(400, 0.5), days=np.arange(400) % (DAYS_ENOUGH - 1))])
    assert (few.elements, few.n) == ((), RESPONDENTS_ENOUGH - 1)
    assert (hasty.elements, hasty.days) == ((), DAYS_ENOUGH - 1)


def test_who_left_one_out_is_not_among_them():
    scores = people(400, 0.5)
    whole = rated(scores)
    gap = Rated(b"-" + whole.block[1:], TEN, 9, whole.units, whole.days)
    assert (drivers([whole]).n, drivers([gap]).n) == (400, 399)


def test_an_element_that_nobody_was_asked_leaves_nobody_out():
    whole = rated(people(400, 0.5))
    block = b"".join(
        whole.block[at : at + 3] + b"-" + whole.block[at + 4 : at + 10] for at in range(0, 4000, 10)
    )
    found = drivers([Rated(block, TEN, 9, whole.units, whole.days)])
    assert (found.n, len(found.elements)) == (400, 8)


def test_answers_that_do_not_count_are_taken_off():
    counted, held = people(400, 0.5), people(50, 0.5, seed=9)
    both = np.vstack([counted, held])
    days = np.arange(450) // 5
    found = drivers([rated(both, days=days), rated(held, days=days[400:], units=np.zeros(50, int), sign=-1)])
    assert found.n == 400
    assert found.explained == pytest.approx(drivers([rated(counted)]).explained)


def jackknife_error(values):
    """The standard error of what a value of each sample without one of its days comes from."""
    days = len(values)
    return (np.sum((values - np.mean(values)) ** 2) * (days - 1) / days) ** 0.5


@pytest.mark.parametrize("strength", [0.0, 0.34, 0.36, 0.38, 0.4, 0.5])
@pytest.mark.parametrize("seed", [1, 2])
def test_one_is_named_where_its_difference_to_each_other_is_clear_when_days_are_left_out(strength, seed):
    scores, dates = people(400, strength, seed=seed), np.arange(400) // 10
    whole = relative_weights(np.cov(scores.T))
    without = np.array([relative_weights(np.cov(scores[dates != day].T)) for day in range(40)])
    best, t = whole.argmax(), 2.0227  # Student's t at 39 degrees of freedom, from a table
    others = [j for j in range(9) if j != best]
    errors = {j: jackknife_error(without[:, best] - without[:, j]) for j in others}
    clear = all(whole[best] - whole[j] > t * errors[j] for j in others)
    first = drivers([rated(scores, days=dates)]).first
    assert (first.code if first else None) == (CODES[best] if clear else None)


def test_more_days_than_are_drawn_are_drawn_in_groups_of_whole_days():
    scores = people(900, 0.5)
    found = drivers([rated(scores, days=np.arange(900))])
    assert found.days == 900
    assert found.first.code == CODES[DECIDES]
