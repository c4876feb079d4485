"""The steps between an element's NRR and the index, one by one, as an auditor does them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm.ikm.grade import round_half_up
from skm.ikm.index import ElementFigure, Measure
from skm.ikm.scheme import Scheme


@dataclass(frozen=True)
class Step:
    """One element: its figures, its weight, and the two multiplied (NRR tertimbang); None without answers."""

    figure: ElementFigure
    weight: Fraction
    weighted: Fraction | None


@dataclass(frozen=True)
class Workings:
    """All steps: `total` is the sum of the weighted NRR, `factor` what it is multiplied by (100 / scale)."""

    steps: Sequence[Step]
    total: Fraction | None
    factor: Fraction


def workings(measure: Measure, scheme: Scheme) -> Workings:
    """The steps from a measure's elements to its exact index: `total` x `factor` is `measure.exact`."""
    weights = scheme.conventions[measure.weights]
    steps = [
        Step(figure, weight, None if figure.nrr is None else figure.nrr * weight)
        for figure, weight in zip(measure.elements, weights, strict=True)
    ]
    factor = Fraction(100, scheme.scale)
    return Workings(steps, None if measure.exact is None else measure.exact / factor, factor)


def without(measure: Measure, scheme: Scheme, code: str) -> Decimal | None:
    """The index as it would be without one element, the others sharing its weight; None where nothing is left.

    Information only: a free service scores highest on U4 (biaya/tarif) whatever people think of it.
    """
    kept = [step for step in workings(measure, scheme).steps if step.figure.code != code]
    weight = sum((step.weight for step in kept), Fraction(0))
    if not weight or any(step.weighted is None for step in kept):
        return None
    total = sum((step.weighted or Fraction(0) for step in kept), Fraction(0))
    return round_half_up(total / weight * Fraction(100, scheme.scale), 2)
