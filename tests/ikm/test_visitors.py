from decimal import Decimal
from fractions import Fraction
from math import exp, log, sqrt

import numpy as np
import pytest

from bench.coverage import DOCUMENT, SEED
from bench.visitors import coverage, units
from skm.ikm import Scheme, Stratum, TippingPoint, index_by_visitors, tally, tipping_point

ONE = Scheme(("U1",), ((0,),), 1)


def a_service(scores, visitors, days=None):
    """Answers to one question, each on a day of its own, or on these days."""
    keys = np.arange(len(scores)) if days is None else np.array(days)
    return Stratum((tally(scores.encode(), 1, days=keys), ONE), visitors)


def test_each_service_weighs_as_much_as_it_has_visitors():
    # Means 3.5 and 3: 100 of 400 visitors x 87.5 and 300 of 400 x 75 are 78.125. Pooled it would be 82.81.
    found = index_by_visitors([a_service("43" * 10, 100), a_service("24" * 6, 300)])
    assert (found.exact, str(found.index), found.grade, found.strata) == (Fraction("78.125"), "78.13", "B", 2)


def test_its_interval_worked_by_hand():
    # Variances 625 x 0.25 / 19 and 625 x 1 / 11, of which 80 and 96 of 100 visitors did not answer:
    # 0.0625 x 0.8 x 8.22368 + 0.5625 x 0.96 x 56.81818 = 31.09300; degrees of freedom 11.2957, t 2.1940.
    found = index_by_visitors([a_service("43" * 10, 100), a_service("24" * 6, 300)])
    place, n, t = 53.125 / 75, 32, 2.1940
    error = sqrt(31.093 / 75**2 + (1 / 12 / n) ** 2)
    centre = (n * place + 0.1) / (n + 0.2)
    logit, margin = log(centre / (1 - centre)), t * error / (centre * (1 - centre))
    low, high = (25 + 75 / (1 + exp(-end)) for end in (logit - margin, logit + margin))
    high = max(high, 78.125 + t * sqrt(31.093))
    assert float(found.interval.low) == pytest.approx(low, abs=0.006)
    assert float(found.interval.high) == pytest.approx(high, abs=0.006)


def test_services_with_few_answers_are_counted_together():
    # 6 + 6 answers with mean 3: 60 visitors x 75 and 40 visitors x 87.5 are 80.
    few = [a_service("333333", 30), a_service("333333", 30, range(100, 106))]
    found = index_by_visitors([a_service("43" * 10, 40, range(20)), *few])
    assert (found.exact, found.strata) == (80, 2)


def test_a_service_that_was_answered_on_one_day_is_counted_with_another():
    one_day = a_service("4" * 20, 50, [7] * 20)
    found = index_by_visitors([a_service("43" * 10, 50, range(20)), one_day])
    assert (found.strata, found.exact) == (1, Fraction("93.75"))


def test_more_answers_than_visitors_of_one_service_is_no_number():
    assert index_by_visitors([a_service("4" * 20, 19), a_service("3" * 20, 500)]) is None


def test_a_service_without_visitors_and_answers_takes_no_part():
    found = index_by_visitors([a_service("43" * 10, 100), a_service("", 0)])
    assert (found.strata, found.exact) == (1, Fraction("87.5"))


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


def test_it_holds_the_index_of_all_visitors_where_the_pooled_one_is_far_off():
    random = np.random.default_rng(SEED)
    found = coverage(units(random)["ramai kurang puas, jarang mengisi"], 200, random)
    assert found.pooled < 0.05
    assert found.called_certain > 0.9
    assert found.by_visitors >= 0.93


def test_every_unit_in_the_document_is_held_in_at_least_93_percent():
    text = (
        DOCUMENT.read_text("utf-8").partition("<!-- pengunjung -->")[2].partition("<!-- /pengunjung -->")[0]
    )
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 4
    assert all(float(row[-2].replace(",", ".")) >= 93 for row in rows)


def test_the_examples_in_the_document():
    text = DOCUMENT.read_text("utf-8")
    assert "0,25 × 87,50 + 0,75 × 75,00 = 78,13" in text
    assert "(76,605 − 0,234 × 81,66) ÷ 0,766 = 75,06" in text
