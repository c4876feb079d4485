"""The other rule for many units: each weighs the same, however many answered there.

No rule is prescribed (docs/metode.md): pooling is `measure` of the units' tallies together. Say which one was used.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt

from skm.ikm.grade import grade, round_half_up
from skm.ikm.index import Alternative, ElementFigure, Measure, mean_of_units
from skm.ikm.interval import Interval
from skm.ikm.scheme import EXACT, Scheme, Weights


def measure_units(units: Sequence[Measure], scheme: Scheme, weights: str = EXACT) -> Measure | None:
    """The mean of units' measures, each with an index of this scheme and weights; None for none at all.

    An element's NRR is the mean of the units' NRR, so the index is both the weighted sum and the mean of indices.
    Units without an index are left out, never a 0. `n` and `total` are sums over the units that take part.
    """
    counted = [unit for unit in units if unit.exact is not None]
    if not counted:
        return None
    elements = tuple(
        _element([unit.elements[i] for unit in counted], scheme) for i in range(len(scheme.codes))
    )
    outcomes = {name: _outcome(elements, other, scheme) for name, other in scheme.conventions.items()}
    exact, chosen = outcomes.pop(weights)
    return Measure(
        n=sum(unit.n for unit in counted),
        weights=weights,
        elements=elements,
        exact=exact,
        index=chosen.index,
        grade=chosen.grade,
        alternatives={name: other for name, (_, other) in outcomes.items()},
        grade_depends_on_weights=any(other.grade != chosen.grade for _, other in outcomes.values()),
        interval=_interval(counted, exact),
    )


def _element(figures: Sequence[ElementFigure], scheme: Scheme) -> ElementFigure:
    nrr = mean_of_units(figure.nrr for figure in figures)
    value = None if nrr is None else round_half_up(nrr * Fraction(100, scheme.scale), 2)
    return replace(
        figures[0],
        n=sum(figure.n for figure in figures),
        total=sum(figure.total for figure in figures),
        nrr=nrr,
        value=value,
        grade=grade(value) if value is not None and scheme.graded else None,
    )


def _outcome(
    elements: Sequence[ElementFigure], weights: Weights, scheme: Scheme
) -> tuple[Fraction, Alternative]:
    scale = Fraction(100, scheme.scale)
    exact = sum((w * e.nrr * scale for w, e in zip(weights, elements, strict=True) if e.nrr), Fraction(0))
    index = round_half_up(exact, 2)
    return exact, Alternative(index, grade(index) if scheme.graded else None)


def _interval(units: Sequence[Measure], exact: Fraction) -> Interval | None:
    """From the units' own intervals: the ends of a sum of independent values lie as the root of their squares.

    Zou & Donner (2008), Statistics in Medicine 27: 1693-1702. None where a unit has no interval.
    """
    measured = [(unit.interval, unit.index) for unit in units if unit.interval and unit.index]
    if len(measured) < len(units):
        return None
    down = sqrt(sum((index - interval.low) ** 2 for interval, index in measured)) / len(measured)
    up = sqrt(sum((interval.high - index) ** 2 for interval, index in measured)) / len(measured)
    low, high = (round_half_up(exact + Fraction(step), 2) for step in (-down, up))
    return replace(measured[0][0], low=low, high=high, grade_certain=grade(low) == grade(high))
