from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Scheme, index_values, mean_of_units, measure, tally, tally_groups

NINE = Scheme(tuple(f"U{i}" for i in range(1, 10)), tuple((i,) for i in range(9)), 9)
TWO = Scheme(("U1", "U2"), ((0,), (1,)), 2)


def of(scheme, *scores, **options):
    block = "".join(scores).encode()
    return measure([(tally(block, scheme.width, scheme.scale), scheme)], **options)


def test_nine_times_three_is_seventy_five_and_c():
    result = of(NINE, "333333333")
    assert (str(result.index), result.grade) == ("75.00", "C")


def test_nine_times_four_is_a_hundred_and_a():
    result = of(NINE, "444444444", "444444444")
    assert (str(result.index), result.grade) == ("100.00", "A")


@pytest.mark.parametrize(("weights", "most"), [("0.11", "99.00"), ("0.111", "99.90")])
def test_a_rounded_weight_puts_a_hundred_out_of_reach(weights, most):
    assert str(of(NINE, "444444444", weights=weights).index) == most


@pytest.mark.parametrize("rows", [[], ["---------"], ["44444444-", "44444444-"]])
def test_an_element_without_answers_leaves_no_index_and_no_grade(rows):
    result = of(NINE, *rows)
    assert (result.n, result.exact, result.index, result.grade, result.interval) == (len(rows), *(None,) * 4)
    assert not result.grade_depends_on_weights


def test_each_element_is_divided_by_its_own_answers():
    result = of(TWO, "4-", "33", "2-")
    assert [figure.nrr for figure in result.elements] == [3, 3]
    assert [(figure.n, figure.total) for figure in result.elements] == [(3, 9), (1, 3)]


def test_an_element_has_a_value_and_a_grade_of_its_own():
    figure = of(TWO, "41", "31", "31").elements[0]
    assert (figure.code, figure.nrr, figure.value, figure.grade) == (
        "U1",
        Fraction(10, 3),
        Decimal("83.33"),
        "B",
    )


def test_an_element_of_several_items_is_the_mean_of_its_items_means():
    # The way of Mahkamah Konstitusi 2022, by hand: U1 = (mean of 4 4 3 3 + mean of 2 2) / 2 = (3.5 + 2) / 2;
    # U2 = mean of 4 4 4 3 = 3.75; index (2.75 + 3.75) / 2 x 25. Pooling the answers of U1 would give 3.
    scheme = Scheme(("U1", "U2"), ((0, 1), (2,)), 3)
    result = of(scheme, "424", "424", "3-4", "3-3")
    assert [figure.nrr for figure in result.elements] == [Fraction("2.75"), Fraction("3.75")]
    assert (result.elements[0].n, result.elements[0].total) == (6, 18)
    assert result.exact == Fraction("81.25")


def test_an_item_nobody_answered_is_left_out_of_its_element():
    scheme = Scheme(("U1",), ((0, 1),), 2)
    assert of(scheme, "3-", "4-").exact == Fraction("87.5")


def test_items_are_found_by_position_in_any_order():
    turned = Scheme(("U1", "U2"), ((1,), (0,)), 2)
    assert [figure.total for figure in of(turned, "41").elements] == [1, 4]


def test_own_weights_count():
    scheme = Scheme(("U1", "U2"), ((0,), (1,)), 2, weights=(Fraction(3, 4), Fraction(1, 4)))
    result = of(scheme, "42")
    assert (result.exact, result.alternatives) == (Fraction("87.5"), {})


def test_another_scale_also_goes_up_to_a_hundred():
    assert of(Scheme(("U1",), ((0,),), 1, scale=6), "6", "3").exact == 75


def test_an_index_without_official_bands_has_a_value_and_no_grade():
    result = of(Scheme(("I1", "I2", "I3"), ((0,), (1,), (2,)), 3, graded=False), "444")
    assert (str(result.index), result.grade, result.elements[0].grade) == ("100.00", None, None)
    assert {other.grade for other in result.alternatives.values()} == {None}


def test_the_conventions_not_used_are_shown_beside():
    result = of(NINE, "333333333", weights="0.111")
    assert {name: str(other.index) for name, other in result.alternatives.items()} == {
        "exact": "75.00",
        "0.11": "74.25",
    }


def test_a_grade_that_another_weight_would_change_is_marked():
    # Nine elements at 3.56: 89.00 A with 1/9, 88.11 B with 0.11, 88.91 A with 0.111.
    result = of(NINE, *["444444444"] * 56, *["333333333"] * 44)
    assert [(str(other.index), other.grade) for other in result.alternatives.values()] == [
        ("88.11", "B"),
        ("88.91", "A"),
    ]
    assert result.grade_depends_on_weights


def test_a_grade_that_holds_under_every_weight_is_not_marked():
    assert not of(NINE, "333333333").grade_depends_on_weights


def test_unknown_weights_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"0\.33.*exact, 0\.11, 0\.111"):
        of(NINE, "333333333", weights="0.33")


def test_parts_are_pooled_over_respondents():
    hybrid = Scheme(("U1", "U2"), ((0, 1), (2,)), 3)
    # U1: three respondents at 4, and one with (1 + 2) / 2 = 1.5; U2: three at 2 and one at 4.
    parts = [(tally(b"424242", 2), TWO), (tally(b"124", 3), hybrid)]
    result = measure(parts)
    assert [figure.nrr for figure in result.elements] == [Fraction("3.375"), Fraction("2.5")]
    assert [(figure.n, figure.total) for figure in result.elements] == [(5, 15), (4, 10)]
    assert (result.n, result.exact) == (4, Fraction("73.4375"))


def test_an_empty_part_changes_nothing():
    parts = [(tally(b"4231", 2), TWO), (tally(b"", 2), TWO)]
    assert measure(parts) == measure(parts[:1])


@pytest.mark.parametrize("other", [Scheme(("U2", "U1"), ((0,), (1,)), 2), Scheme(("U1",), ((0,),), 2)])
def test_parts_that_measure_something_else_are_refused(other):
    with pytest.raises(ValueError, match="same elements"):
        measure([(tally(b"42", 2), TWO), (tally(b"42", 2), other)])


def test_no_parts_are_refused():
    with pytest.raises(ValueError, match="same elements"):
        measure([])


people = st.lists(st.text("-1234", min_size=5, max_size=5), max_size=12)
SEVERAL = Scheme(("U1", "U2", "U3"), ((0, 3), (1,), (4, 2)), 5)


@given(st.lists(people, max_size=6), st.sampled_from(["exact", "0.33", "0.333"]))
def test_the_index_of_many_groups_is_that_of_each(groups, weights):
    blocks = {place: "".join(rows).encode() for place, rows in enumerate(groups)}
    tallies = tally_groups(blocks, 5)
    values = index_values([[(tallies[place], SEVERAL)] for place in blocks], weights)
    assert values == [of(SEVERAL, *rows, weights=weights).exact for rows in groups]


@given(people, people)
def test_pooling_two_parts_of_one_item_each_is_adding_their_tallies(some, others):
    scheme = Scheme(tuple("ABCDE"), tuple((i,) for i in range(5)), 5)
    left, right = (tally("".join(rows).encode(), 5) for rows in (some, others))
    assert measure([(left, scheme), (right, scheme)]) == measure([(left + right, scheme)])


def test_the_mean_of_units_skips_a_unit_without_a_value():
    assert mean_of_units([Decimal("80.00"), None, Fraction(85)]) == Fraction("82.5")


def test_the_mean_of_no_units_is_no_value():
    assert mean_of_units([None]) is None
