from decimal import Decimal
from math import hypot
from statistics import stdev

import pytest

from bench.coverage import DOCUMENT
from skm.ikm import Change, Scheme, change, measure, tally

ONE = Scheme(("U1",), ((0,),), 1)


def of(scores, scheme=ONE):
    return measure([(tally(scores.encode(), scheme.width), scheme)])


def test_a_change_is_the_difference_of_the_two_published_indices():
    assert change(of("33343334"), of("44443444")).points == Decimal("15.63")  # 81.25 to 96.88


def test_a_fall_is_negative():
    assert change(of("4444"), of("3333")).points == Decimal(-25)


def test_the_interval_of_a_change_by_hand():
    # 87.50 with a variance of 625 x 0.25 / 19 = 8.22368, 93.75 with 625 x 0.1875 / 19 = 6.16776; to each
    # (6.25 / 20)^2 = 0.09766 for one respondent more. The root of 14.58676 is 3.81926, the degrees of freedom are
    # 14.58676^2 / [(8.32134^2 + 6.26542^2) / 19] = 37.26, t is 2.0257: 7.74 on either side of 6.25.
    step = change(of("34" * 10), of("4443" * 5))
    assert (str(step.points), str(step.low), str(step.high), step.real) == ("6.25", "-1.49", "13.99", False)


def test_of_many_comparisons_each_is_judged_more_strictly():
    few, many = (change(of("34" * 25), of("4443" * 13), comparisons) for comparisons in (1, 30))
    assert (few.real, many.real) == (True, False)


def test_it_does_not_matter_how_many_visitors_there_were():
    # All 40 visitors answered in both years: what they say is certain, whether the service changed is not.
    some, others = (tally(scores.encode(), 1) for scores in ("34" * 20, "43" * 19 + "44"))
    known = change(*(measure([(one, ONE)], population=40) for one in (some, others)))
    assert known == change(*(measure([(one, ONE)]) for one in (some, others)))
    assert known.real is False


def test_people_of_one_day_count_as_one_draw():
    before, after = b"34" * 50, b"4443" * 25
    days = [number // 10 for number in range(100)]
    by_answers = change(*(measure([(tally(scores, 1), ONE)]) for scores in (before, after)))
    alike = [bytes(sorted(scores)) for scores in (before, after)]
    by_days = change(*(measure([(tally(scores, 1, days=days), ONE)]) for scores in alike))
    assert (by_answers.real, by_days.real) == (True, False)


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


def test_the_example_in_the_document_is_the_one_worked_by_hand():
    step = change(of("34" * 10), of("4443" * 5))
    margin = str(step.high - step.points).replace(".", ",")
    text = " ".join(DOCUMENT.read_text("utf-8").split())
    assert f"jadi selisihnya {str(step.points).replace('.', ',')} ± {margin}" in text
