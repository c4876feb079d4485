"""The steps of an index."""

from decimal import Decimal
from fractions import Fraction

from skm import ikm
from skm.ikm import Scheme

TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)


def test_the_steps_multiply_to_the_exact_index():
    measure = ikm.measure([(ikm.tally(b"4132", 2), TWO)])
    steps = ikm.workings(measure, TWO)
    assert sum(step.weighted for step in steps.steps) == steps.total == Fraction(5, 2)
    assert steps.total * steps.factor == measure.exact


def test_without_an_element_the_others_share_its_weight():
    measure = ikm.measure([(ikm.tally(b"4232", 2), TWO)])
    assert ikm.without(measure, TWO, "U1") == Decimal("50.00")
    assert ikm.without(measure, TWO, "U7") == measure.index


def test_without_the_only_answered_element_there_is_nothing():
    measure = ikm.measure([(ikm.tally(b"4-", 2), TWO)])
    assert ikm.without(measure, TWO, "U1") is None
