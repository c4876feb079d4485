"""Which elements decide how people judge the service as a whole: relative weights (Johnson 2000).

They share out what all elements together explain of the answer to the tenth question. Elements go together, so that no
regression weight says it; Johnson's weights stand close to the mean over all orders of entry (LMG) at a fraction of the
work. Answers are taken from the mean of their unit: that a unit is better in everything makes no element decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skm.ikm.scheme import Scheme
from skm.ikm.student import student_t
from skm.ikm.tally import UNANSWERED, ZERO

RESPONDENTS_ENOUGH = 300  # who answered all: with fewer nothing is said
DAYS_ENOUGH = 10  # and on how many days
DRAWS = 1000
GROUPS = 250  # of days, where there are more: then whole days are drawn together
SEED = 10_2017
SMALL = 1e-9  # of a variance: within rounding of zero

Keys = NDArray[np.integer]
Numbers = NDArray[np.float64]
Values = NDArray[np.float32]


@dataclass(frozen=True)
class Rated:
    """Answers to a questionnaire that asks for the service as a whole in the item at `overall`; `block` has a row each.

    `units` and `days` have a number for each respondent: that of the unit and that of the date; a date is a day of its
    own in each unit. Answers of a unit that stand together are read fastest. `sign` -1 takes the answers off again.
    """

    block: bytes
    scheme: Scheme
    overall: int
    units: Keys
    days: Keys
    sign: int = 1


@dataclass(frozen=True)
class Driver:
    """An element: its share in what all explain together, and the chance that it has the largest."""

    code: str
    share: float
    chance: float


@dataclass(frozen=True)
class Drivers:
    """What `n` respondents say who answered every element and the whole; `explained` is R².

    `elements` is empty where nothing can be said: too few respondents or days, or nobody differs from another. An
    element in which nobody differs is not among them. `clear` says that the largest share differs from every other.
    """

    n: int
    days: int
    explained: float = 0.0
    elements: tuple[Driver, ...] = ()
    clear: bool = False

    @property
    def first(self) -> Driver | None:
        """The element that decides most; None where chance could have made it another one."""
        return max(self.elements, key=lambda one: one.share) if self.clear else None


def drivers(parts: Sequence[Rated]) -> Drivers:
    """The shares of the elements, and by drawing days again and again how sure the largest is.

    All parts measure the same elements. The same answers always give the same chances.
    """
    answers = _Answers.of(parts)
    if answers.n < RESPONDENTS_ENOUGH or answers.days < DAYS_ENOUGH:
        return Drivers(answers.n, answers.days)
    sums = answers.sums()
    spread = _spread(sums.sum(axis=0))
    varies = np.diagonal(spread) > SMALL * answers.n
    if not varies[-1] or not varies[:-1].any():
        return Drivers(answers.n, answers.days)
    some = np.flatnonzero(varies)
    weights = relative_weights(spread[np.ix_(some, some)])
    chances = _chances(sums, some)
    codes = [parts[0].scheme.codes[place] for place in some[:-1]]
    explained = float(weights.sum())
    shares = (weights / explained if explained else weights).tolist()
    elements = tuple(Driver(*each) for each in zip(codes, shares, chances, strict=True))
    return Drivers(answers.n, answers.days, explained, elements, _is_clear(weights, sums, some))


def relative_weights(spread: Numbers) -> Numbers:
    """Johnson's ε of every column but the last, which they explain; their sum is R².

    `spread` are covariances, or any number of such squares. With R the correlations among the elements, Λ = R^½ and
    β = Λ⁻¹r, ε_j = Σ_k λ_jk² β_k². A column without variance has 0.
    """
    sizes = np.sqrt(np.maximum(np.diagonal(spread, axis1=-2, axis2=-1), 0))
    inverse = np.divide(1, sizes, out=np.zeros_like(sizes), where=sizes > 0)
    correlations = spread * inverse[..., :, None] * inverse[..., None, :]
    values, vectors = np.linalg.eigh(correlations[..., :-1, :-1])
    roots = np.sqrt(np.maximum(values, 0))
    inverse = np.divide(1, roots, out=np.zeros_like(roots), where=roots > 1e-5)
    turned = np.swapaxes(vectors, -1, -2)
    loadings = (vectors * roots[..., None, :]) @ turned
    betas = (vectors * inverse[..., None, :]) @ turned @ correlations[..., :-1, -1:]
    return np.asarray(loadings**2 @ betas**2)[..., 0]


def _is_clear(weights: Numbers, sums: Numbers, some: Keys) -> bool:
    """Whether the largest weight is clearly larger than each other one: their differences at 95 %, by days.

    The variance of a difference is that of the jackknife, which leaves out one group of days after another: on average
    it is never too small (Efron and Stein 1981). No level is shared out among the others: a wrong element is named only
    where it is taken for larger than the right one.
    """
    groups = len(sums)
    without = relative_weights(_spread(sums.sum(axis=0) - sums)[:, some[:, None], some])
    first = weights.argmax()
    differences = without[:, [first]] - without
    errors = np.sqrt((groups - 1) * differences.var(axis=0))
    margins = weights[first] - weights - student_t(groups - 1) * errors
    return bool((np.delete(margins, first) > 0).all())


def _chances(sums: Numbers, some: Keys) -> list[float]:
    """For how many of the draws of as many groups of days each element has the largest weight."""
    groups = len(sums)
    drawn = np.random.default_rng(SEED).integers(groups, size=(DRAWS, groups))
    places = drawn + groups * np.arange(DRAWS)[:, None]
    times = np.bincount(places.ravel(), minlength=DRAWS * groups).reshape(DRAWS, groups).astype(float)
    spreads = _spread((times @ sums.reshape(groups, -1)).reshape(DRAWS, *sums.shape[1:]))
    weights = relative_weights(spreads[:, some[:, None], some])
    largest = weights.argmax(axis=1)[weights.max(axis=1) > 0]
    return (np.bincount(largest, minlength=len(some) - 1) / DRAWS).tolist()


def _spread(sums: Numbers) -> Numbers:
    """From sums of products of [1 | values] to the sums of squares and products about the mean."""
    first, rest = sums[..., :1, 1:], sums[..., 1:, 1:]
    return np.asarray(rest - np.swapaxes(first, -1, -2) * first / sums[..., :1, :1])


@dataclass(frozen=True, eq=False)
class _Answers:
    """Those who answered every element and the whole: a row each of [elements | whole]."""

    values: Values
    signs: Values
    unit: Keys
    day: Keys

    @classmethod
    def of(cls, parts: Sequence[Rated]) -> "_Answers":
        read = [(_values(part), part) for part in parts]
        values = np.concatenate([own for own, _ in read])
        signs = np.concatenate([np.full(len(own), part.sign, np.float32) for own, part in read])
        units, days = (np.concatenate(keys) for keys in zip(*((p.units, p.days) for p in parts), strict=True))
        values[:, np.isnan(values).all(axis=0)] = 0  # what nobody answered is left out, not everybody
        whole = ~np.isnan(values.sum(axis=1))
        if not whole.all():
            values, signs, units, days = values[whole], signs[whole], units[whole], days[whole]
        if not len(values):
            return cls(values, signs, units, days)
        unit = _in_stretches(units)
        return cls(values, signs, unit, _numbered(unit * (np.ptp(days) + 1) + days - days.min()))

    @cached_property
    def n(self) -> int:
        """The number of respondents."""
        return int(self.signs.sum(dtype=np.float64))

    @cached_property
    def days(self) -> int:
        """The number of days."""
        return int(np.count_nonzero(np.bincount(self.day, self.signs) > 0)) if len(self.day) else 0

    def sums(self) -> Numbers:
        """Per group of days the sums of the products of [1 | values], each value less the mean of its unit."""
        groups = min(int(self.day.max()) + 1, GROUPS)
        group = (self.day % groups).astype(np.uint8)
        order = np.argsort(group, kind="stable")
        ends = np.cumsum(np.bincount(group, minlength=groups))[:-1]
        values, signs = self._centred()[order], self.signs[order]
        pairs = zip(np.split(values, ends), np.split(signs, ends), strict=True)
        return np.array([_products(*pair) for pair in pairs])

    def _centred(self) -> Values:
        """The values less the mean of the unit."""
        starts = _stretches(self.unit)
        signed = self.values * self.signs[:, None] if (self.signs < 0).any() else self.values
        sums = np.add.reduceat(np.column_stack([self.signs, signed]), starts, axis=0, dtype=np.float64)
        totals = np.zeros((self.unit.max() + 1, sums.shape[1]))
        np.add.at(totals, self.unit[starts], sums)
        means = totals[:, 1:] / np.maximum(totals[:, :1], 1)
        return self.values - means.astype(np.float32)[self.unit]


def _stretches(units: Keys) -> Keys:
    """Where answers of another unit begin."""
    return np.flatnonzero(np.diff(units, prepend=units[:1] - 1))


def _in_stretches(units: Keys) -> Keys:
    """The same with numbers from 0 on."""
    starts = _stretches(units)
    number = np.unique(units[starts], return_inverse=True)[1]
    return np.repeat(number, np.diff(np.append(starts, len(units))))


def _products(values: Values, signs: Values) -> Numbers:
    """The sums of products of [1 | values], each row with its sign."""
    rows = np.column_stack([np.ones(len(values)), values])
    return np.asarray((rows * signs[:, None]).T @ rows)


def _values(part: Rated) -> Values:
    """The value of each element and of the whole, NaN where there is none."""
    rows = np.frombuffer(part.block, np.uint8).reshape(-1, part.scheme.width)
    columns = [*part.scheme.columns, (part.overall,)]
    if all(len(places) == 1 for places in columns):
        chosen = rows[:, [place for (place,) in columns]]
        values = chosen.astype(np.float32) - ZERO
        if UNANSWERED in part.block:
            values[chosen == UNANSWERED] = np.nan
        return values
    return np.column_stack([_element(rows[:, list(places)]) for places in columns])


def _element(items: NDArray[np.uint8]) -> Values:
    """Each respondent's mean of some items; NaN where none was answered."""
    answered = items != UNANSWERED
    number = answered.sum(axis=1, dtype=np.uint8)
    total = ((items - ZERO) * answered).sum(axis=1, dtype=np.uint16)
    return np.divide(total, number, out=np.full(len(items), np.nan, np.float32), where=number > 0)


def _numbered(keys: Keys) -> Keys:
    """The same, none below 0, with numbers that have no gaps."""
    if keys.max() > 4 * len(keys) + (1 << 16):
        return np.unique(keys, return_inverse=True)[1]
    number = np.cumsum(np.bincount(keys) > 0) - 1
    return number[keys]
