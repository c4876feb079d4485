"""Which elements move people's judgement: importance beside performance (IPA, Martilla & James 1977)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from skm.ikm.products import CHUNK
from skm.ikm.scheme import Scheme
from skm.ikm.tally import UNANSWERED, ZERO


@dataclass(frozen=True)
class Share:
    """How many of an element's answers were 1 or 2."""

    low: int
    answers: int

    @property
    def part(self) -> Fraction | None:
        """As a part of all its answers; None without answers."""
        return Fraction(self.low, self.answers) if self.answers else None


def importance(parts: Sequence[tuple[bytes, Scheme]]) -> list[float | None]:
    """Per element, the correlation of respondents' element scores with the mean of all that they answered.

    -1 to 1; None where fewer than three answered it, or nothing varies. A respondent's element score is the mean of
    the items answered. It is a part of the mean that it is compared with, so it lies higher than that of two
    independent questions: read it as an order, not as a size.
    """
    sums = np.zeros((6, len(parts[0][1].codes)))
    for block, scheme in parts:
        size = CHUNK * scheme.width
        for start in range(0, len(block), size):
            sums += _sums(_by_element(block[start : start + size], scheme))
    return [_correlation(*column) for column in sums.T.tolist()]


def _sums(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Per element, over those who answered it: how many, then the sums of a, b, aa, bb and ab."""
    answered = ~np.isnan(scores)
    a = np.where(answered, scores, 0.0)
    overall = a.sum(axis=1) / np.maximum(answered.sum(axis=1), 1)
    b = np.where(answered, overall[:, np.newaxis], 0.0)
    return np.stack([answered.sum(axis=0), *(part.sum(axis=0) for part in (a, b, a * a, b * b, a * b))])


def _by_element(block: bytes, scheme: Scheme) -> NDArray[np.float64]:
    """A row per respondent, a column per element; NaN where none of its items was answered."""
    rows = np.frombuffer(block, np.uint8).reshape(-1, scheme.width)
    given = rows != UNANSWERED
    values = np.where(given, rows.astype(np.float64) - ZERO, 0.0)
    columns = []
    for items in map(list, scheme.columns):
        answers = given[:, items].sum(axis=1)
        total = values[:, items].sum(axis=1)
        columns.append(np.where(answers > 0, total / np.maximum(answers, 1), np.nan))
    return np.column_stack(columns)


def _correlation(n: float, a: float, b: float, aa: float, bb: float, ab: float) -> float | None:
    if n < 3:
        return None
    left, right = n * aa - a * a, n * bb - b * b
    spread = sqrt(max(left, 0.0) * max(right, 0.0))
    # A spread within rounding of zero: everybody gave the same answer.
    return (n * ab - a * b) / spread if spread > 1e-9 * n * n else None
