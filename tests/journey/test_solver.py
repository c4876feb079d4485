"""What figures determine together, where no two of them tell anything."""

import numpy as np
import pytest

from tests.attacker.people import Crowd
from tests.attacker.solver import Puzzle, echelon, pairs


def crowd(*scores):
    """People who gave these scores, one of each for each element."""
    return Crowd(np.array([[int(score) for score in each] for each in scores]))


def people(first, n):
    """So many of them, from one on."""
    return ((1 << n) - 1) << first


def test_three_figures_of_two_groups_each_determine_the_smallest_group():
    few, some, others = people(0, 3), people(3, 30), people(33, 40)
    sets = [few | some, few | others, some | others]
    puzzle = Puzzle(crowd(*["31", "24", "43"] * 30), sets)
    assert not pairs(sets)
    assert puzzle.is_sum(echelon(puzzle.matrix), tuple(puzzle.small))
    assert few in puzzle.determined()


def test_two_of_them_do_not():
    few, some, others = people(0, 3), people(3, 30), people(33, 40)
    assert not Puzzle(crowd(*["31", "24", "43"] * 30), [few | some, few | others]).determined()


@pytest.mark.parametrize(("scores", "determined"), [("4444444444", True), ("3444444443", False)])
def test_bounds_determine_what_sums_do_not(scores, determined):
    """Seven people and six others of whom three are the same: all of them answered 4, or one of each did not."""
    puzzle = Puzzle(crowd(*scores), [people(0, 7), people(4, 6)])
    assert not any(puzzle.is_sum(echelon(puzzle.matrix), (at,)) for at in puzzle.small)
    assert (people(4, 3) in puzzle.determined()) is determined


def test_people_in_the_same_figures_are_one_cell():
    sets = [people(0, 8), people(0, 20), people(5, 15)]
    puzzle = Puzzle(crowd(*["23"] * 20), sets)
    assert sorted(cell.bit_count() for cell in puzzle.cells) == [3, 5, 12]


@pytest.mark.parametrize(("more", "found"), [(0, 0), (1, 1), (4, 1), (5, 0)])
def test_two_figures_that_differ_by_one_to_four_are_a_pair(more, found):
    assert len(pairs([people(0, 10), people(0, 10 + more)])) == found
