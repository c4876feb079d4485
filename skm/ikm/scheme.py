"""Which items make an element, and what an element weighs."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from skm.ikm.grade import round_half_up
from skm.ikm.printed import PRINTED

EXACT = "exact"
LENGTH = Fraction(75)  # of an index of four options whose weights sum to 1
Weights = tuple[Fraction, ...]
Factors = tuple[Sequence[int], int]  # whole numbers over one divisor


@dataclass(frozen=True)
class Scheme:
    """What an index is made of: each element's code, and where its items stand in a person's `width` items.

    `weights` sum to 1; None is the same for all, 1/k. Answers go from 1 to `scale`; the index goes up to 100.
    `graded` False: there are no official bands for this index, so its figures carry no grade.
    """

    codes: tuple[str, ...]
    columns: tuple[tuple[int, ...], ...]
    width: int
    weights: Weights | None = None
    scale: int = 4
    graded: bool = True

    def __post_init__(self) -> None:
        if not self.codes or len(self.codes) != len(self.columns) or not all(self.columns):
            raise ValueError("every element needs a code and at least one item")
        if any(not 0 <= position < self.width for items in self.columns for position in items):
            raise ValueError(f"an item lies outside the {self.width} items of a respondent")
        if self.weights is not None and (len(self.weights) != len(self.codes) or sum(self.weights) != 1):
            raise ValueError("every element needs a weight, and the weights must sum to 1")

    @cached_property
    def items(self) -> tuple[int, ...]:
        """Where the item of each element stands; none where an element has several."""
        return tuple(i for (i,) in self.columns) if all(len(i) == 1 for i in self.columns) else ()

    @cached_property
    def conventions(self) -> dict[str, Weights]:
        """The weights this index can be computed with, by name; own weights leave no choice."""
        if self.weights is not None and self.has_own_weights:
            return {EXACT: self.weights}
        k = len(self.codes)
        return {name: (weight,) * k for name, weight in conventions(k).items()}

    @cached_property
    def factors(self) -> dict[str, Factors]:
        """`factors_of` the weights of each convention: worked out once for the indices of many units."""
        return {name: factors_of(weights, self.scale) for name, weights in self.conventions.items()}

    @property
    def has_own_weights(self) -> bool:
        """Whether the elements do not all weigh the same."""
        return self.weights is not None and len(set(self.weights)) > 1

    @property
    def offered(self) -> tuple[str, ...]:
        """Every name by which the index can be asked for: the conventions, then those of printed reports."""
        return (*self.conventions, *(() if self.has_own_weights else PRINTED))


def factors_of(weights: Weights, scale: int) -> Factors:
    """Each weight x 100/scale (25 for four options) as whole numbers over one divisor."""
    factors = [weight * Fraction(100, scale) for weight in weights]
    divisor = lcm(*(factor.denominator for factor in factors))
    return [int(factor * divisor) for factor in factors], divisor


def length_of(weights: Weights, scale: int) -> Fraction:
    """How many points there are from the lowest index to the highest: LENGTH for four options."""
    return 100 * sum(weights, Fraction(0)) * Fraction(scale - 1, scale)


def conventions(k: int) -> dict[str, Fraction]:
    """The weights in use for one of k elements: 1/k, and 1/k rounded to two and to three decimals.

    Nine elements: "exact", "0.11", "0.111". A rounded weight that equals an earlier one is left out.
    """
    weights = {EXACT: Fraction(1, k)}
    for places in (2, 3):
        rounded = round_half_up(weights[EXACT], places)
        if Fraction(rounded) not in weights.values():
            weights[str(rounded)] = Fraction(rounded)
    return weights
