import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Tally, tally, tally_groups

people = st.lists(st.text("-1234", min_size=3, max_size=3), max_size=30)


def of(*scores):
    return tally("".join(scores).encode(), 3)


def brief(full):
    return Tally(full.n, full.answered, full.totals)


def test_a_missing_answer_is_counted_apart_and_is_not_a_zero():
    figures = of("4-1", "3-2", "443")
    assert (figures.n, figures.answered, figures.totals) == (3, (3, 1, 3), (11, 4, 6))


def test_counts_hold_the_unanswered_and_then_each_score():
    assert of("4-1", "3-2", "443").counts == ((0, 0, 0, 1, 2), (2, 0, 0, 0, 1), (0, 1, 1, 1, 0))


def test_moments_are_sums_of_products_of_scores_and_of_answers():
    moments = of("42-", "3-1").moments
    assert moments == (
        (25, 8, 3, 7, 4, 3),
        (8, 4, 0, 2, 2, 0),
        (3, 0, 1, 1, 0, 1),
        (7, 2, 1, 2, 1, 1),
        (4, 2, 0, 1, 1, 0),
        (3, 0, 1, 1, 0, 1),
    )


def test_nobody_is_a_tally_too():
    assert of() + of("123") == of("123")


@pytest.mark.parametrize("wrong", ["0", "5", "9", ".", "/", " ", "x", "\x00"])
def test_an_answer_outside_the_scale_never_gets_in(wrong):
    with pytest.raises(ValueError, match="row 2, position 3"):
        of("123", f"44{wrong}", "44" + wrong)


def test_a_group_with_an_answer_outside_the_scale_never_gets_in():
    with pytest.raises(ValueError, match="row 1, position 2"):
        tally_groups({"a": b"123", "b": b"152"}, 3)


@pytest.mark.parametrize("blocks", [{"a": b"12"}, {"a": b"12", "b": b"1234"}])
def test_a_broken_respondent_is_refused(blocks):
    with pytest.raises(ValueError, match="no whole number of respondents"):
        tally_groups(blocks, 3)


def test_a_wider_scale_takes_its_own_answers():
    assert tally(b"65-4", 2, scale=6).totals == (6, 9)


def test_groups_without_respondents_stay_empty_wherever_they_stand():
    blocks = {"first": b"", "a": b"123", "between": b"", "too": b"", "b": b"4-4111", "last": b""}
    tallies = tally_groups(blocks, 3)
    assert list(tallies) == list(blocks)
    assert [figures.n for figures in tallies.values()] == [0, 1, 0, 0, 2, 0]
    assert tallies["last"] == Tally(0, (0, 0, 0), (0, 0, 0))
    assert tallies["b"] == Tally(2, (2, 1, 2), (5, 1, 5))


def test_no_groups_give_no_tallies():
    assert tally_groups({}, 9) == {}


def test_a_large_group_does_not_overflow():
    assert tally_groups({"all": b"9" * 70_000}, 1, scale=9)["all"] == Tally(70_000, (70_000,), (630_000,))


def test_many_chunks_come_to_the_same_moments():
    (row, _) = tally(b"4" * 140_000, 1).moments
    assert row == (16 * 140_000, 4 * 140_000)


def test_a_brief_tally_makes_a_sum_brief():
    assert of("123") + brief(of("432")) == brief(of("123", "432"))


def test_more_cannot_be_taken_than_is_there():
    with pytest.raises(ValueError, match="cannot take 2"):
        of("123") - of("123", "432")


@given(people, people)
def test_adding_tallies_is_tallying_the_joined_blocks(some, others):
    assert of(*some) + of(*others) == of(*some, *others)


@given(people, people)
def test_subtracting_leaves_the_others_out(some, others):
    assert of(*some, *others) - of(*others) == of(*some)


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_respondents_never_matters(rows, chance):
    mixed = chance.sample(rows, len(rows))
    assert of(*mixed) == of(*rows)


@given(people)
def test_numpy_counts_as_plain_python_does(rows):
    columns = [[row[i] for row in rows] for i in range(3)]
    assert of(*rows).counts == tuple(tuple(column.count(sign) for sign in "-1234") for column in columns)


@given(st.dictionaries(st.integers(), people, max_size=8))
def test_a_group_is_tallied_as_if_it_were_alone(groups):
    blocks = {key: "".join(rows).encode() for key, rows in groups.items()}
    assert tally_groups(blocks, 3) == {key: brief(of(*rows)) for key, rows in groups.items()}
