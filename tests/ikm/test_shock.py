"""The shock that months have of their own, judged by statsmodels."""

import numpy as np
import pytest
from statsmodels.stats.meta_analysis import combine_effects

from skm.ikm import Shock, month_shock


@pytest.mark.parametrize("seed", range(5))
def test_of_one_unit_it_is_that_of_a_meta_analysis(seed):
    random = np.random.default_rng(seed)
    n = random.integers(5, 60, 12)
    x = random.normal(84, 2, 12) + random.normal(0, 12, 12) / np.sqrt(n)
    judge = combine_effects(x, 144 / n, method_re="dl")
    found = month_shock([list(zip(x.tolist(), n.tolist(), strict=True))], 144)
    assert (found.variance, found.freedom) == (pytest.approx(max(judge.tau2, 0)), 11)


def test_of_several_units_numerators_and_denominators_add_up():
    random = np.random.default_rng(9)
    q = scale = freedom = 0.0
    strata = []
    for level in (70, 80, 95):
        n = random.integers(5, 60, 8)
        x = random.normal(level, 3, 8) + random.normal(0, 12, 8) / np.sqrt(n)
        judge = combine_effects(x, 144 / n, method_re="dl")
        w = n / 144
        q, freedom = q + judge.q, freedom + 7
        scale += w.sum() - (w**2).sum() / w.sum()
        strata.append(list(zip(x.tolist(), n.tolist(), strict=True)))
    found = month_shock(strata, 144)
    assert (found.variance, found.freedom) == (pytest.approx(max((q - freedom) / scale, 0)), 21)


def test_units_that_differ_are_no_shock():
    apart = [[(level, 20)] * 6 for level in (60.0, 80.0, 95.0)]
    assert month_shock(apart, 144) == Shock(0, 15)


def test_too_few_months_say_nothing():
    assert month_shock([[(60.0, 20), (90.0, 20)]] * 4, 100) == Shock(0, 0)


def test_a_unit_with_one_month_says_nothing():
    assert month_shock([[(60.0, 20)]] * 40, 100) == Shock(0, 0)
