"""Ways of rounding on the way to the index that printed reports have used, to reproduce what they say.

Ours rounds once, at the end. These are computed only where somebody asks for one by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm.ikm.grade import round_half_up


@dataclass(frozen=True)
class Rounding:
    """To how many decimals each NRR, the weight 1/k, each weighted NRR and their sum are rounded; None: not."""

    nrr: int | None = None
    weight: int | None = None
    weighted: int | None = None
    total: int | None = None


PRINTED = {
    "nrr-3dp-first": Rounding(nrr=3),  # a unit's report of 2025: 94.53, exact 94.54
    "stepwise-2dp": Rounding(nrr=2, total=2),  # Balkesmas Semarang 2024: 93.75, exact 93.82
    "weighted-nrr-2dp": Rounding(weight=4, weighted=2),
}

# The bands of KEP/25/M.PAN/2/2004, which reports still print: the lowest value of each grade.
BEFORE_2017 = {
    "A": Decimal("81.26"),
    "B": Decimal("62.51"),
    "C": Decimal("43.76"),
    "D": Decimal("25.00"),
}


def printed_index(means: Sequence[Fraction], name: str, scale: int = 4) -> Fraction:
    """The index of k elements' NRR as the convention `name` of PRINTED gives it, up to 100, before its last rounding.

    Raises KeyError for another name.
    """
    steps = PRINTED[name]
    weight = printed_weight(len(means), name)
    weighted = [_rounded(weight * _rounded(mean, steps.nrr), steps.weighted) for mean in means]
    return _rounded(sum(weighted, Fraction(0)), steps.total) * Fraction(100, scale)


def printed_weight(k: int, name: str) -> Fraction:
    """What each of k elements weighs under the convention `name`."""
    return _rounded(Fraction(1, k), PRINTED[name].weight)


def grade_before_2017(value: Decimal) -> str:
    """The grade that the bands before PermenPANRB 14/2017 gave: 87.73 was an A, and is a B.

    To recognise a grade in a report. No figure of ours is graded by it.
    """
    return next((letter for letter, low in BEFORE_2017.items() if value >= low), "D")


def _rounded(value: Fraction, places: int | None) -> Fraction:
    return value if places is None else Fraction(round_half_up(value, places))
