"""The elements of an index one by one, each a value with its spread, so that its change can be judged."""

from collections.abc import Sequence
from fractions import Fraction

from skm.ikm.joint import Spaced, joint_of
from skm.ikm.mix import Side
from skm.ikm.nrr import Part, pooled
from skm.ikm.spread import Spread

NOTHING = 1e-9  # points squared: a variance below is what floating point leaves of none


def element_values(parts: Sequence[Part]) -> dict[str, Fraction]:
    """The exact value of each element that has answers, by its code."""
    scheme = parts[0][1]
    means = {code: pooled(parts, place) for place, code in enumerate(scheme.codes)}
    return {code: Fraction(*mean) * Fraction(100, scheme.scale) for code, mean in means.items() if mean[1]}


def element_numbers(parts: Sequence[Part]) -> list[tuple[str, float]]:
    """The same in floating point, several times as fast: for the months of hundreds of units."""
    scheme = parts[0][1]
    means = [(code, pooled(parts, place)) for place, code in enumerate(scheme.codes)]
    return [(code, 100 * total / (answers * scheme.scale)) for code, (total, answers) in means if answers]


def element_sides(parts: Sequence[Part], months: int = 1) -> dict[str, Side]:
    """A group on one side of a comparison, for each element that has answers."""
    n, spreads = sum(tally.n for tally, _ in parts), element_spreads(parts)
    return {code: Side(n, value, spreads[code], months) for code, value in element_values(parts).items()}


def element_spreads(parts: Sequence[Part]) -> dict[str, Spread | None]:
    """The spread of the value of each element by its code; None for one that too few answered, or on one day."""
    joint = joint_of(parts)
    if joint is None:
        return dict.fromkeys(parts[0][1].codes)
    return {
        code: _spread(joint.spaced({code: 1.0}), answers) if answers else None
        for code, answers in zip(joint.codes, joint.answers, strict=True)
    }


def _spread(spaced: Spaced | None, answers: float) -> Spread | None:
    if spaced is None:
        return None
    by_answers, larger = (value if value > NOTHING else 0.0 for value in (spaced.by_answers, spaced.variance))
    by_days = None if spaced.days is None else larger
    return Spread(answers, by_answers, by_days, spaced.days, spaced.freedom, answers)
