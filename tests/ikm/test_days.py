"""The interval by days, worked by hand, and what may not change it."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Scheme, measure, measure_units, tally

ONE = Scheme(("U1",), ((0,),), 1)
TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)
OTHER = Scheme(("U1", "U2"), ((2,), (0,)), 3)

dated = st.lists(st.tuples(st.integers(0, 6), st.text("-1234", min_size=2, max_size=2)), max_size=30)


def tallied(rows, width=2):
    """The tally of pairs of a day and scores."""
    days = np.array([day for day, _ in rows], np.int64)
    return tally("".join(scores for _, scores in rows).encode(), width, days=days)


def of(*rows, scheme=ONE, **options):
    return measure([(tallied(rows, scheme.width), scheme)], **options)


def test_two_days_of_two_by_hand():
    # 2 2 on one day, 3 3 on another: influences 25 x 0.5 / 4 = 3.125 each, by answers 4/3 x 4 x 3.125^2 = 52.083;
    # by days 2/1 x 2 x 6.25^2 = 156.25. So three answers are worth one, n is 4/3, and t for one degree is 12.706205.
    # 156.25 / 75^2 = 0.027778, + (1/12 / (4/3))^2 = 0.003906: root 0.178001; over 0.25, times t: 9.0468.
    # 1 / (1 + e^9.0468) = 0.000118, so 25 + 75 x 0.000118.
    found = of((1, "2"), (1, "2"), (2, "3"), (2, "3"))
    interval = found.interval
    assert (found.spread.by_answers, found.spread.by_days) == (pytest.approx(625 / 12), 156.25)
    assert (str(interval.low), str(interval.high), str(interval.deff)) == ("25.01", "100.00", "3.00")
    assert (interval.by, interval.few, interval.grade_certain) == ("days", "days", False)


def test_people_of_one_day_who_differ_count_no_less_than_any_others():
    found = of((1, "2"), (1, "3"), (2, "2"), (2, "3"))
    assert (found.spread.by_days, found.interval.deff) == (0, 1)
    assert found.spread.variance == pytest.approx(625 / 12)


def test_answers_of_one_day_have_no_interval():
    assert of((1, "2"), (1, "3")).interval is None


def test_one_day_is_enough_when_every_visitor_answered():
    interval = of((1, "2"), (1, "3"), population=2).interval
    assert (interval.low, interval.high, interval.grade_certain) == (62.5, 62.5, True)


@pytest.mark.parametrize(("days", "few"), [(4, "days"), (5, "")])
def test_a_grade_needs_five_days(days, few):
    interval = of(*((day % days, "3") for day in range(400))).interval
    assert (interval.few, interval.grade_certain) == (few, not few)


@pytest.mark.parametrize(("answers", "few"), [(4, "answers"), (5, "")])
def test_a_grade_needs_five_answers_to_each_item(answers, few):
    rows = [*[(day, "33") for day in range(answers)], *[(day, "3-") for day in range(400)]]
    interval = of(*rows, scheme=TWO).interval
    assert (interval.few, interval.grade_certain) == (few, not few)


def test_an_item_with_a_single_answer_has_no_interval():
    assert of((1, "33"), (2, "3-"), (3, "2-"), scheme=TWO).interval is None


@given(st.lists(st.text("1234", min_size=2, max_size=2), min_size=2, max_size=25))
def test_one_answer_a_day_gives_the_interval_without_days(rows):
    by_days = of(*enumerate(rows), scheme=TWO).interval
    by_answers = measure([(tally("".join(rows).encode(), 2), TWO)]).interval
    assert (by_days.low, by_days.high, by_days.deff) == (by_answers.low, by_answers.high, 1)


@given(dated)
def test_the_day_sums_are_those_of_plain_python(rows):
    sums = {}
    for day, scores in rows:
        given = [int(s) if s != "-" else 0 for s in scores] + [int(s != "-") for s in scores]
        sums[day] = [a + b for a, b in zip(sums.get(day, [0] * 4), given, strict=True)]
    days = tallied(rows).days
    assert days.number == len(sums)
    assert days.moments == tuple(
        tuple(sum(s[i] * s[j] for s in sums.values()) for j in range(4)) for i in range(4)
    )


@given(dated, dated, dated)
def test_days_of_tallies_add_up_and_are_taken_away_again(some, others, more):
    together = tallied([*some, *others, *more])
    added = tallied(some) + tallied(others) + tallied(more)
    assert (added, added.days.number, added.days.moments) == (
        together,
        together.days.number,
        together.days.moments,
    )
    left = together - tallied(others)
    assert (left, left.days.number) == (tallied([*some, *more]), tallied([*some, *more]).days.number)


@given(dated, dated)
def test_a_day_with_two_questionnaires_is_one_day(some, others):
    # The other questionnaire asks the same two elements, in another order and with an item of no element between.
    turned = [(day, f"{scores[1]}4{scores[0]}") for day, scores in others]
    parts = [(tallied(some), TWO), (tallied(turned, 3), OTHER)]
    apart = measure(parts)
    together = measure([(tallied([*some, *others]), TWO)])
    assert (apart.index, apart.interval) == (together.index, together.interval)


def test_a_long_day_does_not_overflow():
    rows = [(day % 2, "9") for day in range(70_000)]
    days = tally(
        "".join(scores for _, scores in rows).encode(), 1, scale=9, days=np.array([d for d, _ in rows])
    ).days
    assert days.moments[0][0] == 2 * (9 * 35_000) ** 2


def test_the_mean_of_two_units_by_hand():
    # Each unit: 2 on two days, 3 on two days. By answers 625/12 and, with one answer a day, by days the same. The mean:
    # V = 2 x 52.083 / 4 = 26.042, with 3 + 3 degrees of freedom (t 2.446912), as of 2^2 / (1/4 + 1/4) = 8 respondents.
    # Place 0.5: 26.042 / 75^2 = 0.0046296, + (1/12 / 8)^2 = 0.0001085: root 0.068835; over 0.25, times t: 0.673735.
    # 1 / (1 + e^0.673735) = 0.337664, so 50.32; above 0.5 + 2.446912 x root of 0.0046296 = 0.666491, so 74.99.
    unit = of((1, "2"), (2, "2"), (3, "3"), (4, "3"))
    interval = measure_units([unit, unit], ONE).interval
    assert (str(interval.low), str(interval.high), str(interval.deff)) == ("50.32", "74.99", "1.00")
    assert (interval.by, interval.few) == ("days", "")


def test_a_unit_with_one_respondent_borrows_the_spread_of_the_others():
    # The unit with one respondent has the variance of one: 52.083 x 4 = 208.33. V = (52.083 + 208.33) / 4 = 65.104, all
    # of it known by 3 degrees of freedom (t 3.182446), as of 2^2 / (1/4 + 1/1) = 3.2 respondents.
    # Place (62.5 + 75) / 2 = 68.75 is 0.583333, the centre (3.2 x 0.583333 + 0.1) / 3.4 = 0.578431, slope 0.243849.
    # 65.104 / 75^2 = 0.011574, + (1/12 / 3.2)^2 = 0.000678: root 0.110691; times t over the slope 1.444600.
    # Logit 0.316337; 1 / (1 + e^(1.444600 - 0.316337)) = 0.244482, so 43.34.
    unit, single = of((1, "2"), (2, "2"), (3, "3"), (4, "3")), of((1, "3"))
    interval = measure_units([unit, single], ONE).interval
    assert (str(interval.low), interval.by) == ("43.34", "days")


def test_a_mean_of_units_without_any_spread_has_no_interval():
    assert measure_units([of((1, "3")), of((1, "2"))], ONE).interval is None
    assert measure_units([of((1, "3")), of((1, "2"))], ONE).index == Decimal("62.50")
