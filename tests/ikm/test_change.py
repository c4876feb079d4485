from dataclasses import replace
from decimal import Decimal
from math import hypot
from statistics import stdev

import pytest

from skm.ikm import Change, Interval, Scheme, change, measure, tally

ONE = Scheme(("U1",), ((0,),), 1)


def of(scores, scheme=ONE):
    return measure([(tally(scores.encode(), scheme.width), scheme)])


def at(index, low, high):
    """A measure with this index and interval."""
    made = Interval(0.95, Decimal(low), Decimal(high), True)
    return replace(of("33"), index=Decimal(index), interval=made)


def test_a_change_is_the_difference_of_the_two_published_indices():
    assert change(of("33343334"), of("44443444")).points == Decimal("15.63")  # 81.25 to 96.88


def test_a_fall_is_negative():
    assert change(of("4444"), of("3333")).points == Decimal(-25)


def test_the_interval_of_a_change_by_hand():
    # 62.50 in 41.66 to 83.34 (20.84 each way), then 83.25 in 70.00 to 91.00: low 20.75 - root(13.25^2 + 20.84^2),
    # high 20.75 + root(7.75^2 + 20.84^2).
    before = at("62.50", "41.66", "83.34")
    step = change(before, at("83.25", "70.00", "91.00"))
    assert (str(step.points), str(step.low), str(step.high), step.real) == ("20.75", "-3.95", "42.98", False)


@pytest.mark.parametrize(
    ("before", "after", "real"),
    [
        (("80", "78", "82"), ("84", "81", "86"), True),
        (("80", "78", "82"), ("83", "80", "85"), False),
        (("84", "81", "86"), ("80", "78", "82"), True),
        (("80", "80", "80"), ("80", "80", "80"), False),
        (("80", "80", "80"), ("80.01", "80.01", "80.01"), True),
    ],
    ids=["a rise", "no rise yet", "a fall", "everybody asked, no change", "everybody asked, a small change"],
)
def test_it_is_a_rise_or_a_fall_only_when_its_interval_leaves_out_zero(before, after, real):
    step = change(at(*before), at(*after))
    assert step.real is real
    assert (step.low <= 0 <= step.high) is not real


def test_answers_all_alike_do_not_make_a_small_change_real():
    assert change(of("4444"), of("3444")).real is False


@pytest.mark.parametrize(
    ("before", "after", "real"),
    [("3" * 40 + "4" * 10, "3" * 25 + "4" * 25, True), ("3" * 5 + "4" * 2, "3" * 4 + "4" * 3, False)],
)
def test_a_change_is_real_when_chance_would_hardly_make_it(before, after, real):
    errors = [25 * stdev(map(int, scores)) / len(scores) ** 0.5 for scores in (before, after)]
    step = change(of(before), of(after))
    assert step.real is real
    assert (abs(float(step.points)) > 2 * hypot(*errors)) is real


def test_one_respondent_cannot_show_that_a_change_is_real():
    assert change(of("3"), of("44444")) == Change(Decimal("25.00"), None)


def test_there_is_no_change_from_nothing():
    assert change(of(""), of("44")) is None


def test_other_elements_are_not_compared():
    other = Scheme(("U2",), ((0,),), 1)
    assert change(of("33"), of("44", other)) is None
