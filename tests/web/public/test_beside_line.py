"""Where the values stand beside the television's line."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.web.public.beside_line import HALF, LETTERS, baselines

CELL = 62.5  # of twelve months


def line(*heights: float) -> list[tuple[float, float]]:
    return [(CELL * number, height) for number, height in enumerate(heights)]


@pytest.mark.parametrize(
    ("heights", "sides"),
    [
        ((100, 60, 100), "below above below"),  # a peak
        ((60, 100, 60), "above below above"),  # a valley
        ((80, 80, 80), "above above above"),
    ],
)
def test_a_value_stands_on_the_free_side_of_its_point(heights, sides):
    places = baselines(line(*heights), [])
    assert [
        "above" if place < y else "below" for place, y in zip(places, heights, strict=True)
    ] == sides.split()


def test_a_value_is_not_written_through_a_bound():
    assert baselines(line(80, 80), [60]) == [80 + 16 + LETTERS] * 2


@given(st.lists(st.floats(44, 206), min_size=2, max_size=12))
def test_no_value_is_ever_on_the_line(heights):
    points = line(*heights)
    for (x, _), baseline in zip(points, baselines(points, []), strict=True):
        for (left, start), (right, end) in pairwise(points):
            low, high = max(left, x - HALF + 4), min(right, x + HALF - 4)
            if low > high:
                continue
            ends = [start + (end - start) * (at - left) / (right - left) for at in (low, high)]
            assert max(ends) < baseline - LETTERS or min(ends) > baseline
