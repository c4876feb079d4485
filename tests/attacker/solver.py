"""What all figures together determine, and not just two of them.

The unknowns are the scores. Every figure that was read says how those of its people add up, element by element, each
between 1 and 4. The attacker is given more than he could have: the sums without rounding, and who is in each figure.

People who are in exactly the same figures cannot be told apart: exchange their answers, and no figure changes. They are
a cell, and a figure is a sum of cells. So

- a single answer is determined only alone in its cell, or where all of its cell answered 1 or all answered 4;
- a sum of one to four people is determined by adding and subtracting figures only where it is made of cells that have
  no more than four (`determined_by_sums`, exact: is it in the span of the figures?);
- by the bounds too it may be: four answers of 4 in all but one (`bounds`: HiGHS minimises and maximises the sum).

Without cells of one to four nothing can be determined but that everybody of a cell of five or more answered alike in an
element, which no minimum number of people prevents.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import highspy
import numpy as np

from skm.survey.small_cells import K
from tests.attacker.people import Crowd, People, Set

PRIME = 2_147_483_629  # sums in this field are exact, and fit 64 bits
Reduced = list[tuple[int, np.ndarray]]


class Puzzle:
    """The figures of some people as equations over their cells."""

    def __init__(self, people: Crowd, sets: Iterable[Set]) -> None:
        self.people, self.sets = people, sorted({some for some in sets if some})
        self.cells = cells(people, self.sets)
        self._models: dict[int, tuple[highspy.Highs, list]] = {}
        self.matrix = np.array([[bool(cell & some) for cell in self.cells] for some in self.sets], np.int64)

    @property
    def small(self) -> list[int]:
        """The cells with one to four people."""
        return [at for at, cell in enumerate(self.cells) if cell.bit_count() < K]

    def determined(self) -> list[Set]:
        """The groups of one to four people whose sums are all determined, by sums or by bounds."""
        return self.determined_by_sums() + [self.cells[at] for at in self.small if self.is_bounded((at,))]

    def determined_by_sums(self) -> list[Set]:
        """Those whose sums are determined by adding and taking away figures."""
        return [self.together(some) for some in self.sums(echelon(self.matrix))]

    def sums(self, reduced: Reduced) -> Iterator[tuple[int, ...]]:
        """The small cells, alone and together, that are a sum and difference of figures.

        What is left of each of them when figures are taken away adds up to nothing for such a group. A whole number
        for each, made by chance, says quickly which may be one.
        """
        chance = np.random.default_rng(14).integers(1, PRIME, len(self.cells)).astype(object)
        left = {
            at: int(remainder(reduced, self.row((at,))).astype(object) @ chance) % PRIME for at in self.small
        }
        alone_and_two = [*combinations(self.small, 1), *combinations(self.small, 2)]
        by_rest: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for some in alone_and_two:
            if self.together(some).bit_count() < K:
                by_rest[sum(left[at] for at in some) % PRIME].append(some)
        fitting = {
            tuple(sorted({*some, *other}))
            for rest, alike in by_rest.items()
            for some in alike
            for other in (*((),) * (rest == 0), *by_rest.get(-rest % PRIME, ()))
        }
        for some in sorted(fitting):
            if self.together(some).bit_count() < K and self.is_sum(reduced, some):
                yield some

    def together(self, some: Iterable[int]) -> Set:
        """The people of some cells."""
        return sum(self.cells[at] for at in some)

    def is_sum(self, reduced: Reduced, some: tuple[int, ...]) -> bool:
        """Whether some cells together are a sum and difference of figures."""
        return not remainder(reduced, self.row(some)).any()

    def is_bounded(self, some: tuple[int, ...]) -> bool:
        """Whether the bounds leave one sum in every element: the true one, so that another bound ends the search."""
        totals = self.people.sums(self.together(some)).totals
        return all(
            self.solve(some, element, 1) == total and -self.solve(some, element, -1) == total
            for element, total in enumerate(totals)
        )

    def solve(self, some: tuple[int, ...], element: int, sense: int) -> int:
        """The smallest sum of some cells, or with the sense -1 the largest with its sign turned."""
        solver, scores = self.model(element)
        solver.minimize(sense * sum(scores[at] for at in some))
        return round(solver.getInfo().objective_function_value)

    def model(self, element: int) -> tuple[highspy.Highs, list]:
        """Every figure's sum in an element as an equation; and the sum of each cell, which is not known."""
        if element not in self._models:
            self._models[element] = self._modelled(element)
        return self._models[element]

    def _modelled(self, element: int) -> tuple[highspy.Highs, list]:
        solver = highspy.Highs()
        solver.silent()
        sizes = [cell.bit_count() for cell in self.cells]
        scores = [solver.addIntegral(lb=n, ub=4 * n) for n in sizes]
        for row, figure in zip(self.matrix, self.sets, strict=True):
            total = self.people.sums(figure).totals[element]
            solver.addConstr(sum(scores[at] for at in np.flatnonzero(row)) == total)
        return solver, scores

    def row(self, some: tuple[int, ...]) -> np.ndarray:
        """Some cells as a row of the matrix."""
        wanted = np.zeros(len(self.cells), np.int64)
        wanted[list(some)] = 1
        return wanted


def cells(people: Crowd, sets: Sequence[Set]) -> list[Set]:
    """The people who are in some figure, by the figures that they are in."""
    if not sets:
        return []
    patterns = np.packbits(np.array([people.mask(some) for some in sets]), axis=0).T
    kinds, kind = np.unique(patterns, axis=0, return_inverse=True)
    kind = kind.reshape(-1)
    return [people.set_of(kind == at) for at in range(len(kinds)) if kinds[at].any()]


def echelon(matrix: np.ndarray) -> Reduced:
    """The rows of a matrix in echelon form, modulo PRIME: the column of each one's first number, which is 1."""
    reduced: Reduced = []
    for row in matrix:
        rest = remainder(reduced, row)
        if rest.any():
            first = int(np.flatnonzero(rest)[0])
            reduced.append((first, rest * pow(int(rest[first]), -1, PRIME) % PRIME))
    return reduced


def remainder(reduced: Reduced, row: np.ndarray) -> np.ndarray:
    """What is left of a row when multiples of others are taken away; nothing where it is a sum of them."""
    rest = row % PRIME
    for first, other in reduced:
        if rest[first]:
            rest = (rest - rest[first] * other) % PRIME
    return rest


def puzzles(people: People, sets: Iterable[Set]) -> Iterator[Puzzle]:
    """A puzzle for each unit, in which a figure of several units is given for each of them: more than was said."""
    known = set(sets)
    for unit in sorted(set(people.unit)):
        own = people.set_of(people.unit == unit)
        yield Puzzle(people, (some & own for some in known))


def pairs(sets: Iterable[Set]) -> list[tuple[Set, Set]]:
    """The pairs of figures of which one to four people are in only one; the empty one counts too."""
    ordered = sorted({0, *sets}, key=int.bit_count)
    found = []
    for at, more in enumerate(ordered):
        for less in reversed(ordered[:at]):
            if more.bit_count() - less.bit_count() >= K:
                break
            if 0 < (more ^ less).bit_count() < K:
                found.append((more, less))
    return found
