"""How far the index could lie from that of all who might have answered: the 95 % interval.

Most citizens answer 3 and 4, so few respondents make a lopsided sample near the upper end, where the plain t
interval is too short and its low end too high. `ends` therefore works on the logit scale, as survey software
does for proportions, and lets a pseudo-respondent stand for those whom chance has left out. What that
achieves is measured by bench/coverage.py and shown in docs/metode.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import log, sqrt, tanh

from skm.ikm.grade import grade, round_half_up
from skm.ikm.nrr import Part
from skm.ikm.scheme import Weights
from skm.ikm.spread import Spread
from skm.ikm.student import LEVEL, student_t

AT_EACH_END = 1 / 10  # pseudo-respondents who draw the centre inwards, at the lowest and at the highest index
APART = 1 / 12  # how far from the index one more of them lies: 6.25 points of 75, a quarter of a score
ENOUGH = 5  # days, and answers to each item: with fewer a grade is never certain
DAYS, ANSWERS = "days", "answers"


@dataclass(frozen=True)
class Interval:
    """Where the index lies with probability `level`; the grade is certain when both ends have the same.

    `by` says what was taken as drawn by chance, DAYS or ANSWERS, and `deff` how many respondents tell as much as one
    who was drawn by themself; None in old records. `few` says of which there are too few for a grade to be certain.
    """

    level: float
    low: Decimal
    high: Decimal
    grade_certain: bool
    by: str = ANSWERS
    deff: Decimal | None = None
    few: str = ""


def interval(
    parts: Sequence[Part], exact: Fraction, weights: Weights, spread: Spread | None, population: int | None
) -> Interval | None:
    """The interval around `exact`, within what the weights can give.

    None without a spread. `population` is the number of visitors, where known: once all of them have answered
    nothing is left to chance.
    """
    n = sum(tally.n for tally, _ in parts)
    unasked = _unasked(n, population)
    if n > 1 and not unasked and all(tally.moments is not None for tally, _ in parts):
        by = DAYS if all(tally.days is not None for tally, _ in parts) else ANSWERS
        index = round_half_up(exact, 2)
        return Interval(LEVEL, index, index, True, by, Decimal("1.00"))
    return around(exact, weights, parts[0][1].scale, spread, unasked)


def around(
    exact: Fraction, weights: Weights, scale: int, spread: Spread | None, unasked: Fraction = Fraction(1)
) -> Interval | None:
    """The interval of an index with this spread; None without one."""
    if spread is None:
        return None
    most = 100 * sum(weights, Fraction(0))
    least = most / scale
    length = most - least
    size = spread.size / spread.design_effect
    low_and_high = ends(
        (exact - least) / length, spread.variance / float(length) ** 2, size, spread.freedom, unasked
    )
    low, high = (round_half_up(least + length * Fraction(end), 2) for end in low_and_high)
    few = DAYS if (spread.days or ENOUGH) < ENOUGH else ANSWERS if spread.fewest < ENOUGH else ""
    return Interval(
        level=LEVEL,
        low=low,
        high=high,
        grade_certain=not few and grade(low) == grade(high),
        by=ANSWERS if spread.days is None else DAYS,
        deff=round_half_up(Fraction(spread.design_effect), 2),
        few=few,
    )


def ends(
    place: Fraction | float, variance: float, size: float, freedom: float, unasked: Fraction | float = 1
) -> tuple[Fraction | float, Fraction | float]:
    """Both ends of the interval around an index at `place`, where 0 is the lowest index and 1 the highest.

    `variance` is that of the index of so many respondents, known by so many degrees of freedom; `unasked` is the
    finite-population correction, which the pseudo-respondents share in: they speak for those who were not asked. The
    upper end is at least as far out as that of a plain t interval, for a population in which nobody is low.
    """
    if not unasked:
        return place, place
    ghosts = AT_EACH_END * unasked
    centre = float((size * place + ghosts) / (size + 2 * ghosts))
    error = sqrt(unasked * (variance + unasked * (APART / size) ** 2))
    logit = log(centre / (1 - centre))
    t = student_t(freedom)
    margin = t * error / (centre * (1 - centre))  # the slope of the logit
    plain = min(place + t * sqrt(unasked * variance), 1)
    return min(_share(logit - margin), place), max(_share(logit + margin), plain, place)


def _share(logit: float) -> float:
    """From the logit scale back to 0 to 1; tanh cannot overflow."""
    return (1 + tanh(logit / 2)) / 2


def _unasked(n: int, population: int | None) -> Fraction:
    """The finite-population correction, (N - n) / (N - 1)."""
    if population is None:
        return Fraction(1)
    return Fraction(population - n, population - 1) if population > n else Fraction(0)
