"""The parts of a change: what people thought, the mix of groups, and groups that came or went."""

from decimal import Decimal
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Scheme, Side, change, fixed_mix, measure, measure_units, printed_parts, tally
from skm.ikm.student import student_t

ONE = Scheme(("U1",), ((0,),), 1)


def of(scores, scheme=ONE):
    return measure([(tally(scores.encode(), scheme.width, scheme.scale), scheme)])


def side(scores):
    found = of(scores)
    return Side(found.n, found.exact, found.spread)


def mixed(before, after, common=None):
    """Groups by name on both sides, pooled."""
    common = common or [name for name in before if name in after]
    sides = [before, after]
    whole = tuple(of("".join(some.values())).exact for some in sides)
    together = tuple(of("".join(some[name] for name in common)).exact for some in sides)
    return fixed_mix([(side(before[n]), side(after[n])) for n in common], together, whole, equal=False)


# Three services: the first two in both years, the third in the first year only. Worked by hand in docs/metode.md.
BEFORE = {"A": "34" * 10, "B": "3" * 15 + "4" * 5, "C": "3" * 10}
AFTER = {"A": "3" * 12 + "4" * 18, "B": "3" * 8 + "4" * 2}


def test_the_three_parts_by_hand():
    # W is (1/2 + 3/4) / 2 and (1/2 + 1/4) / 2; the indices go from 87.50 to 90 and from 81.25 to 80.
    parts = mixed(BEFORE, AFTER)
    assert parts.rated == Fraction("0.625") * Fraction("2.5") - Fraction("0.375") * Fraction("1.25")
    assert parts.mixed == Fraction("0.25") * (Fraction("88.75") - Fraction("80.625"))
    assert parts.turnover == Fraction("1.875")


def test_its_variance_by_hand():
    # 625 x variance of the scores: 8.2237 and 6.1678 of 20 each before, 5.1724 of 30 and 11.1111 of 10 after.
    parts = mixed(BEFORE, AFTER)
    before = 0.625**2 * 625 * 0.25 / 19 + 0.375**2 * 625 * 0.1875 / 19
    after = 0.625**2 * 625 * 0.24 / 29 + 0.375**2 * 625 * 0.16 / 9
    assert (parts.before.variance, parts.after.variance) == pytest.approx((before, after))
    unseen = [(6.25 * (0.625**2 / a + 0.375**2 / b)) ** 2 for a, b in ((20, 20), (30, 10))]
    step = change(of("".join(BEFORE.values())), of("".join(AFTER.values())), mix=parts)
    below = (before + unseen[0]) ** 2 / parts.before.freedom + (after + unseen[1]) ** 2 / parts.after.freedom
    total = before + after + sum(unseen)
    margin = student_t(total**2 / below) * sqrt(total)
    assert float(step.high - step.rated) == pytest.approx(margin, abs=0.005)
    assert (step.points, step.rated, step.mixed, step.turnover) == tuple(
        map(Decimal, ("5.00", "1.09", "2.03", "1.88"))
    )
    assert step.real is False  # 5 points, and nobody was rated otherwise than chance could make it


MOVED = ({"A": "34" * 50, "B": "44" * 10}, {"A": "34" * 10, "B": "44" * 50})


def test_a_mix_that_moves_makes_no_change_where_no_group_changed():
    step = change(of("34" * 50 + "44" * 10), of("34" * 10 + "44" * 50), mix=mixed(*MOVED))
    assert (step.points, step.rated, step.real) == (Decimal("8.34"), Decimal(0), False)


def test_one_group_alone_is_all_rating():
    before, after = of("34" * 10), of("4443" * 5)
    parts = fixed_mix([(side("34" * 10), side("4443" * 5))], *[(before.exact, after.exact)] * 2, equal=False)
    assert (parts.mixed, parts.turnover) == (0, 0)
    assert change(before, after, mix=parts) == change(before, after)


def test_a_mean_of_units_has_no_mix():
    before, after = [of("34" * 5), of("44" * 20)], [of("33" * 9), of("34" * 2)]
    whole = tuple(measure_units(some, ONE).exact for some in (before, after))
    pairs = [(side("34" * 5), side("33" * 9)), (side("44" * 20), side("34" * 2))]
    parts = fixed_mix(pairs, whole, whole, equal=True)
    assert (parts.mixed, parts.turnover, parts.rated) == (0, 0, whole[1] - whole[0])


def test_a_group_of_one_respondent_borrows_the_variance_of_the_others():
    alone = mixed({"A": "34" * 10, "B": "3"}, {"A": "34" * 10, "B": "4"})
    share = Fraction(1, 21)
    a, b = 8.223684 * float(1 - share) ** 2, 8.223684 * 20 * float(share) ** 2
    assert alone.before.variance == pytest.approx(a + b)


def test_a_scale_of_six_has_its_own_length():
    six = Scheme(("U1",), ((0,),), 1, scale=6)
    assert (of("1234", six).length, of("34").length) == (Fraction(500, 6), 75)


answers = st.text("1234", min_size=1, max_size=9)
sides = st.dictionaries(st.sampled_from("ABCDE"), answers, min_size=1)


@given(sides, sides)
def test_the_parts_add_up_to_the_last_digit(before, after):
    common = [name for name in before if name in after]
    if not common:
        return
    parts = mixed(before, after)
    first, second = (of("".join(some.values())) for some in (before, after))
    assert parts.rated + parts.mixed + parts.turnover == second.exact - first.exact
    step = change(first, second, mix=parts)
    assert step.rated + step.mixed + step.turnover == step.points == second.index - first.index


@given(sides, sides)
def test_the_mix_is_what_moved_between_the_groups(before, after):
    common = [name for name in before if name in after]
    if not common:
        return
    parts = mixed(before, after)
    n = [sum(len(some[name]) for name in common) for some in (before, after)]
    expected = sum(
        (Fraction(len(after[name]), n[1]) - Fraction(len(before[name]), n[0]))
        * (of(before[name]).exact + of(after[name]).exact)
        / 2
        for name in common
    )
    assert parts.mixed == expected


@given(sides, sides)
def test_each_printed_part_is_near_its_own_value(before, after):
    if not before.keys() & after.keys():
        return
    parts, first, second = mixed(before, after), *(of("".join(some.values())) for some in (before, after))
    exact = (parts.rated, parts.mixed, parts.turnover)
    printed = printed_parts(exact, second.index - first.index)
    assert all(
        abs(Fraction(shown) - part) <= Fraction(2, 100) for shown, part in zip(printed, exact, strict=True)
    )
    assert all(part or not shown for shown, part in zip(printed, exact, strict=True))
