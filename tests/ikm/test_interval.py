from decimal import Decimal
from fractions import Fraction
from math import exp, sqrt
from statistics import fmean, stdev, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Scheme, Tally, measure, tally
from skm.ikm.interval import ends
from skm.ikm.student import SERIES_ENDS, student_t

ONE = Scheme(("U1",), ((0,),), 1)
NINE = Scheme(tuple(f"U{i}" for i in range(1, 10)), tuple((i,) for i in range(9)), 9)
TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)
SEVERAL = Scheme(("U1", "U2"), ((0, 2), (1,)), 3)


def of(scheme, *scores, **options):
    block = "".join(scores).encode()
    return measure([(tally(block, scheme.width), scheme)], **options).interval


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (4, 2.776),
        (9, 2.262),
        (10, 2.228),
        (29, 2.045),
        (30, 2.042),
        (99, 1.984),
        (120, 1.980),
        (1000, 1.962),
        (10**6, 1.960),
    ],
)
def test_the_factor_is_that_of_the_printed_t_table(freedom, printed):
    assert student_t(freedom) == pytest.approx(printed, abs=0.0005)


@pytest.mark.parametrize(
    ("freedom", "level", "printed"),
    [(4, 0.99, 4.604), (10, 0.99, 3.169), (30, 0.9, 1.697), (10**6, 0.99, 2.576)],
)
def test_the_factor_at_other_levels_is_that_of_the_table_too(freedom, level, printed):
    assert student_t(freedom, level) == pytest.approx(printed, abs=0.0005)


def test_the_series_and_the_expansion_meet():
    before, after = student_t(SERIES_ENDS), student_t(SERIES_ENDS + 1)
    assert 0 < before - after < 1e-5


def test_four_answers_by_hand():
    # 2 3 3 2: the middle of the scale, 0.5. Variance of the mean: 1/3 / 4, on the scale of 0 to 1 / 9 = 0.009259;
    # the pseudo-respondent adds (1/12 / 4)^2 = 0.000434; root 0.098455. Over the slope 0.25, times t 3.182446:
    # 1.253318. 1 / (1 + e^1.253318) = 0.222133, so 25 + 75 x 0.222133. The other end is that of t, which lies further
    # out: 0.5 + 3.182446 x root of 0.009259 = 0.806231, so 25 + 75 x 0.806231.
    interval = of(ONE, "2", "3", "3", "2")
    assert (interval.level, str(interval.low), str(interval.high)) == (0.95, "41.66", "85.47")


def test_answers_that_go_together_widen_the_interval():
    together, against = of(TWO, "22", "33", "33", "22"), of(TWO, "23", "32", "32", "23")
    assert together == of(ONE, "2", "3", "3", "2")
    assert together.low < against.low < against.high < together.high


def test_the_known_number_of_visitors_narrows_it():
    # (7 - 4) / (7 - 1) halves the variance and the weight of the pseudo-respondents: root of
    # (0.009259 + 0.000217) / 2 = 0.068832; x 3.182446 / 0.25 = 0.876219; 1 / (1 + e^0.876219) = 0.293957. Above: 0.5 +
    # 3.182446 x root of 0.009259 / 2 = 0.716538.
    interval = of(ONE, "2", "3", "3", "2", population=7)
    assert (str(interval.low), str(interval.high)) == ("47.05", "78.74")


def test_the_pseudo_respondents_speak_only_for_those_not_asked():
    # Ten fours of eleven visitors, a tenth left to chance: centre (10 + 0.01) / 10.02 = 0.999002, logit 6.908755;
    # t 2.262157 x (0.1 x 1/12 / 10) / 0.000997 = 1.890788; 1 / (1 + e^(1.890788 - 6.908755)) = 0.993426.
    interval = of(NINE, *["4" * 9] * 10, population=11)
    assert (str(interval.low), str(interval.high)) == ("99.51", "100.00")


@pytest.mark.parametrize("score", "1234")
def test_answers_that_are_all_alike_still_leave_a_doubt(score):
    interval = of(NINE, *[score * 9] * 10)
    assert interval.low < interval.high
    assert interval.low <= 25 * int(score) <= interval.high


def test_ten_times_all_fours_by_hand():
    # (10 + 0.1) / 10.2 = 0.990196, logit 4.615121, slope 0.009708; t 2.262157 x (1/12 / 10) / 0.009708 = 1.941812.
    # 1 / (1 + e^(1.941812 - 4.615121)) = 0.935414, so 25 + 75 x 0.935414. The other end is the index itself.
    interval = of(NINE, *["4" * 9] * 10)
    assert (str(interval.low), str(interval.high)) == ("95.16", "100.00")


def test_more_of_the_same_leave_less_doubt():
    widths = [i.high - i.low for i in (of(ONE, "3" * n) for n in (2, 3, 5, 10, 100, 1000))]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("population", [3, 4])
def test_when_every_visitor_answered_nothing_is_left_to_chance(population):
    interval = of(ONE, "2", "3", "3", "2", population=population)
    assert interval.low == interval.high == Decimal("62.50")
    assert interval.grade_certain


@pytest.mark.parametrize("rows", [[], ["4"]])
def test_fewer_than_two_respondents_have_no_interval(rows):
    assert of(ONE, *rows) is None


def test_a_brief_tally_has_no_interval():
    assert measure([(Tally(2, (2,), (7,)), ONE)]).interval is None


@pytest.mark.parametrize("rows", [["1", "4"], ["1", "1"], ["4", "4"], ["1", "4", "4"]])
def test_it_stays_within_what_the_scale_can_give(rows):
    interval = of(ONE, *rows)
    assert 25 <= interval.low < interval.high <= 100


def test_a_rounded_weight_shrinks_it_as_it_shrinks_the_index():
    three = Scheme(("A", "B", "C"), ((0,), (1,), (2,)), 3)
    exact, rounded = of(three, "322", "444", "343"), of(three, "322", "444", "343", weights="0.33")
    assert rounded.low == pytest.approx(exact.low * Decimal("0.99"), abs=Decimal("0.01"))
    assert rounded.high == pytest.approx(exact.high * Decimal("0.99"), abs=Decimal("0.01"))


def test_another_scale_has_the_same_interval_at_the_same_place():
    wide = Scheme(("U1",), ((0,),), 1, scale=7)
    low, high = (of(ONE, "2", "3", "4", "3").low, of(ONE, "2", "3", "4", "3").high)
    result = measure([(tally(b"3575", 1, scale=7), wide)]).interval
    places = [(float(end) - 100 / 7) / (600 / 7) for end in (result.low, result.high)]
    assert places == pytest.approx([(float(end) - 25) / 75 for end in (low, high)], abs=0.0002)


def test_a_grade_is_uncertain_when_a_bound_lies_inside():
    assert not of(ONE, "2", "3", "3", "2").grade_certain


def test_a_grade_is_certain_when_both_ends_have_it():
    assert of(ONE, *"3" * 400, *"4" * 10).grade_certain


def by_the_book(place, variance, n, freedom):
    """The interval on the logit scale, written with e to the power of; in points; above, that of t where wider."""
    centre = (n * place + 0.1) / (n + 0.2)
    t = student_t(freedom)
    error = sqrt(variance + 1 / (12 * n) ** 2) / (centre * (1 - centre))
    odds = [centre / (1 - centre) * exp(side * t * error) for side in (-1, 1)]
    low, high = (each / (1 + each) for each in odds)
    return 25 + 75 * min(low, place), 25 + 75 * max(high, min(place + t * sqrt(variance), 1))


@given(st.lists(st.text("1234", min_size=2, max_size=2), min_size=2, max_size=40))
def test_complete_answers_give_the_interval_of_the_respondents_own_indices(rows):
    own = [(fmean(map(int, row)) - 1) / 3 for row in rows]
    interval = of(TWO, *rows)
    assert (float(interval.low), float(interval.high)) == pytest.approx(
        by_the_book(fmean(own), variance(own) / len(own), len(own), len(own) - 1), abs=0.0051
    )


@given(st.lists(st.text("-1234", min_size=3, max_size=3), min_size=2, max_size=25))
def test_missing_answers_give_the_interval_of_each_respondents_influence(rows):
    columns = [[int(row[i]) for row in rows if row[i] != "-"] for i in range(3)]
    answers = [len(column) for column in columns]
    if not columns[1] or not (columns[0] or columns[2]) or 1 in answers:
        assert of(SEVERAL, *rows) is None
        return
    halves = sum(1 for i in (0, 2) if columns[i])
    weights = [Fraction(1, 6 * halves), Fraction(1, 6), Fraction(1, 6 * halves)]
    moves = [
        [
            weights[i] * (int(row[i]) - Fraction(sum(columns[i]), answers[i])) / answers[i]
            if row[i] != "-"
            else 0
            for i in range(3)
        ]
        for row in rows
    ]
    n = len(rows)
    growth = [Fraction(a, a - 1) - Fraction(n, n - 1) if a else 0 for a in answers]
    grown = [growth[i] * sum(move[i] ** 2 for move in moves) for i in range(3)]
    squares = sum(sum(move) ** 2 for move in moves) * Fraction(n, n - 1) + sum(grown)
    parts = [
        sum((move[0] + move[2]) ** 2 for move in moves) * Fraction(n, n - 1) + grown[0] + grown[2],
        sum(move[1] ** 2 for move in moves) * Fraction(n, n - 1) + grown[1],
    ]
    known = [min(a for a in (answers[0], answers[2]) if a) - 1, answers[1] - 1]
    below = sum(part**2 / free for part, free in zip(parts, known, strict=True))
    freedom = min(sum(parts) ** 2 / below if below else min(known), n - 1)
    exact = measure([(tally("".join(rows).encode(), 3), SEVERAL)]).exact
    low, _ = by_the_book(float(exact - 25) / 75, squares, n, float(freedom))
    assert float(of(SEVERAL, *rows).low) == pytest.approx(low, abs=0.0051)


@given(st.lists(st.sampled_from("1234"), min_size=2, max_size=30))
def test_the_upper_end_lies_as_far_out_as_that_of_t(rows):
    own = [25 * int(score) for score in rows]
    margin = student_t(len(own) - 1) * stdev(own) / sqrt(len(own))
    assert float(of(ONE, *rows).high) >= min(100, fmean(own) + margin) - 0.0051


@given(st.lists(st.sampled_from("1234"), min_size=2, max_size=30), st.integers(0, 40))
def test_the_upper_end_lies_as_far_out_as_the_lower_end_of_the_opposite_answers(rows, unasked):
    own = [(int(score) - 1) / 3 for score in rows]
    n, place, squares = len(own), fmean(own), variance(own) / len(own)
    low, _ = ends(place, squares, n, n - 1, unasked / 40)
    _, high = ends(1 - place, squares, n, n - 1, unasked / 40)
    assert high >= 1 - low - 1e-12


@pytest.mark.parametrize("shares", [(0, 1, 5, 4), (0, 0, 1, 9), (2, 1, 1, 6), (1, 4, 4, 1)])
def test_many_respondents_have_the_plain_interval_of_student(shares):
    scores = "".join(score * share * 2000 for score, share in zip("1234", shares, strict=True))
    own = [25 * int(score) for score in scores]
    margin = student_t(len(own) - 1) * stdev(own) / sqrt(len(own))
    interval = of(ONE, scores)
    assert float(interval.low) == pytest.approx(fmean(own) - margin, abs=0.02)
    assert float(interval.high) == pytest.approx(fmean(own) + margin, abs=0.02)


def test_parts_that_differ_add_their_distance_to_the_spread():
    # 2 and 4 from two instruments, one item each: the same as 2 and 4 from one.
    other = Scheme(("U1",), ((1,),), 2)
    apart = measure([(tally(b"22", 1), ONE), (tally(b"-4-4", 2), other)])
    assert apart.interval == of(ONE, "2", "2", "4", "4")
