"""What is known of the visitors: each service weighed by its own, and what those who did not answer could change."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import floor
from operator import attrgetter

from skm.ikm.grade import BOUNDS, HALF_A_STEP, grade, round_half_up
from skm.ikm.index import measure
from skm.ikm.interval import Interval, around
from skm.ikm.nrr import Part
from skm.ikm.scheme import EXACT
from skm.ikm.spread import Spread, spread_of
from skm.ikm.tally import Tally

ENOUGH = 10  # answers to a service that stands for its own visitors; fewer are counted with those of another


@dataclass(frozen=True)
class Stratum:
    """The answers about a service, and its visitors in the same time."""

    part: Part
    visitors: int

    @property
    def n(self) -> int:
        """The number of respondents."""
        return self.part[0].n

    @property
    def days(self) -> int:
        """On how many days they answered; 0 where days are not known."""
        return self.part[0].days.number if self.part[0].days else 0


@dataclass(frozen=True)
class VisitorIndex:
    """The index of all visitors: that of each service weighs as much as it has visitors.

    `strata` is the number of services, or of services together, that stand for their own visitors.
    """

    exact: Fraction
    index: Decimal
    grade: str
    interval: Interval | None
    strata: int


def index_by_visitors(services: Sequence[Stratum], weights: str = EXACT) -> VisitorIndex | None:
    """The index of all visitors of services that measure the same: sum of W x index, W the share of the visitors.

    Services with fewer than 10 answers, or answers of one day only, are counted together. None where a service has more
    answers than visitors, and where an element has no answers. Each service's variance has the correction for its own
    share that answered; the degrees of freedom are those of Satterthwaite from days.
    """
    if any(one.n > one.visitors for one in services):
        return None
    strata = _merged([one for one in services if one.visitors])
    if not strata:
        return None
    measures = [measure([one.part], weights) for one in strata]
    total = sum(one.visitors for one in strata)
    shares = [Fraction(one.visitors, total) for one in strata]
    exact = Fraction(0)
    for share, found in zip(shares, measures, strict=True):
        if found.exact is None:
            return None
        exact += share * found.exact
    index, scheme = round_half_up(exact, 2), strata[0].part[1]
    chosen = scheme.conventions[weights]
    spread = _spread(strata, shares, [spread_of([one.part], chosen) for one in strata])
    interval = around(exact, chosen, scheme.scale, spread)
    return VisitorIndex(exact, index, grade(index), interval, len(strata))


def _merged(services: Sequence[Stratum]) -> list[Stratum]:
    """Those with too few answers, or of one day, together; while these are too few, with the smallest of the others."""
    small = [one for one in services if one.n < ENOUGH or one.days == 1]
    strata = sorted((one for one in services if one not in small), key=attrgetter("n"))
    while small:
        together = reduce(_together, small)
        if not strata or (together.n >= ENOUGH and together.days != 1):
            return [*strata, together]
        small = [together, strata.pop(0)]
    return strata


def _together(one: Stratum, other: Stratum) -> Stratum:
    tally: Tally = one.part[0] + other.part[0]
    return Stratum((tally, one.part[1]), one.visitors + other.visitors)


def _spread(
    strata: Sequence[Stratum], shares: Sequence[Fraction], spreads: Sequence[Spread | None]
) -> Spread | None:
    known = [spread for spread in spreads if spread]
    if len(known) < len(strata):
        return None
    factors = [
        float(share**2 * (1 - Fraction(one.n, one.visitors)))
        for share, one in zip(shares, strata, strict=True)
    ]
    parts = [factor * spread.variance for factor, spread in zip(factors, known, strict=True)]
    below = sum(
        part**2 / ((spread.days or spread.size) - 1) for part, spread in zip(parts, known, strict=True)
    )
    dated = all(spread.days is not None for spread in known)
    return Spread(
        size=sum(one.n for one in strata),
        by_answers=sum(factor * spread.by_answers for factor, spread in zip(factors, known, strict=True)),
        by_days=sum(parts) if dated else None,
        days=sum(spread.days or 0 for spread in known) if dated else None,
        freedom=sum(parts) ** 2 / below if below else min(spread.freedom for spread in known),
        fewest=min(spread.fewest for spread in known),
    )


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
