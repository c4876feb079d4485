"""How far the index could lie from that of all visitors: the 95 % interval.

A respondent's influence on the index is linear in their scores and in which items they answered, so the sum
of its squares follows from a tally's moments alone. How one person's answers go together is counted in.

Most citizens answer 3 and 4, so few respondents make a lopsided sample near the upper end, where the plain t
interval is too short and its low end too high. `ends` therefore works on the logit scale, as survey software
does for proportions, and lets a pseudo-respondent stand for those whom chance has left out. What that
achieves is measured by bench/coverage.py and shown in docs/metode.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import cos, lcm, log, pi, sin, sqrt, tan, tanh
from statistics import NormalDist

from skm.ikm.grade import grade, round_half_up
from skm.ikm.nrr import Part, mean, pooled, respondents
from skm.ikm.scheme import Weights
from skm.ikm.tally import Table

LEVEL = 0.95
AT_EACH_END = 1 / 10  # pseudo-respondents who draw the centre inwards, at the lowest and at the highest index
APART = 1 / 12  # how far from the index one more of them lies: 6.25 points of 75, a quarter of a score
SERIES_ENDS = 500  # degrees of freedom; beyond, the expansion is right to seven decimals


@dataclass(frozen=True)
class Interval:
    """Where the index lies with probability `level`; the grade is certain when both ends have the same."""

    level: float
    low: Decimal
    high: Decimal
    grade_certain: bool


def interval(
    parts: Sequence[Part], exact: Fraction, weights: Weights, population: int | None
) -> Interval | None:
    """The interval around `exact`, within what the weights can give.

    None for fewer than two respondents, and for brief tallies. `population` is the number of visitors, where
    known: once all of them have answered nothing is left to chance.
    """
    n = sum(tally.n for tally, _ in parts)
    if n < 2 or any(tally.moments is None for tally, _ in parts):
        return None
    most = 100 * sum(weights, Fraction(0))
    least = most / parts[0][1].scale
    length = most - least
    variance = _squares(parts, weights) * Fraction(n, n - 1) / length**2
    low_and_high = ends((exact - least) / length, variance, n, _unasked(n, population))
    low, high = (round_half_up(least + length * Fraction(end), 2) for end in low_and_high)
    return Interval(LEVEL, low, high, grade(low) == grade(high))


def ends(
    place: Fraction | float, variance: Fraction | float, n: int, unasked: Fraction | float = 1
) -> tuple[Fraction | float, Fraction | float]:
    """Both ends of the interval around an index at `place`, where 0 is the lowest index and 1 the highest.

    `variance` is that of the mean of n respondents, `unasked` the finite-population correction, which the
    pseudo-respondents share in: they speak for those who were not asked.
    """
    if not unasked:
        return place, place
    ghosts = AT_EACH_END * unasked
    centre = float((n * place + ghosts) / (n + 2 * ghosts))
    error = sqrt(unasked * (variance + unasked * (APART / n) ** 2))
    logit = log(centre / (1 - centre))
    margin = student_t(n - 1) * error / (centre * (1 - centre))  # the slope of the logit
    return min(_share(logit - margin), place), max(_share(logit + margin), place)


def _share(logit: float) -> float:
    """From the logit scale back to 0 to 1; tanh cannot overflow."""
    return (1 + tanh(logit / 2)) / 2


def _unasked(n: int, population: int | None) -> Fraction:
    """The finite-population correction, (N - n) / (N - 1)."""
    if population is None:
        return Fraction(1)
    return Fraction(population - n, population - 1) if population > n else Fraction(0)


def _squares(parts: Sequence[Part], weights: Weights) -> Fraction:
    """The sum over all respondents of their influence squared."""
    total = Fraction(0)
    for part in parts:
        total += _quadratic(_influence(parts, part, weights), part[0].moments or ())
    return total


def _influence(parts: Sequence[Part], part: Part, weights: Weights) -> list[Fraction]:
    """What a respondent of this part adds to the index: per score given, then per item answered.

    With m the mean of an item, q that of the element in this part and Q in all parts, answering x moves the
    element by [(x - m) x respondents / answers + (q - Q)] / items, shared by everyone's respondents.
    """
    tally, scheme = part
    moves = [Fraction(0)] * (2 * scheme.width)
    for element, (columns, weight) in enumerate(zip(scheme.columns, weights, strict=True)):
        items = [i for i in columns if tally.answered[i]]
        if not items:
            continue
        everyone = sum(respondents(other, theirs.columns[element]) for other, theirs in parts)
        share = weight * Fraction(100, scheme.scale) / (len(items) * everyone)
        apart = Fraction(*mean(tally, columns)) - Fraction(*pooled(parts, element))
        for i in items:
            moves[i] = share * respondents(tally, columns) / tally.answered[i]
            moves[scheme.width + i] = share * apart - moves[i] * Fraction(tally.totals[i], tally.answered[i])
    return moves


def _quadratic(vector: list[Fraction], matrix: Table) -> Fraction:
    """vᵀMv, in whole numbers over one denominator."""
    common = lcm(*(value.denominator for value in vector))
    whole = [int(value * common) for value in vector]
    return Fraction(_dot(whole, (_dot(whole, row) for row in matrix)), common**2)


def _dot(left: Iterable[int], right: Iterable[int]) -> int:
    return sum(a * b for a, b in zip(left, right, strict=True))


@cache
def student_t(freedom: int) -> float:
    """The two-sided 95 % point of Student's t."""
    if freedom > SERIES_ENDS:
        return _expansion(freedom)
    low, high = 0.0, pi / 2
    for _ in range(60):
        angle = (low + high) / 2
        low, high = (angle, high) if _within(angle, freedom) < LEVEL else (low, angle)
    return sqrt(freedom) * tan(low)


def _within(angle: float, freedom: int) -> float:
    """P(|T| <= sqrt(freedom) tan(angle)): Abramowitz & Stegun, 26.7.3 and 26.7.4."""
    if freedom == 1:
        return 2 * angle / pi
    odd = freedom % 2
    term = total = cos(angle) if odd else 1.0
    for k in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (k - 1) / k
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def _expansion(freedom: int) -> float:
    """Abramowitz & Stegun, 26.7.5: the normal point and two corrections."""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / freedom + second / freedom**2
