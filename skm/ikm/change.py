"""Has the index moved, or could chance alone have moved it?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from skm.ikm.grade import round_half_up
from skm.ikm.index import Measure
from skm.ikm.interval import APART
from skm.ikm.mix import Mix, printed_parts
from skm.ikm.shock import Shock
from skm.ikm.spread import Spread
from skm.ikm.student import LEVEL, student_t, tail

NO_SHOCK = Shock()
Variance = tuple[float, float]  # with its degrees of freedom


@dataclass(frozen=True)
class Change:
    """By how many points the index rose or fell, in parts that add up, and the 95 % interval of the rated part.

    `rated` is what people thought, with the mix of groups fixed; `mixed` what came from the mix, `turnover` from groups
    that came or went. `real` says that the interval leaves out zero: only then it is a rise or a fall. `p` is the
    probability of a rated part at least as far from zero by chance. `real`, `low`, `high` and `p` are None where an
    index has no interval.
    """

    points: Decimal
    real: bool | None
    low: Decimal | None = None
    high: Decimal | None = None
    mixed: Decimal = Decimal(0)
    turnover: Decimal = Decimal(0)
    p: float | None = field(default=None, compare=False)

    @property
    def rated(self) -> Decimal:
        """What people thought: the points without the other two parts."""
        return self.points - self.mixed - self.turnover


def change(
    before: Measure, after: Measure, comparisons: int = 1, mix: Mix | None = None, shock: Shock = NO_SHOCK
) -> Change | None:
    """The step from one index to the next; None where one is missing or their elements differ.

    The two groups of respondents were asked apart, so their variances add up; the degrees of freedom are those of
    Satterthwaite. How many visitors there were does not matter here: what is asked is whether the service changed, not
    whether this year's visitors were happier than last year's, so no variance shrinks by the part that answered. With
    a `mix` the rated part alone is judged; the `shock` of months counts as often as the mix says. Of many
    `comparisons` at once each is judged the more strictly (Bonferroni).
    """
    if before.index is None or after.index is None:
        return None
    if [element.code for element in before.elements] != [element.code for element in after.elements]:
        return None
    spreads = (mix.before, mix.after) if mix else (before.spread, after.spread)
    return _step(after.index - before.index, mix, shock, spreads, (before.length, after.length), comparisons)


def change_of(before: Decimal, after: Decimal, mix: Mix, length: Fraction, shock: Shock = NO_SHOCK) -> Change:
    """The step from one printed value to the next, such as that of an element, with its parts.

    `length` are the points from the lowest value to the highest.
    """
    return _step(after - before, mix, shock, (mix.before, mix.after), (length, length), 1)


def _step(
    points: Decimal,
    mix: Mix | None,
    shock: Shock,
    spreads: tuple[Spread | None, Spread | None],
    lengths: tuple[Fraction, Fraction],
    comparisons: int,
) -> Change:
    mixed = turnover = Decimal(0)
    if mix:
        _, mixed, turnover = printed_parts((mix.rated, mix.mixed, mix.turnover), points)
    known = [(spread, float(length)) for spread, length in zip(spreads, lengths, strict=True) if spread]
    if len(known) < len(spreads):
        return Change(points, None, mixed=mixed, turnover=turnover)
    variances = [_variance(*one) for one in known]
    if mix and shock.variance:
        variances.append((shock.variance * mix.months, shock.freedom))
    rated = points - mixed - turnover
    margin, p = _judged(rated, variances, comparisons)
    return Change(points, abs(rated) > margin, rated - margin, rated + margin, mixed, turnover, p)


def _judged(rated: Decimal, variances: Sequence[Variance], comparisons: int) -> tuple[Decimal, float]:
    """The margin of a difference, and the probability of one as far from zero by chance."""
    total = sum(variance for variance, _ in variances)
    freedom = total**2 / sum(variance**2 / freedom for variance, freedom in variances)
    t = student_t(freedom, 1 - (1 - LEVEL) / comparisons)
    error = sqrt(total)
    return round_half_up(Fraction(t * error), 2), tail(abs(float(rated)) / error, freedom)


def _variance(spread: Spread, length: float) -> Variance:
    """The variance with that of one respondent more, as far apart as `interval.ends` takes them.

    Few may all have agreed. `length` are the points from the lowest index to the highest.
    """
    unseen = (length * APART * spread.design_effect / spread.size) ** 2
    return spread.variance + unseen, spread.freedom
