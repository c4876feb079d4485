"""How far the index would move if chance had brought other people, or other days.

A respondent's influence on the index is linear in their scores and in which items they answered, so the sum of its
squares follows from a tally's moments alone; how one person's answers go together is counted in. The influence of a
day is the sum of those of its respondents, and its squares follow from the moments of days in the same way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, lcm
from operator import mul

from skm.ikm.days import side_by_side
from skm.ikm.nrr import Part, Ratio, mean, pooled, respondents
from skm.ikm.scheme import Scheme, Weights
from skm.ikm.tally import Tally

Vector = Sequence[int]  # in whole numbers over one denominator: sums of these are exact, and rounded once


@dataclass(frozen=True)
class Spread:
    """The variance of an index in points squared, and how much is known of it.

    `by_answers` takes each respondent as drawn by themself, `by_days` each of `days`; None where days are not known.
    `size` is the number of respondents, of a mean of units that of one sample as good; `freedom` are the degrees of
    freedom; `fewest` the answers to the item that has the fewest.
    """

    size: float
    by_answers: float
    by_days: float | None
    days: int | None
    freedom: float
    fewest: float

    @property
    def variance(self) -> float:
        """The larger of both: people of one day may be more alike than others, and never count as less so."""
        return max(self.by_answers, self.by_days or 0)

    @property
    def design_effect(self) -> float:
        """How many respondents tell as much as one who was drawn by themself (efek rancangan)."""
        return self.variance / self.by_answers if self.by_answers else 1.0


@dataclass(frozen=True)
class _Item:
    """An item in one of the parts; `answers` are its own there, and those to its element in the other parts."""

    element: int
    part: int
    column: int
    answers: Fraction | int


def spread_of(parts: Sequence[Part], weights: Weights) -> Spread | None:
    """The spread of the index of some parts together.

    None for fewer than two respondents, for brief tallies, where an item has a single answer, and where all answers
    are of one day.
    """
    n = sum(tally.n for tally, _ in parts)
    if n < 2 or any(tally.moments is None for tally, _ in parts):
        return None
    items = list(_items(parts))
    fewest = min(item.answers for item in items)
    vectors = [influence(parts, part, weights) for part in parts]
    by_days, days = _by_days(parts, vectors)
    if fewest < 2 or days == 1:
        return None
    moved = [_Moved(*part, *vector) for part, vector in zip(parts, vectors, strict=True)]
    surplus = [_surplus(moved[item.part], item, n) for item in items]
    squares = [one.all_squares * n / (n - 1) for one in moved]
    freedom = _freedom(moved, items, surplus, n)
    return Spread(
        size=n,
        by_answers=fsum([*squares, *surplus]),
        by_days=by_days,
        days=days,
        freedom=min(freedom, (days or n) - 1),
        fewest=float(fewest),
    )


def _items(parts: Sequence[Part]) -> Iterator[_Item]:
    """All items that anybody answered."""
    for element in range(len(parts[0][1].codes)):
        answered = [respondents(tally, scheme.columns[element]) for tally, scheme in parts]
        for place, (tally, scheme) in enumerate(parts):
            for column in scheme.columns[element]:
                if own := tally.answered[column]:
                    yield _Item(element, place, column, sum(answered) - answered[place] + own)


def influence(parts: Sequence[Part], part: Part, weights: Weights) -> tuple[Vector, int]:
    """What a respondent of this part adds to the index: per score given, then per item answered.

    In whole numbers, and what these are divided by. With m the mean of an item, q that of the element in this part and
    Q in all parts, answering x moves the element by [(x - m) x respondents / answers + (q - Q)] / items, shared by
    everyone's respondents.
    """
    tally, scheme = part
    moves: list[Ratio] = [(0, 1)] * (2 * scheme.width)
    for element, (columns, weight) in enumerate(zip(scheme.columns, weights, strict=True)):
        items = [i for i in columns if tally.answered[i]]
        if not items:
            continue
        factor = 100 * weight.numerator, weight.denominator * scheme.scale * len(items)
        share, apart = _shares(parts, part, element, factor)
        for i in items:
            above, below = share[0], share[1] * tally.answered[i]
            moves[i] = above, below
            moves[scheme.width + i] = (
                apart[0] * below * tally.answered[i] - above * tally.totals[i] * apart[1],
                apart[1] * below * tally.answered[i],
            )
    common = lcm(*(below for _, below in moves))
    return [above * (common // below) for above, below in moves], common


def _shares(parts: Sequence[Part], part: Part, element: int, factor: Ratio) -> tuple[Ratio, Ratio]:
    """The share of this part's respondents in everyone's, and a respondent's in (q - Q); both times a factor."""
    if len(parts) == 1:
        return factor, (0, 1)
    tally, scheme = part
    columns, own = scheme.columns[element], respondents(tally, scheme.columns[element])
    share = Fraction(*factor) / sum(respondents(other, theirs.columns[element]) for other, theirs in parts)
    apart = Fraction(*mean(tally, columns)) - Fraction(*pooled(parts, element))
    return (share * own).as_integer_ratio(), (share * apart).as_integer_ratio()


class _Moved:
    """A part with what each of its respondents adds to the index."""

    def __init__(self, tally: Tally, scheme: Scheme, vector: Vector, common: int) -> None:
        self.scheme, self._moments = scheme, tally.moments or ()
        self._vector, self._common = vector, common

    @property
    def all_squares(self) -> float:
        """The sum over the respondents of their influence squared."""
        return _square(self._vector, self._moments) / self._common**2

    def squares(self, columns: Iterable[int]) -> float:
        """The same so far as it comes from some items."""
        some = [place for i in columns for place in (i, self.scheme.width + i)]
        moments = ([row[j] for j in some] for row in (self._moments[i] for i in some))
        return _square([self._vector[i] for i in some], moments) / self._common**2


def _surplus(moved: _Moved, item: _Item, n: int) -> float:
    """What the variance of an item with a answers grows by with its a / (a - 1) in place of n / (n - 1)."""
    if item.answers == n:
        return 0.0
    a, parts = item.answers.numerator, item.answers.denominator
    more = (n * parts - a) / ((a - parts) * (n - 1))
    return more * moved.squares([item.column])


def _freedom(moved: Sequence[_Moved], items: Sequence[_Item], surplus: Sequence[float], n: int) -> float:
    """The degrees of freedom of a sum of the elements' variances, each known from its own answers (Satterthwaite)."""
    total = below = 0.0
    for element in range(len(moved[0].scheme.codes)):
        own = [(item, more) for item, more in zip(items, surplus, strict=True) if item.element == element]
        squares = fsum(one.squares(one.scheme.columns[element]) for one in moved)
        variance = squares * n / (n - 1) + fsum(more for _, more in own)
        total += variance
        below += variance**2 / (float(min(item.answers for item, _ in own)) - 1)
    return total**2 / below if below else float(min(item.answers for item in items) - 1)


def _by_days(parts: Sequence[Part], vectors: Sequence[tuple[Vector, int]]) -> tuple[float | None, int | None]:
    """The variance by days and their number; None where the days of some respondents are not known."""
    known = [tally.days for tally, _ in parts if tally.days is not None]
    if len(known) < len(parts):
        return None, None
    days = side_by_side(known)
    number = days.number
    if number < 2:
        return None, number
    common = lcm(*(its for _, its in vectors))
    vector = [move * (common // its) for moves, its in vectors for move in moves]
    return _square(vector, days.moments) * number / ((number - 1) * common**2), number


def _square(vector: Vector, moments: Iterable[Sequence[int]]) -> int:
    """The sum over respondents, or days, of the square of what they add, from the moments of these."""
    return _dot(vector, [_dot(vector, row) for row in moments])


def _dot(left: Iterable[int], right: Iterable[int]) -> int:
    return sum(map(mul, left, right))
