"""The index (IKM): NRR of each element, times its weight, times 25; rounded once, then graded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import lcm

from skm.ikm.grade import grade, round_ratio
from skm.ikm.interval import Interval, interval
from skm.ikm.nrr import Part, Ratio, all_pooled
from skm.ikm.printed import PRINTED, printed_index, printed_weight
from skm.ikm.scheme import EXACT, LENGTH, Factors, Scheme, Weights, factors_of, length_of
from skm.ikm.spread import Spread, spread_of


@dataclass(frozen=True)
class ElementFigure:
    """One element: its answers, their sum, their mean (NRR, 1 to scale), and that out of 100, graded."""

    code: str
    n: int
    total: int
    nrr: Fraction | None
    value: Decimal | None
    grade: str | None


@dataclass(frozen=True)
class Alternative:
    """The same answers under another convention for the weights."""

    index: Decimal | None
    grade: str | None


@dataclass(frozen=True)
class Measure:
    """The index of `n` respondents.

    `exact` and `index` are None while an element has no answers; `grade` also where the scheme has none. `spread` is
    None where it cannot be said, and in figures that were read back. `length` are the points from the lowest index to
    the highest: 75 on a scale of 4.
    """

    n: int
    weights: str
    elements: tuple[ElementFigure, ...]
    exact: Fraction | None
    index: Decimal | None
    grade: str | None
    alternatives: dict[str, Alternative]
    grade_depends_on_weights: bool
    interval: Interval | None
    spread: Spread | None = field(default=None, compare=False)
    length: Fraction = field(default=LENGTH, compare=False)


def measure(parts: Sequence[Part], weights: str = EXACT, population: int | None = None) -> Measure:
    """All figures of the index; several parts (tally and scheme) are pooled over respondents.

    `weights` names one of the scheme's conventions, or of PRINTED where the elements weigh the same; then the interval
    is that of the index without the roundings on the way. `population` is the number of visitors, where known.
    Raises ValueError for another name, and for parts that differ in elements, weights or scale.
    """
    scheme = _shared(parts)
    chosen = _choose(scheme, weights)
    ratios = all_pooled(parts)
    plain = _weighted(ratios, scheme.factors.get(weights) or factors_of(chosen, scheme.scale))
    ratio = _printed(ratios, weights, scheme.scale) if weights in PRINTED and plain else plain
    outcome = _outcome(ratio, scheme)
    others = {
        name: _outcome(_weighted(ratios, factors), scheme)
        for name, factors in scheme.factors.items()
        if name != weights
    }
    exact = Fraction(*ratio) if ratio else None
    spread = spread_of(parts, chosen) if plain else None
    return Measure(
        n=sum(tally.n for tally, _ in parts),
        weights=weights,
        elements=tuple(_figure(parts, element, ratio) for element, ratio in enumerate(ratios)),
        exact=exact,
        index=outcome.index,
        grade=outcome.grade,
        alternatives=others,
        grade_depends_on_weights=any(other.grade != outcome.grade for other in others.values()),
        interval=interval(parts, Fraction(*plain), chosen, spread, population) if plain else None,
        spread=spread,
        length=length_of(chosen, scheme.scale),
    )


def index_values(groups: Iterable[Sequence[Part]], weights: str = EXACT) -> list[Fraction | None]:
    """The exact index of each of many groups of parts: `measure(parts, weights).exact`, without the rest.

    All parts measure the same elements in the same way; an empty group has None.
    """
    return [_value(parts, weights) if parts else None for parts in groups]


def mean_of_units(values: Iterable[Fraction | Decimal | None]) -> Fraction | None:
    """The mean of units' indices, each weighing the same; a unit without a value is left out, never a 0.

    The other rule, pooling, is `measure` of the units' tallies added up. They differ: say which one was used.
    """
    answered = [Fraction(value) for value in values if value is not None]
    return sum(answered, Fraction(0)) / len(answered) if answered else None


def _value(parts: Sequence[Part], weights: str) -> Fraction | None:
    _, scheme = parts[0]
    ratio = _weighted(all_pooled(parts), scheme.factors[weights])
    return Fraction(*ratio) if ratio else None


def _weighted(means: Sequence[Ratio], factors: Factors) -> Ratio | None:
    """Σ factor x mean over one common denominator; None as soon as one element has no answers."""
    common = lcm(*[answers for _, answers in means])
    if not common:
        return None
    wholes, divisor = factors
    total = 0
    for whole, (score, answers) in zip(wholes, means, strict=True):
        total += whole * score * (common // answers)
    return total, common * divisor


def _printed(means: Sequence[Ratio], name: str, scale: int) -> Ratio:
    return printed_index([Fraction(*mean) for mean in means], name, scale).as_integer_ratio()


def _outcome(ratio: Ratio | None, scheme: Scheme) -> Alternative:
    index = round_ratio(*ratio, 2) if ratio else None
    return Alternative(index, _grade(index, scheme))


def _grade(value: Decimal | None, scheme: Scheme) -> str | None:
    return None if value is None or not scheme.graded else grade(value)


def _figure(parts: Sequence[Part], element: int, ratio: Ratio) -> ElementFigure:
    answers = [(tally, i) for tally, scheme in parts for i in scheme.columns[element]]
    n = sum(tally.answered[i] for tally, i in answers)
    total = sum(tally.totals[i] for tally, i in answers)
    _, scheme = parts[0]
    if not n:
        return ElementFigure(scheme.codes[element], n, total, None, None, None)
    above, below = ratio
    value = round_ratio(100 * above, scheme.scale * below, 2)
    return ElementFigure(scheme.codes[element], n, total, Fraction(*ratio), value, _grade(value, scheme))


def _shared(parts: Sequence[Part]) -> Scheme:
    schemes = [scheme for _, scheme in parts]
    if len({(scheme.codes, scheme.weights, scheme.scale, scheme.graded) for scheme in schemes}) != 1:
        raise ValueError("an index needs parts that measure the same elements in the same way")
    return schemes[0]


def _choose(scheme: Scheme, weights: str) -> Weights:
    if weights in scheme.conventions:
        return scheme.conventions[weights]
    if weights in PRINTED and not scheme.has_own_weights:
        return (printed_weight(len(scheme.codes), weights),) * len(scheme.codes)
    raise ValueError(f"weights {weights!r} are none of {', '.join(scheme.offered)}")
