"""Has the index moved, or could chance alone have moved it?"""

from dataclasses import dataclass
from decimal import Decimal
from math import hypot

from skm.ikm.index import Measure


@dataclass(frozen=True)
class Change:
    """By how many points the index rose or fell; `real` is None where an interval is missing."""

    points: Decimal
    real: bool | None


def change(before: Measure, after: Measure) -> Change | None:
    """The step from one index to the next; None where one is missing or their elements differ.

    Real means that the 95 % interval of the difference leaves out zero. The two groups of respondents were
    asked apart, so its margin is the root of the two margins' squares.
    """
    if before.index is None or after.index is None:
        return None
    if [element.code for element in before.elements] != [element.code for element in after.elements]:
        return None
    points = after.index - before.index
    margins = [_margin(measure) for measure in (before, after)]
    known = [margin for margin in margins if margin is not None]
    return Change(points, abs(points) > hypot(*known) if len(known) == 2 else None)


def _margin(measure: Measure) -> Decimal | None:
    """Half the interval; the longer half where an end of the scale has cut one off."""
    if measure.interval is None or measure.index is None:
        return None
    return max(measure.index - measure.interval.low, measure.interval.high - measure.index)
