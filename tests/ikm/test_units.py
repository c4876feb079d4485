"""The mean of units: each weighs the same."""

from decimal import Decimal
from fractions import Fraction

from skm import ikm
from skm.ikm import Scheme

TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)


def of(*scores, weights=ikm.EXACT):
    return ikm.measure([(ikm.tally("".join(scores).encode(), 2), TWO)], weights)


def test_a_large_unit_does_not_speak_for_a_small_one():
    large, small = of(*["44"] * 99), of("22")
    mean = ikm.measure_units([large, small], TWO)
    assert (mean.index, mean.grade, mean.n) == (Decimal("75.00"), "C", 100)


def test_its_elements_are_means_and_make_the_same_index():
    mean = ikm.measure_units([of("41"), of("23")], TWO)
    assert [figure.nrr for figure in mean.elements] == [3, 2]
    assert mean.exact == sum(figure.nrr for figure in mean.elements) / 2 * 25


def test_a_unit_without_an_index_is_left_out_and_never_a_zero():
    mean = ikm.measure_units([of("44"), of("4-"), of()], TWO)
    assert (mean.index, mean.n) == (Decimal("100.00"), 1)
    assert ikm.measure_units([of()], TWO) is None


def test_it_is_rounded_once():
    units = [of("43"), of("33"), of("34")]
    assert ikm.measure_units(units, TWO).exact == Fraction(1, 3) * sum(unit.exact for unit in units)


def test_the_weights_are_those_of_the_units():
    nine = Scheme(tuple(f"U{i}" for i in range(1, 10)), tuple((i,) for i in range(9)), 9)
    unit = ikm.measure([(ikm.tally(b"444444444", 9), nine)], "0.11")
    mean = ikm.measure_units([unit], nine, "0.11")
    assert (str(mean.index), str(mean.alternatives["exact"].index)) == ("99.00", "100.00")


def test_its_interval_is_narrower_than_that_of_one_unit():
    unit = of("44", "33", "42", "24", "43")
    mean = ikm.measure_units([unit] * 9, TWO)
    width = mean.interval.high - mean.interval.low
    assert width < (unit.interval.high - unit.interval.low) / 2


def test_index_values_are_those_of_measure():
    tally = ikm.tally(b"4123-4", 2)
    assert ikm.index_values([[(tally, TWO)], []]) == [ikm.measure([(tally, TWO)]).exact, None]
