"""Full tallies of groups of respondents who are divided in several ways at once, such as by sex and by age.

To tally every group by itself would read its respondents again for every way of dividing them. Here they are sorted
once by the groups that they are in, and what those in the same groups come to is added up for each way. Only the sums
of days are counted for each way.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skm.ikm.days import EXACT_BITS, Chunk, Days, RespondentDays
from skm.ikm.products import EXACT_32, SLICE, products
from skm.ikm.tally import UNANSWERED, ZERO, Bytes, Tally, check

AT_ONCE = (
    1 << 17
)  # respondents: what is worked out of so few lies in memory that is used again, near the processor
FEWEST = 512  # respondents for each combination of groups; fewer would cost more than they save
MOST_COMBINATIONS = (
    1 << 15
)  # with and without gaps they fit into 16 bits, which are sorted several times as fast
MOST_OPTIONS = 256  # combinations of answers to some items that are counted at once

Places = NDArray[np.intp]
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Gaps = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Division:
    """The group of each respondent, one of `number`; `number` itself for those in none."""

    groups: NDArray[np.unsignedinteger]
    number: int


def tally_divisions(
    items: Bytes, scale: int, days: RespondentDays, divisions: Sequence[Division]
) -> list[dict[int, Tally]]:
    """The full tally of each group that has respondents, for each way of dividing them, as `tally` makes it.

    `items` has a line for each item and a column for each respondent. All tallies have the same days, some perhaps
    without respondents, so that one is quickly taken from another. Raises ValueError for a byte outside the scale.
    """
    packing = _Packing(days, scale)
    divided = [_Divided(division, days, len(items), scale, packing) for division in divisions]
    for start in range(0, items.shape[1], AT_ONCE):
        part = slice(start, start + AT_ONCE)
        scores = _scores(items[:, part], scale)
        gaps = ~np.logical_and.reduce(scores != 0)
        packed = packing.packed([np.ones(len(gaps), np.uint8), *scores])
        where = np.flatnonzero(gaps)
        unanswered = packing.packed([line[where] == 0 for line in scores])
        for some in _together(divided, len(gaps)):
            cells = _Cells(scores, gaps, scale, [(one.groups[part], one.every) for one in some])
            for place, one in enumerate(some):
                one.add_cells(cells, place)
                one.add_days(part, packed, unanswered, where)
    return [one.tallies() for one in divided]


def _scores(items: Bytes, scale: int) -> Bytes:
    """The scores, 0 where there is none."""
    answered = items != UNANSWERED
    scores = items - np.uint8(ZERO)
    scores *= answered
    if scores.max(initial=0) > scale or np.count_nonzero(scores) != np.count_nonzero(answered):
        check(items.T.tobytes(), len(items), scale)
    return scores


class _Packing:
    """Lines of small numbers, as many in one floating-point number as have room for the largest sum of a day."""

    def __init__(self, days: RespondentDays, scale: int) -> None:
        self._largest = int(np.bincount(days.places).max(initial=0)) * scale
        self._bits = max(self._largest.bit_length(), 1)
        self._at_once = max(EXACT_BITS // self._bits, 1)

    def packed(self, lines: Sequence[NDArray[Any]]) -> list[Floats]:
        """The lines together."""
        starts = range(0, len(lines), self._at_once)
        return [self._pack(lines[start : start + self._at_once]) for start in starts]

    def unpacked(self, totals: Iterable[Floats], lines: int) -> NDArray[Any]:
        """What each of so many lines adds up to."""
        kind = np.int32 if self._largest < np.iinfo(np.int32).max else np.int64
        sums: list[NDArray[Any]] = []
        for total in totals:
            left = total.astype(np.int64)
            for _ in range(min(self._at_once, lines - len(sums))):
                sums.append((left & ((1 << self._bits) - 1)).astype(kind))
                left >>= self._bits
        return np.array(sums, kind)

    def _pack(self, lines: Sequence[NDArray[Any]]) -> Floats:
        packed = np.zeros(len(lines[0]))
        for line in reversed(lines):
            packed *= 1 << self._bits
            packed += line
        return packed


class _Divided:
    """A division, and what its groups add up to; those who are in none are the last group."""

    def __init__(
        self, division: Division, days: RespondentDays, width: int, scale: int, packing: _Packing
    ) -> None:
        self.groups, self.number = division.groups, division.number
        self.every = division.number + bool((division.groups == division.number).any())
        self._days, self._packing = days, packing
        self._counts = np.zeros((self.every, width, scale + 1))
        self._moments = np.zeros((self.every, 2 * width, 2 * width))
        size = len(days.keys) * self.every
        self._scores = [np.zeros(size) for _ in packing.packed([np.zeros(0)] * (1 + width))]
        self._unanswered = [np.zeros(size) for _ in packing.packed([np.zeros(0)] * width)]

    def add_cells(self, cells: "_Cells", place: int) -> None:
        """Adds cells of respondents who are in the same group; the division has this place among theirs."""
        for group in range(self.every):
            own = cells.groups[place] == group
            self._counts[group] += cells.counts[own].sum(axis=0)
            self._moments[group] += cells.moments[own].sum(axis=0)

    def add_days(
        self, part: slice, packed: Sequence[Floats], unanswered: Sequence[Floats], where: Places
    ) -> None:
        """Adds some respondents to their days; `unanswered` are of those who have gaps, `where` their places."""
        places = self._days.places[part].astype(np.intp) * self.every
        places += self.groups[part]
        _add(self._unanswered, places[where], unanswered)
        _add(self._scores, places, packed)

    def tallies(self) -> dict[int, Tally]:
        """The tally of each group that has respondents."""
        counts, moments = (np.rint(sums).astype(np.int64) for sums in (self._counts, self._moments))
        width, options = counts.shape[1:]
        numbers, *scores = self._by_group(self._scores, 1 + width)
        answered = [numbers - line for line in self._by_group(self._unanswered, width)]
        return {
            group: Tally(
                n=n,
                answered=tuple(counts[group, :, 1:].sum(axis=1).tolist()),
                totals=tuple((counts[group] @ np.arange(options)).tolist()),
                counts=tuple(map(tuple, counts[group].tolist())),
                moments=tuple(map(tuple, moments[group].tolist())),
                days=self._own_days(group, numbers, [*scores, *answered]),
            )
            for group, n in enumerate(counts[: self.number, 0].sum(axis=1).tolist())
            if n
        }

    def _by_group(self, totals: Sequence[Floats], lines: int) -> NDArray[Any]:
        """The sums of lines: of each, by group, of each day."""
        return self._packing.unpacked(totals, lines).reshape(lines, -1, self.every).transpose(0, 2, 1)

    def _own_days(self, group: int, numbers: NDArray[Any], sums: Sequence[NDArray[Any]]) -> Days:
        own = np.array([line[group] for line in sums])
        return Days((Chunk(self._days.keys, numbers[group].astype(np.int64), own),))


def _add(totals: Sequence[Floats], places: Places, lines: Sequence[Floats]) -> None:
    """Adds the numbers in lines to what stands at their places: neighbours, so that few of all days are touched."""
    if len(places):
        first = int(places.min())
        near = places - first
        for total, line in zip(totals, lines, strict=True):
            sums = np.bincount(near, line)
            total[first : first + len(sums)] += sums


def _together(divided: Sequence[_Divided], respondents: int) -> Iterator[list[_Divided]]:
    """Divisions whose groups do not have too many combinations."""
    most = min(max(respondents // FEWEST, 1), MOST_COMBINATIONS)
    some: list[_Divided] = []
    for one in divided:
        if some and prod(each.every for each in (*some, one)) > most:
            yield some
            some = []
        some.append(one)
    if some:
        yield some


class _Cells:
    """Respondents sorted into cells of those who are in the same groups, those with gaps apart; in floating point.

    `groups` are those of each cell in each division, `counts` and `moments` as a tally has them.
    """

    def __init__(
        self, scores: Bytes, gaps: Gaps, scale: int, divisions: Sequence[tuple[NDArray[Any], int]]
    ) -> None:
        fits = prod(every for _, every in divisions) <= MOST_COMBINATIONS
        key: NDArray[Any] = gaps.astype(np.uint16 if fits else np.int64)
        for groups, every in divisions:
            key = key * key.dtype.type(every) + groups.astype(key.dtype)
        order = np.argsort(key, kind="stable")
        key = key[order]
        self._starts = np.flatnonzero(np.diff(key, prepend=key[:1] + 1))
        self._sizes = np.diff(self._starts, append=len(key))
        self._scores, self._scale = np.empty_like(scores), scale
        for line, own in zip(scores, self._scores, strict=True):
            np.take(line, order, out=own)
        self.groups: list[Places] = []
        left = key[self._starts].astype(np.intp)
        for _, every in reversed(divisions):
            left, groups = np.divmod(left, every)
            self.groups.insert(0, groups)
        self.counts = self._count()
        self.moments = self._multiply(left != 0)

    def _count(self) -> Floats:
        """Per item: unanswered, then how often each score."""
        options = self._scale + 1
        at_once = max(int(np.log(MOST_OPTIONS) / np.log(options)), 1)
        cell = np.repeat(np.arange(len(self._sizes)), self._sizes)
        counts: list[Numbers] = []
        for first in range(0, len(self._scores), at_once):
            lines = self._scores[first : first + at_once]
            answers = lines[0].astype(np.uint16)
            for line in lines[1:]:
                answers = answers * np.uint16(options) + line
            number = options ** len(lines)
            together = np.bincount(cell * number + answers, minlength=len(self._sizes) * number)
            each = together.reshape(-1, *[options] * len(lines))
            axes = range(1, 1 + len(lines))
            counts += [each.sum(axis=tuple(other for other in axes if other != axis)) for axis in axes]
        return np.stack(counts, axis=1).astype(np.float64)

    def _multiply(self, gaps: Gaps) -> Floats:
        """The sums of the products of [scores | answered].

        Where all is answered, the products of scores alone are left to be counted: a quarter of them.
        """
        width = len(self._scores)
        moments = np.empty((len(self._sizes), 2 * width, 2 * width))
        totals = self.counts @ np.arange(self._scale + 1)
        moments[:, :width, width:] = totals[:, :, None]
        moments[:, width:, :width] = totals[:, None, :]
        moments[:, width:, width:] = self._sizes[:, None, None]
        sizes = zip(self._starts.tolist(), self._sizes.tolist(), gaps.tolist(), strict=True)
        for cell, (start, size, some) in enumerate(sizes):
            scores = self._scores[:, start : start + size]
            if some:
                moments[cell] = self._products(np.vstack([scores, scores != 0]))
            else:
                moments[cell, :width, :width] = self._products(scores)
        return moments

    def _products(self, columns: Bytes) -> NDArray[Any]:
        if columns.shape[1] > EXACT_32 // self._scale**2:
            return products(columns)
        numbers = columns.astype(np.float32)
        slices = (numbers[:, start : start + SLICE] for start in range(0, columns.shape[1], SLICE))
        return np.asarray(sum(few @ few.T for few in slices))
