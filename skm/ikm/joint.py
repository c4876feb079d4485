"""How chance moves the elements together, so that two of them can be compared: by answers and by days.

Whoever is content with one element is often content with another, so the difference of two is better known than either
of them. As with the index, a respondent's influence is linear in their scores, and everything follows from moments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

import numpy as np
from numpy.typing import NDArray

from skm.ikm.days import side_by_side
from skm.ikm.nrr import Part, respondents
from skm.ikm.spread import influence

Square = NDArray[np.float64]
Contrast = Mapping[str, float]


@dataclass(frozen=True)
class Spaced:
    """The variance of a difference of two elements, its degrees of freedom, and on how many answers and days it stands.

    `days` is None where they are not known. `by_answers` is the variance if each respondent came by themself.
    """

    variance: float
    freedom: float
    answers: float
    days: int | None
    by_answers: float = 0.0


@dataclass(frozen=True, eq=False)
class Joint:
    """Per two elements, the sum over respondents of the products of what each adds to their values (25 to 100).

    `by_days` has the products of the sums of each of `days`; None where the days are not known. `answers` are those to
    each element.
    """

    codes: tuple[str, ...]
    by_answers: Square
    by_days: Square | None
    days: int | None
    answers: tuple[float, ...]

    def spaced(self, contrast: Contrast) -> Spaced | None:
        """The variance of a difference such as {"U1": 1/9, "U3": -1/9}; None for too few answers or days to have one.

        It is the larger one of both ways: people of one day never count as less alike than others.
        """
        weights = np.array([contrast.get(code, 0.0) for code in self.codes])
        fewest = min(number for number, weight in zip(self.answers, weights, strict=True) if weight)
        if fewest < 2 or self.days == 1:
            return None
        variance = float(weights @ self.by_answers @ weights) * fewest / (fewest - 1)
        if self.by_days is None or self.days is None:
            return Spaced(max(variance, 0.0), fewest - 1, fewest, None, max(variance, 0.0))
        by_days = float(weights @ self.by_days @ weights) * self.days / (self.days - 1)
        larger, freedom = max(variance, by_days, 0.0), min(fewest, self.days) - 1
        return Spaced(larger, freedom, fewest, self.days, max(variance, 0.0))


def joint_of(parts: Sequence[Part]) -> Joint | None:
    """How the elements of some parts together move; None for brief tallies and without respondents."""
    if not sum(tally.n for tally, _ in parts) or any(tally.moments is None for tally, _ in parts):
        return None
    moves = [_moves(parts, part) for part in parts]
    squares = sum(
        its @ np.array(part[0].moments, float) @ its.T for its, part in zip(moves, parts, strict=True)
    )
    known = [tally.days for tally, _ in parts if tally.days is not None]
    days = side_by_side(known) if len(known) == len(parts) else None
    every = np.hstack(moves)
    return Joint(
        codes=parts[0][1].codes,
        by_answers=np.asarray(squares),
        by_days=None if days is None else every @ np.array(days.moments, float) @ every.T,
        days=None if days is None else days.number,
        answers=tuple(_answers(parts, element) for element in range(len(parts[0][1].codes))),
    )


def mean_spaced(units: Sequence[Joint | None], contrast: Contrast) -> Spaced | None:
    """The same of the mean over units, each weighing the same; a unit that has none borrows the others' mean.

    Degrees of freedom by Satterthwaite. None where no unit has a variance.
    """
    found = [spaced for unit in units if unit is not None and (spaced := unit.spaced(contrast))]
    if not found:
        return None
    total = fsum(spaced.variance for spaced in found)
    below = fsum(spaced.variance**2 / spaced.freedom for spaced in found)
    return Spaced(
        variance=total / (len(found) * len(units)),
        freedom=total**2 / below if below else fsum(spaced.freedom for spaced in found),
        answers=fsum(spaced.answers for spaced in found),
        days=sum(spaced.days or 0 for spaced in found) if all(s.days is not None for s in found) else None,
    )


def _moves(parts: Sequence[Part], part: Part) -> Square:
    """A row per element: what a respondent of this part adds to its value, per score and per item answered."""
    _, scheme = part
    whole, common = influence(parts, part, (Fraction(1),) * len(scheme.codes))
    vector = [move / common for move in whole]
    moves = np.zeros((len(scheme.codes), 2 * scheme.width))
    for element, columns in enumerate(scheme.columns):
        for place in columns:
            moves[element, [place, scheme.width + place]] = vector[place], vector[scheme.width + place]
    return moves


def _answers(parts: Sequence[Part], element: int) -> float:
    return float(sum(respondents(tally, scheme.columns[element]) for tally, scheme in parts))
