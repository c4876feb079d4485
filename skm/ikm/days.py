"""What the answers of each day add up to: people of one day share a queue, an officer, sometimes a hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skm.ikm.products import products

Keys = NDArray[np.int64]
Sums = NDArray[np.generic]


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some days in the order of their keys, each once.

    `sums` has a row per day: the number of respondents, then the sums of [scores | answered], an item a column.
    """

    keys: Keys
    sums: Sums

    @cached_property
    def moments(self) -> NDArray[np.int64]:
        """The sums over days of the products of the sums, without the number of respondents."""
        return products(self.sums[:, 1:].T)


@dataclass(frozen=True, eq=False)
class Days:
    """The sums of each day of a unit, by a key that no other day of any unit has.

    Those of other answers are added, or taken away; a day that both have is one day.
    """

    chunks: tuple[Chunk, ...]

    def __add__(self, other: "Days") -> "Days":
        return Days(self.chunks + other.chunks)

    def __sub__(self, other: "Days") -> "Days":
        taken = [Chunk(chunk.keys, -chunk.sums.astype(np.int64)) for chunk in other.chunks]
        return Days((_merged([*self.chunks, *taken]),))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Days):
            return NotImplemented
        some, others = _merged(self.chunks), _merged(other.chunks)
        return np.array_equal(some.keys, others.keys) and np.array_equal(some.sums, others.sums)

    __hash__ = None  # type: ignore[assignment]

    @property
    def number(self) -> int:
        """How many days have answers."""
        return sum(len(chunk.keys) for chunk in self._apart)

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
        for chunk in sorted((c for c in self.chunks if len(c.keys)), key=lambda chunk: int(chunk.keys[0])):
            if last is None or chunk.keys[0] > last:
                found.append([])
            found[-1].append(chunk)
            last = max(chunk.keys[-1], last) if last is not None else chunk.keys[-1]
        return [some[0] if len(some) == 1 else _merged(some) for some in found] or list(self.chunks[:1])


def days_of(keys: Keys, scores: NDArray[np.uint8], answered: NDArray[np.bool_]) -> Days:
    """The sums of each day; `keys` has that of each respondent, a row of `scores` and of `answered`."""
    sums = np.concatenate([np.ones((len(keys), 1), np.uint8), scores, answered.astype(np.uint8)], axis=1)
    return Days((_gathered(keys, sums),))


def side_by_side(parts: Sequence[Days]) -> Days:
    """The days of several questionnaires: the sums of each stand in columns of their own, the next to the right."""
    if len(parts) == 1:
        return parts[0]
    widths = [part.chunks[0].sums.shape[1] - 1 for part in parts]
    chunks = []
    for place, part in enumerate(parts):
        left, right = sum(widths[:place]), sum(widths[place + 1 :])
        for chunk in part.chunks:
            wide = np.pad(chunk.sums[:, 1:], ((0, 0), (left, right)))
            chunks.append(Chunk(chunk.keys, np.concatenate([chunk.sums[:, :1], wide], axis=1)))
    return Days(tuple(chunks))


def _merged(chunks: Sequence[Chunk]) -> Chunk:
    """All in one chunk, without days that have nobody left."""
    keys = np.concatenate([chunk.keys for chunk in chunks])
    found = _gathered(keys, np.concatenate([chunk.sums.astype(np.int64) for chunk in chunks]))
    some = found.sums[:, 0] != 0
    return found if some.all() else Chunk(found.keys[some], found.sums[some])


def _gathered(keys: Keys, sums: Sums) -> Chunk:
    """The rows with the same key added up, in the order of keys."""
    order = np.argsort(keys)
    keys = keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=keys[:1] - 1))
    sizes = np.diff(np.append(starts, len(keys)))
    largest = int(np.abs(sums).max(initial=0)) * int(sizes.max(initial=0))
    kind = np.dtype(np.int64) if sums.dtype.kind == "i" else np.min_scalar_type(largest)
    # Several columns are added in one whole number of 64 bits. As each day's sums fit, none reaches into the next, and
    # differences of running sums are right however often these overflow.
    columns = sums.shape[1]
    packed = np.zeros((len(keys), -(-columns * kind.itemsize // 8) * 8 // kind.itemsize), kind)
    packed[:, :columns] = sums
    running = np.cumsum(packed.view(np.uint64)[order], axis=0)[starts + sizes - 1]
    running[1:] -= running[:-1].copy()
    return Chunk(keys[starts], running.view(kind)[:, :columns])
