"""Has the index moved, or could chance alone have moved it?"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from skm.ikm.grade import round_half_up
from skm.ikm.index import Measure
from skm.ikm.interval import APART
from skm.ikm.spread import Spread
from skm.ikm.student import LEVEL, student_t

LENGTH = 75  # points from the lowest index to the highest


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


def change(before: Measure, after: Measure, comparisons: int = 1) -> Change | None:
    """The step from one index to the next; None where one is missing or their elements differ.

    The two groups of respondents were asked apart, so their variances add up; the degrees of freedom are those of
    Satterthwaite. How many visitors there were does not matter here: what is asked is whether the service changed, not
    whether this year's visitors were happier than last year's, so no variance shrinks by the part that answered. Of
    many `comparisons` at once each is judged the more strictly (Bonferroni).
    """
    if before.index is None or after.index is None:
        return None
    if [element.code for element in before.elements] != [element.code for element in after.elements]:
        return None
    points = after.index - before.index
    if before.spread is None or after.spread is None:
        return Change(points, None)
    margin = _margin([before.spread, after.spread], comparisons)
    return Change(points, abs(points) > margin, points - margin, points + margin)


def _margin(spreads: list[Spread], comparisons: int) -> Decimal:
    variances = [spread.variance + _unseen(spread) for spread in spreads]
    below = sum(part**2 / spread.freedom for part, spread in zip(variances, spreads, strict=True))
    freedom = sum(variances) ** 2 / below
    t = student_t(freedom, 1 - (1 - LEVEL) / comparisons)
    return round_half_up(Fraction(t * sqrt(sum(variances))), 2)


def _unseen(spread: Spread) -> float:
    """The variance of one respondent more, as far apart as `interval.ends` takes them: few may all have agreed."""
    return (LENGTH * APART * spread.design_effect / spread.size) ** 2
