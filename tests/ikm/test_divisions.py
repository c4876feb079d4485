"""Groups under several headings at once: the same tallies as of each group by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.ikm import Division, RespondentDays, add_all, divisions, tally, tally_divisions

WIDTH = 3
one = st.tuples(
    st.text("-1234", min_size=WIDTH, max_size=WIDTH),
    st.integers(0, 4),
    st.lists(st.integers(0, 2), min_size=3, max_size=3),
)


def arrays(respondents):
    items = np.frombuffer("".join(scores for scores, *_ in respondents).encode(), np.uint8).reshape(-1, WIDTH)
    days = RespondentDays(np.arange(5) * 7, np.array([day for _, day, _ in respondents], np.intp))
    ways = [
        Division(np.array([groups[way] for *_, groups in respondents], np.uint8), number)
        for way, number in enumerate((2, 3, 2))
    ]
    return np.ascontiguousarray(items.T), days, ways


@given(st.lists(one, max_size=40), st.integers(1, 128), st.integers(1, 50))
def test_each_group_is_tallied_as_if_it_were_alone(respondents, fewest, at_once):
    items, days, ways = arrays(respondents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(divisions, "FEWEST", fewest)
        patch.setattr(divisions, "AT_ONCE", at_once)
        found = tally_divisions(items, 4, days, ways)
    for division, tallies in zip(ways, found, strict=True):
        present = {group for group in division.groups.tolist() if group < division.number}
        assert tallies.keys() == present
        for group, its in tallies.items():
            own = division.groups == group
            alone = tally(items[:, own].T.tobytes(), WIDTH, 4, days[own])
            assert its == alone
            assert (its.days.number, its.days.moments) == (alone.days.number, alone.days.moments)


@given(st.lists(one, min_size=1, max_size=40))
def test_groups_are_added_and_taken_from_each_other(respondents):
    items, days, ways = arrays(respondents)
    whole = tally(items.T.tobytes(), WIDTH, 4, days)
    for tallies in tally_divisions(items, 4, days, [Division(ways[1].groups, 3)]):
        together = add_all(list(tallies.values()))
        assert (together, together.days.number) == (whole, whole.days.number)
        for its in tallies.values():
            others = together - its
            assert others == whole - its
            assert (others.days.number, others.days.moments) == (
                (whole - its).days.number,
                (whole - its).days.moments,
            )


def test_many_respondents_of_one_day_and_one_group_add_up():
    n = 3000
    items = np.full((WIDTH, n), ord("4"), np.uint8)
    items[0, ::3] = ord("-")
    days = RespondentDays(np.array([7]), np.zeros(n, np.intp))
    (tallies,) = tally_divisions(items, 4, days, [Division(np.zeros(n, np.uint8), 1)])
    assert tallies == {0: tally(items.T.tobytes(), WIDTH, 4, days)}


@pytest.mark.parametrize("scale", [2, 10])
def test_any_scale_is_counted(scale):
    signs = "12-" if scale == 2 else "123456789-:"
    items = np.array(
        [[ord(signs[(row + column) % len(signs)]) for column in range(50)] for row in range(WIDTH)], np.uint8
    )
    days = RespondentDays(np.arange(5), np.arange(50) % 5)
    (tallies,) = tally_divisions(items, scale, days, [Division((np.arange(50) % 2).astype(np.uint8), 2)])
    own = np.arange(50) % 2 == 1
    assert tallies[1] == tally(items[:, own].T.tobytes(), WIDTH, scale, days[own])


def test_a_byte_outside_the_scale_is_named():
    items = np.array([[ord("1"), ord("2")], [ord("4"), ord("5")], [ord("1"), ord("-")]], np.uint8)
    days = RespondentDays(np.array([7]), np.zeros(2, np.intp))
    with pytest.raises(ValueError, match="row 2, position 2"):
        tally_divisions(items, 4, days, [Division(np.zeros(2, np.uint8), 1)])
