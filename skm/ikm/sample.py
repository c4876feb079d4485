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
