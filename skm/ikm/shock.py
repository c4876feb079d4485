"""Months have a shock of their own: an officer is ill, a rule changes, a roof leaks. How much is that?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

ENOUGH = 5  # degrees of freedom; with fewer nothing can be said of months


@dataclass(frozen=True)
class Shock:
    """The variance that the index of a month has beside that of its answers, in points squared (tau squared).

    `freedom` are the degrees of freedom by which it is known: the months less one for each mean that was taken. Where
    there were too few it is 0, and so is the variance.
    """

    variance: float = 0.0
    freedom: int = 0


def month_shock(strata: Iterable[Sequence[tuple[float, int]]], a_respondent: float | None) -> Shock:
    """The shock of months by DerSimonian and Laird (1986), from the index and respondents of each month, by stratum.

    A stratum is a unit in a time in which its months are taken as alike; they are held against their own mean.
    `a_respondent` is the variance of one respondent's index within units, None where it is not known.
    """
    if a_respondent is None:
        return Shock()
    q = freedom = scale = 0.0
    for months in strata:
        if len(months) < 2:
            continue
        freedom += len(months) - 1
        weights = [float(n) for _, n in months]  # of the variance a_respondent / n, without the constant
        total = fsum(weights)
        centre = fsum(w * x for w, (x, _) in zip(weights, months, strict=True)) / total
        q += fsum(w * (x - centre) ** 2 for w, (x, _) in zip(weights, months, strict=True))
        scale += total - fsum(w * w for w in weights) / total
    if freedom < ENOUGH:
        return Shock()
    return Shock(max(0.0, (q - a_respondent * freedom) / scale), int(freedom))
