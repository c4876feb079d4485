"""How many respondents a population asks for, how many each part of it, and how many a certain grade."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from skm.ikm.grade import BOUNDS, HALF_A_STEP
from skm.ikm.index import Measure
from skm.ikm.student import student_t

CHI_SQUARE = Fraction("3.841")  # one degree of freedom, 95 %
PROPORTION = Fraction("0.5")
ERROR = Fraction("0.05")
TOP, BOTTOM = BOUNDS["A"][1], BOUNDS["D"][0]  # no grade lies beyond


def sample_size(population: int | None) -> int:
    """The sample of Krejcie & Morgan (1970) for so many visitors; None is an unlimited population: 384.

    `round()` reproduces all 90 rows of the printed table, rounding up fails in 45 of them.
    """
    spread = CHI_SQUARE * PROPORTION * (1 - PROPORTION)
    if population is None:
        return round(spread / ERROR**2)
    if population < 0:
        raise ValueError(f"a population cannot be {population}")
    if population == 0:
        return 0
    return round(spread * population / (ERROR**2 * (population - 1) + spread))


def apportion(total: int, shares: Sequence[Fraction | int]) -> list[int]:
    """A total in whole numbers in proportion to the shares, by largest remainder; they add up to it exactly.

    Of equal remainders the earlier comes first. Shares that are all zero count alike; without any there is no part.
    """
    whole = sum(shares)
    if not whole:
        return apportion(total, [1] * len(shares)) if shares else []
    exact = [Fraction(total * share, 1) / whole for share in shares]
    parts = [int(part) for part in exact]
    rest = sorted(range(len(exact)), key=lambda at: parts[at] - exact[at])
    for at in rest[: total - sum(parts)]:
        parts[at] += 1
    return parts


def quotas(total: int, shares: Sequence[Fraction | int]) -> list[int]:
    """`apportion`, but every share above zero gets at least 1.

    The others give what that takes, in proportion. Where the total is less than the number of such shares, each gets 1
    and the quotas are more than the total.
    """
    parts = apportion(total, shares)
    raised: set[int] = set()
    while short := [at for at, share in enumerate(shares) if share and not parts[at]]:
        raised |= set(short)
        rest = [0 if at in raised else share for at, share in enumerate(shares)]
        left = total - len(raised)
        others = apportion(left, rest) if any(rest) and left > 0 else [0] * len(shares)
        parts = [1 if at in raised else part for at, part in enumerate(others)]
    return parts


def answers_lacking(measure: Measure) -> int | None:
    """About how many more answers would make the grade certain, if the index stays: (t x sd x root deff / distance)².

    The distance is that to the nearer bound of the grade before rounding. None where the grade is certain, has no
    interval to judge it by, and where the index lies on a bound.
    """
    spread, interval, exact = measure.spread, measure.interval, measure.exact
    if spread is None or interval is None or exact is None or measure.grade is None or interval.grade_certain:
        return None
    low, high = BOUNDS[measure.grade]
    below, above = exact - (Fraction(low) - HALF_A_STEP), Fraction(high) + HALF_A_STEP - exact
    distance = float(below if high == TOP else above if low == BOTTOM else min(below, above))
    if distance <= 0:
        return None
    needed = student_t(spread.freedom) ** 2 * spread.variance * measure.n / distance**2
    return ceil(needed) - measure.n if needed > measure.n else None
