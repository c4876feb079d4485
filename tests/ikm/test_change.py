from decimal import Decimal
from statistics import stdev

import pytest

from skm.ikm import Change, Scheme, change, measure, tally
from skm.ikm.interval import student_t

ONE = Scheme(("U1",), ((0,),), 1)


def of(scores, scheme=ONE):
    return measure([(tally(scores.encode(), scheme.width), scheme)])


def test_a_change_is_the_difference_of_the_two_published_indices():
    assert change(of("33343334"), of("44443444")).points == Decimal("15.63")  # 81.25 to 96.88


def test_a_fall_is_negative():
    assert change(of("4444"), of("3333")) == Change(Decimal(-25), True)


@pytest.mark.parametrize(
    ("before", "after", "real"),
    [("3" * 40 + "4" * 10, "3" * 25 + "4" * 25, True), ("3" * 5 + "4" * 2, "3" * 4 + "4" * 3, False)],
)
def test_a_change_is_real_when_chance_would_hardly_make_it(before, after, real):
    margins = [
        student_t(len(scores) - 1) * 25 * stdev(map(int, scores)) / len(scores) ** 0.5
        for scores in (before, after)
    ]
    step = change(of(before), of(after))
    assert step.real is real
    assert (abs(float(step.points)) > (margins[0] ** 2 + margins[1] ** 2) ** 0.5) is real


def test_one_respondent_cannot_show_that_a_change_is_real():
    assert change(of("3"), of("44444")).real is None


def test_there_is_no_change_from_nothing():
    assert change(of(""), of("44")) is None


def test_other_elements_are_not_compared():
    other = Scheme(("U2",), ((0,),), 1)
    assert change(of("33"), of("44", other)) is None
