"""Has the index moved, or could chance alone have moved it?"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import hypot

from skm.ikm.grade import round_half_up
from skm.ikm.index import Measure


@dataclass(frozen=True)
class Change:
    """By how many points the index rose or fell, and the 95 % interval of that.

    `real` says that the interval leaves out zero: only then it is a rise or a fall. `real`, `low` and `high`
    are None where an index has no interval.
    """

    points: Decimal
    real: bool | None
    low: Decimal | None = None
    high: Decimal | None = None


def change(before: Measure, after: Measure) -> Change | None:
    """The step from one index to the next; None where one is missing or their elements differ.

    The two groups of respondents were asked apart, so each end lies as far out as the root of two squares:
    the halves of both intervals that face each other there (MOVER; Zou & Donner, 2008).
    """
    if before.index is None or after.index is None:
        return None
    if [element.code for element in before.elements] != [element.code for element in after.elements]:
        return None
    points = after.index - before.index
    if before.interval is None or after.interval is None:
        return Change(points, None)
    low = points - _root(after.index - after.interval.low, before.interval.high - before.index)
    high = points + _root(after.interval.high - after.index, before.index - before.interval.low)
    return Change(points, not low <= 0 <= high, low, high)


def _root(one: Decimal, other: Decimal) -> Decimal:
    """The root of the sum of two squares, to two decimals."""
    return round_half_up(Fraction(hypot(one, other)), 2)
