"""A change in three parts: what people thought, who was asked how much, and which groups came or went.

A pooled index also moves where no group's does: as soon as more answers come from a group that is rated better. So
the groups that are on both sides are compared with the mix between them fixed, and the rest stands beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm.ikm.grade import round_half_up
from skm.ikm.spread import Spread
from skm.ikm.units import weighed_spread

HUNDREDTH = Decimal("0.01")
Two = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Side:
    """A group on one side of a comparison: its respondents, its index, how far chance moves it, its months."""

    n: int
    exact: Fraction
    spread: Spread | None
    months: int = 1


@dataclass(frozen=True)
class Mix:
    """The parts of a change: `rated` with the mix fixed, `mixed` from the mix, `turnover` from groups on one side only.

    They add up to the change of the index. `before` and `after` are the spreads of `rated` on both sides; `months` is
    how many times the variance of a month's shock is in it.
    """

    rated: Fraction
    mixed: Fraction
    turnover: Fraction
    before: Spread | None
    after: Spread | None
    months: float


def fixed_mix(groups: Sequence[tuple[Side, Side]], common: Two, whole: Two, *, equal: bool) -> Mix:
    """The parts of the change from one side to the other, given the groups that are on both.

    Each weighs the mean of its shares of the respondents on both sides, W; or all the same where they are `equal`, as
    in a mean of units. `common` are the indices of these groups together, `whole` those of all groups. With complete
    answers `mixed` is the sum of (p1 - p0) x (x0 + x1) / 2; with gaps also what comes from who left out which question.
    """
    if len(groups) == 1:
        return _of_one(*groups[0], common, whole)
    weights = _weights(groups, equal=equal)
    rated = sum(
        (w * (after.exact - before.exact) for w, (before, after) in zip(weights, groups, strict=True)),
        Fraction(0),
    )
    step = common[1] - common[0]
    spreads = [
        weighed_spread(weights, [(one[side].n, one[side].spread) for one in groups]) for side in (0, 1)
    ]
    return Mix(
        rated=rated,
        mixed=step - rated,
        turnover=whole[1] - whole[0] - step,
        before=spreads[0],
        after=spreads[1],
        months=sum(
            float(w**2) * (1 / before.months + 1 / after.months)
            for w, (before, after) in zip(weights, groups, strict=True)
        ),
    )


def _of_one(before: Side, after: Side, common: Two, whole: Two) -> Mix:
    """One group alone is rated as it is: in a list of hundreds of units the same, sooner."""
    rated, step = after.exact - before.exact, common[1] - common[0]
    months = 1 / before.months + 1 / after.months
    return Mix(rated, step - rated, whole[1] - whole[0] - step, before.spread, after.spread, months)


def printed_parts(parts: Sequence[Fraction], total: Decimal) -> list[Decimal]:
    """Each part with two decimals, so that they add up to a total of two decimals (largest remainder).

    A part of nothing stays 0,00.
    """
    printed = [round_half_up(part, 2) for part in parts]
    off = total - sum(printed, Decimal(0))
    step = HUNDREDTH if off > 0 else -HUNDREDTH
    way = 1 if off > 0 else -1
    places = [place for place, part in enumerate(parts) if part]
    places.sort(key=lambda place: way * (parts[place] - Fraction(printed[place])), reverse=True)
    for number in range(int(abs(off) / HUNDREDTH)):
        printed[places[number % len(places)]] += step
    return printed


def _weights(groups: Sequence[tuple[Side, Side]], *, equal: bool) -> list[Fraction]:
    if equal:
        return [Fraction(1, len(groups))] * len(groups)
    before, after = (sum(one[side].n for one in groups) for side in (0, 1))
    return [(Fraction(one[0].n, before) + Fraction(one[1].n, after)) / 2 for one in groups]
