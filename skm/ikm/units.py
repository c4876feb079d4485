"""The other rule for many units: each weighs the same, however many answered there.

No rule is prescribed (docs/metode.md): pooling is `measure` of the units' tallies together. Say which one was used.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import fsum

from skm.ikm.grade import grade, round_half_up
from skm.ikm.index import Alternative, ElementFigure, Measure, mean_of_units
from skm.ikm.interval import around
from skm.ikm.scheme import EXACT, Scheme, Weights, length_of
from skm.ikm.spread import Spread


def measure_units(units: Sequence[Measure], scheme: Scheme, weights: str = EXACT) -> Measure | None:
    """The mean of units' measures, each with an index of this scheme; None for none at all.

    An element's NRR is the mean of the units' NRR, so the index is both the weighted sum and the mean of indices;
    where units have weights of their own it is the mean of their indices.
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
    if any(unit.weights != weights for unit in counted):  # the mean of what each is by weights of its own
        exact, chosen = _mean(counted, scheme)
    share = Fraction(1, len(counted))
    spread = weighed_spread([share] * len(counted), [(unit.n, unit.spread) for unit in counted])
    own = scheme.conventions[weights]
    return Measure(
        n=sum(unit.n for unit in counted),
        weights=weights,
        elements=elements,
        exact=exact,
        index=chosen.index,
        grade=chosen.grade,
        alternatives={name: other for name, (_, other) in outcomes.items()},
        grade_depends_on_weights=any(other.grade != chosen.grade for _, other in outcomes.values()),
        interval=around(exact, own, scheme.scale, spread),
        spread=spread,
        length=length_of(own, scheme.scale),
    )


def _mean(units: Sequence[Measure], scheme: Scheme) -> tuple[Fraction, Alternative]:
    exact = mean_of_units(unit.exact for unit in units) or Fraction(0)
    index = round_half_up(exact, 2)
    return exact, Alternative(index, grade(index) if scheme.graded else None)


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


def weighed_spread(shares: Sequence[Fraction], groups: Sequence[tuple[int, Spread | None]]) -> Spread | None:
    """The spread of a sum of share x index over groups that were asked apart, each with its number of respondents.

    A group without a spread of its own, with one respondent or one day, borrows that of the others: the variance of a
    respondent, or that of a day where this is more. Degrees of freedom by Satterthwaite (1946). None where no group has
    a spread.
    """
    weighed = [(float(share**2), n, spread) for share, (n, spread) in zip(shares, groups, strict=True)]
    known = [(n, spread) for _, n, spread in weighed if spread]
    if not known:
        return None
    freedom = fsum(spread.freedom for _, spread in known)
    own = [square for square, _, spread in weighed if spread]
    lacking = [(square, n) for square, n, spread in weighed if not spread]
    times = [some + more for some, more in zip(own, _borrowed(known, lacking, freedom), strict=True)]
    terms = [x * spread.variance for x, (_, spread) in zip(times, known, strict=True)]
    total = fsum(terms)
    below = fsum(term**2 / spread.freedom for term, (_, spread) in zip(terms, known, strict=True))
    dated = all(spread.days is not None for _, spread in known)
    return Spread(
        size=1 / fsum(square / n for square, n, _ in weighed),
        by_answers=fsum(x * spread.by_answers for x, (_, spread) in zip(times, known, strict=True)),
        by_days=total if dated else None,
        days=sum(spread.days or 0 for _, spread in known) + len(lacking) if dated else None,
        freedom=total**2 / below if below else freedom,
        fewest=fsum(spread.fewest for _, spread in known) + len(lacking),
    )


def _borrowed(
    known: Sequence[tuple[int, Spread]], lacking: Sequence[tuple[float, int]], freedom: float
) -> list[float]:
    """How many times the variance of each group stands for that of groups without one."""
    by_respondent = [spread.freedom * n / freedom for n, spread in known]
    by_day = [spread.freedom * (spread.days or 0) / freedom for _, spread in known]
    a_respondent, a_day = (
        fsum(part * spread.variance for part, (_, spread) in zip(parts, known, strict=True))
        for parts in (by_respondent, by_day)
    )
    borrowed = [0.0] * len(known)
    for square, n in lacking:
        parts, share = (by_respondent, n) if a_respondent / n >= a_day else (by_day, 1)
        borrowed = [so_far + square * part / share for so_far, part in zip(borrowed, parts, strict=True)]
    return borrowed
