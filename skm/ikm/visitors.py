"""What the visitors who did not answer could change: the tipping point of a grade."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from skm.ikm.grade import BOUNDS, grade, round_half_up

HALF_A_STEP = Fraction(1, 200)  # an index from here below a bound is rounded up to it


@dataclass(frozen=True)
class TippingPoint:
    """The grade holds while the `silent` visitors, who did not answer, would give a mean index above `value`.

    `value` has two decimals; it is None where the grade cannot fall, whatever they think.
    """

    grade: str
    silent: int
    value: Decimal | None


def tipping_point(exact: Fraction, n: int, visitors: int, scale: int = 4) -> TippingPoint | None:
    """The tipping point of an index of `n` respondents among `visitors`; None where all answered, and for a D.

    With f = n / visitors that answered it is (b - f x exact) / (1 - f), b the unrounded lower bound of the grade, as
    76.605 for B: rounded down to two decimals, so that above the value shown the grade holds.
    """
    letter = grade(round_half_up(exact, 2))
    if visitors <= n or letter == "D":
        return None
    answered = Fraction(n, visitors)
    bound = Fraction(BOUNDS[letter][0]) - HALF_A_STEP
    value = (bound - answered * exact) / (1 - answered)
    if value < Fraction(100, scale):
        return TippingPoint(letter, visitors - n, None)
    return TippingPoint(letter, visitors - n, Decimal(floor(value * 100)).scaleb(-2))
