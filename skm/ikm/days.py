"""What the answers of each day add up to: people of one day share a queue, an officer, sometimes a hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.ikm.products import products

EXACT_BITS = 52  # whole numbers of so many bits add up exactly in floating point

Keys = NDArray[np.int64]
Places = NDArray[np.integer]
Sums = NDArray[Any]


@dataclass(frozen=True, eq=False)
class RespondentDays:
    """The day of each of some respondents: its place among `keys`, which are all different."""

    keys: Keys
    places: Places

    @classmethod
    def of(cls, keys: Sequence[int] | Keys) -> "RespondentDays":
        """From a number for each respondent, the same for those of the same day and unit."""
        return cls(*np.unique(np.asarray(keys, np.int64), return_inverse=True))

    @property
    def each(self) -> Keys:
        """The key of each respondent's day."""
        return self.keys[self.places]

    def __getitem__(self, which: NDArray[np.bool_]) -> "RespondentDays":
        """Those of some of the respondents."""
        return RespondentDays(self.keys, self.places[which])


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some days, each once, with the number of its respondents; there may be days that have none.

    `sums` has a line for the scores of each item, then for the answers to each, and a column per day.
    """

    keys: Keys
    numbers: NDArray[np.int64]
    sums: Sums

    @cached_property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest key."""
        return int(self.keys.min()), int(self.keys.max())

    @cached_property
    def moments(self) -> NDArray[np.int64]:
        """The sums over days of the products of the sums."""
        return products(self.sums)


@dataclass(frozen=True, eq=False)
class Days:
    """The sums of each day of a unit, by a key that no other day of any unit has.

    Those of other answers are added, or taken away; a day that both have is one day.
    """

    chunks: tuple[Chunk, ...]

    @classmethod
    def joined(cls, parts: "Sequence[Days]") -> "Days":
        """Those of several groups of respondents together."""
        chunks = [chunk for part in parts for chunk in part.chunks]
        if any(chunk.keys is not chunks[0].keys for chunk in chunks):
            return cls(tuple(chunks))
        numbers, sums = (
            reduce(add, values) for values in zip(*((c.numbers, c.sums) for c in chunks), strict=True)
        )
        return cls((Chunk(chunks[0].keys, numbers, sums),))

    def __add__(self, other: "Days") -> "Days":
        return self.joined([self, other])

    def __sub__(self, other: "Days") -> "Days":
        if len(self.chunks) == len(other.chunks) == 1 and self.chunks[0].keys is other.chunks[0].keys:
            some, less = self.chunks[0], other.chunks[0]
            return Days((Chunk(some.keys, some.numbers - less.numbers, some.sums - less.sums),))
        taken = [Chunk(c.keys, -c.numbers, -c.sums.astype(np.int64)) for c in other.chunks]
        return Days((_merged([*self.chunks, *taken]),))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Days):
            return NotImplemented
        some, others = _merged(self.chunks), _merged(other.chunks)
        pairs = ((some.keys, others.keys), (some.numbers, others.numbers), (some.sums, others.sums))
        return all(np.array_equal(*pair) for pair in pairs)

    __hash__ = None  # type: ignore[assignment]

    @property
    def number(self) -> int:
        """How many days have answers."""
        return sum(int(np.count_nonzero(chunk.numbers)) for chunk in self._apart)

    @property
    def moments(self) -> tuple[tuple[int, ...], ...]:
        """The sums over days of the products of [scores | answered], as a tally has them over respondents."""
        total = sum(chunk.moments for chunk in self._apart)
        return tuple(tuple(row) for row in np.asarray(total).tolist())

    @cached_property
    def _apart(self) -> Sequence[Chunk]:
        """The same in chunks that have no day in common: those whose keys overlap are merged."""
        found: list[list[Chunk]] = []
        last = None
        for chunk in sorted((c for c in self.chunks if len(c.keys)), key=lambda chunk: chunk.ends):
            first, end = chunk.ends
            if last is None or first > last:
                found.append([])
            found[-1].append(chunk)
            last = end if last is None else max(end, last)
        return [some[0] if len(some) == 1 else _merged(some) for some in found] or list(self.chunks[:1])


def days_of(days: RespondentDays, columns: NDArray[np.uint8]) -> Days:
    """The sums of each day; `columns` has a line for the scores of each item, then for whether it was answered."""
    numbers = np.bincount(days.places, minlength=len(days.keys))
    some = np.flatnonzero(numbers)
    sums = _day_sums(days.places, columns, numbers)[:, some]
    return Days((Chunk(days.keys[some], numbers[some], sums),))


def side_by_side(parts: Sequence[Days]) -> Days:
    """The days of several questionnaires: the sums of each in lines of their own, below those of the one before."""
    if len(parts) == 1:
        return parts[0]
    widths = [len(part.chunks[0].sums) for part in parts]
    chunks = []
    for place, part in enumerate(parts):
        above, below = sum(widths[:place]), sum(widths[place + 1 :])
        for chunk in part.chunks:
            chunks.append(Chunk(chunk.keys, chunk.numbers, np.pad(chunk.sums, ((above, below), (0, 0)))))
    return Days(tuple(chunks))


def _merged(chunks: Sequence[Chunk]) -> Chunk:
    """All in one chunk, without days that have nobody left."""
    keys, places = np.unique(np.concatenate([chunk.keys for chunk in chunks]), return_inverse=True)
    lines = np.concatenate([np.vstack([chunk.numbers, chunk.sums]) for chunk in chunks], axis=1)
    numbers, *sums = (np.bincount(places, line, len(keys)).astype(np.int64) for line in lines)
    some = numbers != 0
    return Chunk(keys[some], numbers[some], np.array(sums)[:, some])


def _day_sums(places: Places, columns: NDArray[np.uint8], numbers: NDArray[np.int64]) -> Sums:
    """The sum of each line over the respondents of each place, of whom there are so many.

    As many lines as fit are added up in one floating-point number, each with room for the largest sum.
    """
    kind = np.min_scalar_type(int(numbers.max(initial=0)) * int(columns.max(initial=0))).newbyteorder("<")
    bits = 8 * kind.itemsize
    together = max(EXACT_BITS // bits, 1)
    sums = np.empty((len(columns), len(numbers)), kind)
    for start in range(0, len(columns), together):
        *others, last = columns[start : start + together]
        packed = last.astype(np.float64)
        for line in reversed(others):
            packed *= 1 << bits
            packed += line
        total = np.bincount(places, packed, len(numbers)).astype("<i8")
        lines = total.view(kind).reshape(-1, 8 // kind.itemsize).T[: len(others) + 1]
        sums[start : start + len(lines)] = lines
    return sums
