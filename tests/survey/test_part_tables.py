"""No table of a part, beside its steps or another table, tells of one to four people."""

from collections import Counter, defaultdict
from datetime import date
from itertools import chain, combinations, pairwise, product

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.survey.part_tables import Step, merged_rows, parts
from skm.survey.small_cells import MERGED, K

STEPS = ["s1", "s2", "s3"]
ROWS = ["a", "b", "c", "d"]


def a_part(numbers):
    """Changes by step and row; numbers are by step, then by row. Every step has K or more."""
    changes = [
        (step, row)
        for step, some in zip(STEPS, numbers, strict=True)
        for row, n in zip(ROWS, some, strict=True)
        for _ in range(n)
    ]
    sizes = Counter(step for step, _ in changes)
    return [one for one in changes if sizes[one[0]] >= K]


cells = st.lists(
    st.lists(st.sampled_from([0, 0, 0, 1, 2, 3, 5, 6, 9]), min_size=4, max_size=4), min_size=3, max_size=3
)


def shown(changes):
    """The rows of a part as they are shown."""
    if not changes:
        return []
    (small,) = merged_rows([step for step, _ in changes], [[row for _, row in changes]])
    return [MERGED if row in small else row for _, row in changes]


def smallest(*divisions):
    """How many any whole-numbered combination of classes singles out, with coefficients from -2 to 2."""
    classes = [sorted(set(division)) for division in divisions]
    width = sum(map(len, classes))
    columns = [
        [int(own == one) for own in division]
        for names, division in zip(classes, divisions, strict=True)
        for one in names
    ]
    alike = Counter(zip(*columns, strict=True))
    kinds, sizes = numpy.array(list(alike)).T, numpy.array(list(alike.values()))
    signs = numpy.array(
        list(product((-1, 0, 1) if width > 7 else (-2, -1, 0, 1, 2), repeat=width)), numpy.int8
    )
    found = signs @ kinds.astype(numpy.int8)
    sets = found[((found == 0) | (found == 1)).all(axis=1)]
    return min((n for n in (sets @ sizes).tolist() if n), default=K)


def by_definition(steps, rows):
    """The smallest difference of steps that hold rows, less these rows."""
    classes = defaultdict(set)
    for step, row in zip(steps, rows, strict=True):
        classes[row].add(step)
    sizes, of_rows = Counter(steps), Counter(rows)
    found = [K]
    for some in chain.from_iterable(combinations(classes, n) for n in range(1, len(classes) + 1)):
        touched = set().union(*(classes[row] for row in some))
        found.append(sum(sizes[step] for step in touched) - sum(of_rows[row] for row in some))
    return min(n for n in found if n)


@given(cells)
def test_no_combination_of_steps_and_rows_singles_out_one_to_four(numbers):
    changes = a_part(numbers)
    if changes:
        steps, rows = [step for step, _ in changes], shown(changes)
        assert by_definition(steps, rows) >= K
        assert smallest(steps, rows) >= K


@given(cells)
def test_rows_are_merged_only_where_they_have_to_be(numbers):
    changes = a_part(numbers)
    if changes and MERGED not in shown(changes):
        assert min(Counter(row for _, row in changes).values()) >= K


@given(cells, st.randoms(use_true_random=False))
def test_nor_does_any_of_two_tables(numbers, chance):
    changes = a_part(numbers)
    if not changes:
        return
    steps, rows = [step for step, _ in changes], [row for _, row in changes]
    others = [row if chance.random() < 0.8 else chance.choice(ROWS) for row in rows]
    first, second = merged_rows(steps, [rows, others])
    one = [MERGED if row in first else row for row in rows]
    two = [MERGED if row in second else row for row in others]
    assert by_definition(one, two) >= K
    assert by_definition(steps, one) >= K
    assert by_definition(steps, two) >= K


@given(
    st.lists(
        st.tuples(*[st.sampled_from("aab"), st.sampled_from("112"), st.sampled_from("xxxxy")]),
        min_size=50,
        max_size=60,
    )
)
def test_nor_do_all_tables_together(people):
    """Not proved, but not found either."""
    steps = [str(place // 20) for place in range(len(people))]
    headings = list(zip(*people, strict=True))
    rows = [
        [MERGED if row in small else row for row in heading]
        for heading, small in zip(headings, merged_rows(steps, headings), strict=True)
    ]
    assert smallest(steps, *rows) >= K


def test_a_step_that_is_all_of_one_row_hides_what_the_row_has_besides():
    changes = [("s1", "a")] * 5 + [("s2", "a")] + [("s2", "b")] * 9
    assert set(shown(changes)) == {MERGED}


def test_rows_that_every_step_has_stand_by_themselves():
    changes = [(step, row) for step in STEPS for row in "ab" for _ in range(4)]
    assert set(shown(changes)) == {"a", "b"}


def a_step(day, n, year=2026):
    return Step(date.fromisoformat(day), year, range(n))


@pytest.mark.parametrize(
    ("days", "until", "sizes"),
    [
        ([("2026-02-01", 30), ("2026-03-01", 19)], "2026-12-31", []),
        ([("2026-02-01", 30), ("2026-03-01", 20)], "2026-12-31", [50]),
        ([("2026-02-01", 30), ("2026-03-01", 20)], "2026-02-28", []),
        ([("2026-02-01", 60), ("2026-03-01", 9)], "2026-12-31", [60]),
        ([("2026-02-01", 60), ("2026-03-01", 9)], "2027-01-01", [60, 9]),
        ([("2026-02-01", 9), ("2027-01-20", 6), ("2027-02-20", 3)], "2027-03-01", [9, 6]),
        ([("2026-02-01", 9), ("2027-01-20", 3), ("2027-02-20", 3)], "2027-03-01", [9, 6]),
    ],
)
def test_steps_are_collected_into_parts(days, until, sizes):
    found = parts([a_step(*one) for one in days], date.fromisoformat(until))
    assert [sum(len(step.numbers) for step in part) for part in found] == sizes


def test_a_part_that_was_made_stays_as_it_was():
    steps = [a_step(f"2026-{month:02}-01", 7 * month) for month in range(1, 13)] + [a_step("2027-02-01", 6)]
    days = [date(2026, month, 15) for month in range(1, 13)] + [date(2027, 1, 1), date(2027, 3, 1)]
    made = [parts(steps, day) for day in days]
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(made))
