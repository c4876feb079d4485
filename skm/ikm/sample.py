"""How many respondents a population asks for, and how many of them each part of it."""

from collections.abc import Sequence
from fractions import Fraction

CHI_SQUARE = Fraction("3.841")  # one degree of freedom, 95 %
PROPORTION = Fraction("0.5")
ERROR = Fraction("0.05")


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
