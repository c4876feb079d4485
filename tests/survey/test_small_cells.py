"""No group of one to four people can be read from what is published, nor worked out by adding and taking away."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skm.survey.small_cells import MERGED, K, merged, parts, shown

QUARTERS = ("2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4")
UNITS = ("Puskesmas I", "Puskesmas II", "Sanur")
ROWS = ("L", "P", "?", "-")

few_or_many = st.one_of(st.integers(0, 8), st.integers(0, 60))
cities = st.dictionaries(
    st.tuples(st.sampled_from(UNITS), st.sampled_from(QUARTERS), st.sampled_from(ROWS)), few_or_many
)


def published(numbers):
    """Every set of cells whose number stands on some page: a row of a unit, or of all units, after each quarter."""
    sets = []
    for over in range(len(QUARTERS) + 1):
        for units in [*([unit] for unit in UNITS), UNITS]:
            rows = defaultdict(set)
            for cell, row in shown(numbers, QUARTERS[:over]).items():
                if cell[0] in units:
                    rows[row].add(cell)
            sets += rows.values()
    return sets


@settings(max_examples=300, derandomize=True, deadline=None)
@given(cities)
def test_nothing_that_can_be_made_of_published_rows_is_a_group_of_one_to_four(numbers):
    # Whatever is put together from sets by adding and taking away consists of those that no set tells apart.
    alike = defaultdict(int)
    sets = published(numbers)
    for cell, n in numbers.items():
        alike[tuple(cell in some for some in sets)] += n
    assert not [n for where, n in alike.items() if any(where) and 0 < n < K]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(cities)
def test_what_was_shown_once_stays_where_it_was(numbers):
    for over in range(len(QUARTERS)):
        earlier, later = (shown(numbers, QUARTERS[: over + more]) for more in (0, 1))
        assert earlier.items() <= later.items()


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 30)))
def test_the_merged_row_is_never_one_group_alone(numbers):
    together = merged(numbers)
    assert len(together) != 1 or sum(numbers.values()) < K
    assert not [row for row, n in numbers.items() if 0 < n < K and row not in together]


@pytest.mark.parametrize(
    ("numbers", "together"),
    [
        ({"L": 30, "P": 20}, ""),
        ({"L": 30, "P": 0}, ""),
        ({"L": 30, "P": 1}, "LP"),
        ({"A": 30, "B": 20, "C": 4}, "BC"),  # four alone are too few, so the smallest other joins them
        ({"A": 30, "B": 20, "C": 4, "D": 1}, "CD"),
        ({"A": 30, "B": 5, "C": 2, "D": 2}, "BCD"),
        ({"A": 2, "B": 1}, "AB"),
    ],
)
def test_small_rows_go_together(numbers, together):
    assert merged(numbers) == frozenset(together)


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((60, 60, 60, 60), ["1", "2", "3", "4"]),
        ((20, 20, 20, 20), ["123", "4"]),  # the year is over: its last quarter waits no longer
        ((10, 10, 10, 10), ["1234"]),
        ((60, 0, 0, 4), ["1"]),  # fewer than five at the end of the year are shown nowhere
        ((2, 0, 0, 2), []),
        ((60, 30), ["1"]),
        ((), []),
    ],
)
def test_a_part_is_whole_quarters_with_enough_answers(answers, found):
    numbers = dict(zip(QUARTERS, answers, strict=False))
    made = parts(numbers, QUARTERS[: len(answers)])
    assert ["".join(quarter[-1] for quarter in part) for part in made] == found


def test_a_row_that_was_small_in_a_unit_stays_merged_in_the_sum_of_units():
    numbers = {("Sanur", QUARTERS[0], "L"): 50, ("Sanur", QUARTERS[0], "P"): 3}
    numbers |= {("Renon", QUARTERS[0], row): 50 for row in "LP"}
    found = shown(numbers, QUARTERS[:1])
    assert {cell[0]: row for cell, row in found.items() if cell[2] == "P"} == {"Sanur": MERGED, "Renon": "P"}
