"""What to improve first: by how much each element holds the index back, and which of them chance could have ordered.

An element holds the index back by its weight times what it lacks of 100; all elements together by 100 less the index.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import sqrt

from skm.ikm.index import ElementFigure
from skm.ikm.interval import ENOUGH
from skm.ikm.joint import Contrast, Spaced
from skm.ikm.student import LEVEL, student_t

Spacing = Callable[[Contrast], Spaced | None]  # how far chance moves a difference of elements


@dataclass(frozen=True)
class Share:
    """How many of an element's answers were 1 or 2."""

    low: int
    answers: int

    @property
    def part(self) -> Fraction | None:
        """As a part of all its answers; None without answers."""
        return Fraction(self.low, self.answers) if self.answers else None


@dataclass(frozen=True)
class Gain:
    """By how many points of the index an element holds it back.

    `first`: none clearly holds it back more, so that this may be the one to improve first. `behind` is how far it lies
    behind the largest; from `margin` on that is clear, None where nothing would be.
    """

    figure: ElementFigure
    points: Fraction
    first: bool = True
    behind: Fraction = Fraction(0)
    margin: float | None = None


def gains(
    elements: Sequence[ElementFigure],
    weights: Mapping[str, Fraction],
    spacing: Spacing,
    scale: int = 4,
    without: Collection[str] = (),
) -> tuple[Gain, ...]:
    """The elements that were answered, by what they hold the index back by, the largest first.

    `without` are codes to leave out, such as U4 where every service is free. Each difference to the largest is judged
    at 5 % over the number of the others (Bonferroni).
    """
    found = [
        Gain(figure, weights[figure.code] * (100 - figure.nrr * Fraction(100, scale)))
        for figure in elements
        if figure.nrr is not None and figure.code not in without
    ]
    ordered = sorted(found, key=lambda gain: -gain.points)
    level = 1 - (1 - LEVEL) / max(len(ordered) - 1, 1)
    return tuple(_behind(ordered[0], gain, weights, spacing, level) for gain in ordered)


def _behind(top: Gain, gain: Gain, weights: Mapping[str, Fraction], spacing: Spacing, level: float) -> Gain:
    if gain is top:
        return top
    first, code = top.figure.code, gain.figure.code
    behind = top.points - gain.points
    spaced = spacing({first: float(weights[first]), code: -float(weights[code])})
    if spaced is None or spaced.answers < ENOUGH or (spaced.days or ENOUGH) < ENOUGH:
        return replace(gain, behind=behind)
    margin = student_t(spaced.freedom, level) * sqrt(spaced.variance)
    return replace(gain, first=behind <= margin, behind=behind, margin=margin)
