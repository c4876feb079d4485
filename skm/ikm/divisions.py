"""Full tallies of groups of respondents who are divided in several ways at once, such as by sex and by age.

To tally every group by itself would read its respondents again for every way of dividing them. Here they are sorted
once into cells of those who are in the same groups, and what the cells come to is added up for each way. The sums of
days are counted in the same manner, for a few ways at a time: there are many days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.ikm.days import EXACT_BITS, Chunk, Days, RespondentDays
from skm.ikm.products import EXACT_32
from skm.ikm.tally import UNANSWERED, ZERO, Bytes, Tally, check

AT_ONCE = 1 << 18  # respondents: what is worked out of so few lies near the processor
FEWEST = 512  # respondents for each cell; fewer would cost more than they save
FEWEST_OF_DAY = 4  # respondents for each cell of a day
MOST_CELLS = 1 << 12
BLOCK = 64  # respondents; as many as there are bits in the number that counts them

Places = NDArray[np.intp]
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Some = slice | Places  # of the respondents


@dataclass(frozen=True, eq=False)
class Division:
    """The group of each respondent, one of `number`; `number` itself for those in none."""

    groups: NDArray[np.unsignedinteger]
    number: int

    @cached_property
    def every(self) -> int:
        """How many groups there are; those who are in none are the last one."""
        return self.number + bool((self.groups == self.number).any())


def tally_divisions(
    items: Bytes, scale: int, days: RespondentDays, divisions: Sequence[Division]
) -> list[dict[int, Tally]]:
    """The full tally of each group that has respondents, for each way of dividing them, as `tally` makes it.

    `items` has a line for each item and a column for each respondent. All tallies have the same days, some perhaps
    without respondents, so that one is quickly taken from another. Raises ValueError for a byte outside the scale.
    """
    width, respondents = items.shape
    together = _together(divisions, min(respondents // FEWEST, MOST_CELLS))
    cells = [_Cells(some, width, scale) for some in together]
    together = _together(divisions, respondents // max(FEWEST_OF_DAY * len(days.keys), 1))
    by_day = _DaySums(list(together), days, width, scale)
    counted: list[_Cells | _DaySums] = [*cells, by_day]
    scores = _scores(items, scale)
    gaps = np.flatnonzero(scores.min(axis=0) == 0)
    at_once = min(AT_ONCE, EXACT_32 // scale**2)
    for start in range(0, respondents, at_once):
        part = slice(start, start + at_once)
        for one in counted:
            one.add(scores[:, part], part)
    for start in range(0, len(gaps), at_once):
        few = gaps[start : start + at_once]
        for one in counted:
            one.add_gaps(scores[:, few], few)
    sums = [each for one in cells for each in one.by_division()]
    return [
        _tallies(division.number, *its, days.keys, own)
        for division, its, own in zip(divisions, sums, by_day.by_division(), strict=True)
    ]


def _scores(items: Bytes, scale: int) -> Bytes:
    """The scores, 0 where there is none."""
    answered = items != UNANSWERED
    scores = items - np.uint8(ZERO)
    scores *= answered
    if scores.max(initial=0) > scale or np.count_nonzero(scores) != np.count_nonzero(answered):
        check(items.T.tobytes(), len(items), scale)
    return scores


def _together(divisions: Sequence[Division], most: int) -> Iterator["_Combined"]:
    """Divisions whose groups have at most so many combinations, or one of more alone."""
    some: list[Division] = []
    for one in divisions:
        if some and prod(each.every for each in (*some, one)) > most:
            yield _Combined(some)
            some = []
        some.append(one)
    if some:
        yield _Combined(some)


def _tallies(
    number: int, counts: Numbers, moments: Numbers, keys: Numbers, sums: NDArray[Any]
) -> dict[int, Tally]:
    """The tally of each group that has respondents."""
    return {
        group: Tally(
            n=n,
            answered=tuple(counts[group, :, 1:].sum(axis=1).tolist()),
            totals=tuple((counts[group] @ np.arange(counts.shape[2])).tolist()),
            counts=tuple(map(tuple, counts[group].tolist())),
            moments=tuple(map(tuple, moments[group].tolist())),
            days=Days((Chunk(keys, sums[group, 0].astype(np.int64), sums[group, 1:]),)),
        )
        for group, n in enumerate(counts[:number, 0].sum(axis=1).tolist())
        if n
    }


class _Combined:
    """Some divisions together: a cell for each combination of their groups."""

    def __init__(self, divisions: Sequence[Division]) -> None:
        self._divisions = divisions
        self._shape = [one.every for one in divisions]
        self.number = prod(self._shape)

    def cells(self, some: Some) -> NDArray[np.unsignedinteger]:
        """The cell of each of some respondents."""
        first, *others = self._divisions
        cells = first.groups[some].astype(np.min_scalar_type(self.number))
        for one in others:
            cells *= cells.dtype.type(one.every)
            cells += one.groups[some]
        return cells

    def by_division(self, sums: NDArray[Any]) -> Iterator[NDArray[Any]]:
        """For each division the sums of its groups, from those of cells, which are lines of an array."""
        each = sums.reshape(*self._shape, *sums.shape[1:])
        axes = range(len(self._shape))
        return (each.sum(axis=tuple(other for other in axes if other != own)) for own in axes)


class _Cells:
    """What the respondents of each cell add up to."""

    def __init__(self, combined: _Combined, width: int, scale: int) -> None:
        self._combined, self._width, self._scale = combined, width, scale
        self._numbers = np.zeros(combined.number, np.int64)
        self._counts = np.zeros((combined.number, width, scale), np.int64)
        self._products = np.zeros((combined.number, width, width), np.int64)
        self._gaps = np.zeros((combined.number, width, 2 * width), np.int64)

    def add(self, scores: Bytes, some: Some) -> None:
        """Adds some respondents as if they had answered everything."""
        blocks = _Blocks(scores, self._combined.cells(some))
        self._numbers[blocks.cells] += blocks.sizes
        self._counts[blocks.cells] += blocks.counts(self._scale)
        self._products[blocks.cells] += blocks.products(self._width)

    def add_gaps(self, scores: Bytes, some: Some) -> None:
        """Says that some of them left something unanswered."""
        blocks = _Blocks(np.vstack([scores, scores == 0]), self._combined.cells(some))
        self._gaps[blocks.cells] += blocks.products(self._width)

    def by_division(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Counts and moments of the groups of each division, as a tally has them."""
        sums = (self._numbers, self._counts, self._products, self._gaps)
        for numbers, counts, products, gaps in zip(*map(self._combined.by_division, sums), strict=True):
            unanswered = numbers[:, None] - counts.sum(axis=2)
            totals = counts @ np.arange(1, self._scale + 1)
            scored = totals[:, None, :] - gaps[:, :, : self._width]
            answered = numbers[:, None, None] - unanswered[:, :, None] - unanswered[:, None, :]
            answered += gaps[:, :, self._width :]
            moments = np.block([[products, scored.transpose(0, 2, 1)], [scored, answered]])
            yield np.concatenate([unanswered[:, :, None], counts], axis=2), moments


class _Blocks:
    """Respondents sorted into cells, in blocks of one cell each; the last one of a cell is filled up with zeros.

    `cells` are those that have respondents, `sizes` how many; `lines` say one thing each of the respondents.
    """

    def __init__(self, lines: Bytes, cells: NDArray[np.unsignedinteger]) -> None:
        sizes = np.bincount(cells)
        self.cells = np.flatnonzero(sizes)
        self.sizes = sizes[self.cells]
        ends = np.cumsum(-(-self.sizes // BLOCK))
        self._starts = np.append(0, ends[:-1])
        further = BLOCK * self._starts - (np.cumsum(self.sizes) - self.sizes)
        places = np.arange(len(cells)) + np.repeat(further, self.sizes)
        order = np.zeros(BLOCK * ends[-1], np.intp)
        order[places] = np.argsort(cells, kind="stable")
        filled = np.zeros(len(order), np.uint8)
        filled[places] = 1
        self._lines = np.empty((len(lines), len(order)), np.uint8)
        for line, own in zip(lines, self._lines, strict=True):
            np.take(line, order, out=own)
            own *= filled

    def counts(self, scale: int) -> Numbers:
        """How often each score stands in each line, by cell."""
        scores = range(1, scale + 1)
        bits = [np.packbits(line == score).view(np.uint64) for line in self._lines for score in scores]
        counts = np.add.reduceat(np.bitwise_count(bits), self._starts, axis=1, dtype=np.int64)
        return counts.T.reshape(-1, len(self._lines), scale)

    def products(self, last: int) -> Numbers:
        """The sums of the products of the last lines with all, by cell; so few are exact in float32."""
        numbers = self._lines.astype(np.float32).reshape(len(self._lines), -1, BLOCK).transpose(1, 0, 2)
        products = numbers[:, -last:] @ numbers.transpose(0, 2, 1)
        return np.add.reduceat(products, self._starts).astype(np.int64)


class _Packing:
    """Lines of small numbers, as many in one floating-point number as have room for the largest sum of a day."""

    def __init__(self, days: RespondentDays, scale: int) -> None:
        largest = int(np.bincount(days.places).max(initial=0)) * scale
        self.kind = np.int32 if largest < np.iinfo(np.int32).max else np.int64
        self._bits = max(largest.bit_length(), 1)
        self._at_once = max(EXACT_BITS // self._bits, 1)

    def packed(self, lines: Sequence[NDArray[Any]]) -> list[Floats]:
        """The lines together."""
        starts = range(0, len(lines), self._at_once)
        return [self._pack(lines[start : start + self._at_once]) for start in starts]

    def unpack(self, totals: Sequence[Floats], lines: NDArray[Any]) -> None:
        """Writes into `lines`, by group, line and day, what each adds up to; `totals` are by group and day."""
        for start, total in enumerate(totals):
            left = total.astype(np.int64)
            for line in range(start * self._at_once, min((start + 1) * self._at_once, lines.shape[1])):
                lines[:, line] = left & ((1 << self._bits) - 1)
                left >>= self._bits

    def _pack(self, lines: Sequence[NDArray[Any]]) -> Floats:
        packed = np.zeros(len(lines[0]))
        for line in reversed(lines):
            packed *= 1 << self._bits
            packed += line
        return packed


class _DaySums:
    """What the respondents of each day and cell add up to."""

    def __init__(self, together: Sequence[_Combined], days: RespondentDays, width: int, scale: int) -> None:
        self._together, self._days, self._width = together, days, width
        self._packing = _Packing(days, scale)
        self._scores, self._unanswered = (
            [
                [np.zeros((some.number, len(days.keys))) for _ in self._packing.packed(lines)]
                for some in together
            ]
            for lines in ([np.zeros(0)] * (1 + width), [np.zeros(0)] * width)
        )

    def add(self, scores: Bytes, some: Some) -> None:
        """Adds some respondents as if they had answered everything."""
        self._add(self._scores, [np.ones(scores.shape[1], np.uint8), *scores], some)

    def add_gaps(self, scores: Bytes, some: Some) -> None:
        """Says that some of them left something unanswered."""
        self._add(self._unanswered, scores == 0, some)

    def by_division(self) -> Iterator[NDArray[Any]]:
        """For each division the sums of its groups: their respondents, the scores of each item, the answers to each."""
        for combined, *both in zip(self._together, self._scores, self._unanswered, strict=True):
            scores, gaps = (zip(*map(combined.by_division, totals), strict=True) for totals in both)
            for all_scores, unanswered in zip(scores, gaps, strict=True):
                groups, days = all_scores[0].shape
                sums = np.empty((groups, 1 + 2 * self._width, days), self._packing.kind)
                answered = sums[:, 1 + self._width :]
                self._packing.unpack(all_scores, sums[:, : 1 + self._width])
                self._packing.unpack(unanswered, answered)
                np.subtract(sums[:, :1], answered, out=answered)
                yield sums

    def _add(self, totals: Sequence[Sequence[Floats]], lines: Sequence[NDArray[Any]], some: Some) -> None:
        packed = self._packing.packed(lines)
        days = self._days.places[some].astype(np.intp)
        first, last = int(days.min()), int(days.max()) + 1
        for combined, own in zip(self._together, totals, strict=True):
            places = combined.cells(some).astype(np.intp)
            places *= last - first
            places += days - first
            for total, each in zip(own, packed, strict=True):
                sums = np.bincount(places, each, combined.number * (last - first))
                total[:, first:last] += sums.reshape(combined.number, -1)
