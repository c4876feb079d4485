"""From answers to whole numbers: how many answered, how they add up, how they vary together.

Answers arrive as `scores`: a byte per item, b"1" to the scale, b"-" where there was no answer.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import add, sub
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from skm.ikm.days import Days, Keys, RespondentDays, days_of
from skm.ikm.products import products

K = TypeVar("K", bound=Hashable)
Row = tuple[int, ...]
Table = tuple[Row, ...]
Bytes = NDArray[np.uint8]

ZERO = ord("0")
UNANSWERED = ord("-")
AT_ONCE = 1 << 14  # respondents


@dataclass(frozen=True)
class Tally:
    """What `n` respondents' answers come to. Tallies of the same items can be added and subtracted.

    `answered` and `totals` hold, per item, the number of answers and the sum of their scores. A full tally
    has two tables more: `counts`, a row per item (unanswered, then how often each score), and `moments`, the
    sums over respondents of the products of [scores | answered], a square of twice the items, where an
    unanswered item is 0 in both halves. It also has its `days` where it is known who answered on the same one.
    """

    n: int
    answered: Row
    totals: Row
    counts: Table | None = None
    moments: Table | None = None
    days: Days | None = field(default=None, hash=False)

    @property
    def brief(self) -> "Tally":
        """The same without tables: enough for an index without an interval."""
        return Tally(self.n, self.answered, self.totals)

    def __add__(self, other: "Tally") -> "Tally":
        return self._combine(add, other)

    def __sub__(self, other: "Tally") -> "Tally":
        """Leave out the respondents of `other`, who must be among these."""
        if other.n > self.n:
            raise ValueError(f"cannot take {other.n} respondents from {self.n}")
        return self._combine(sub, other)

    def _combine(self, operation: Callable[[Any, Any], Any], other: "Tally") -> "Tally":
        return Tally(
            operation(self.n, other.n),
            _row(operation, self.answered, other.answered),
            _row(operation, self.totals, other.totals),
            _table(operation, self.counts, other.counts),
            _table(operation, self.moments, other.moments),
            operation(self.days, other.days) if self.days and other.days else None,
        )


def tally(
    block: bytes, width: int, scale: int = 4, days: RespondentDays | Sequence[int] | Keys | None = None
) -> Tally:
    """The full tally of the respondents in `block`, `width` bytes each.

    `days` are those of the respondents, or a number for each, the same for those of the same day and unit. Raises
    ValueError for a broken length and for a byte outside the scale, naming row and position (from 1).
    """
    check(block, width, scale)
    rows = np.frombuffer(block, np.uint8).reshape(-1, width)
    items = np.ascontiguousarray(rows.T)  # column-major: counting and adding are then five times as fast
    columns = np.vstack(_split(items)).astype(np.uint8, copy=False)
    counts = _counts(items, scale)
    if days is not None and not isinstance(days, RespondentDays):
        days = RespondentDays.of(days)
    return Tally(
        n=len(rows),
        answered=tuple(sum(row[1:]) for row in counts),
        totals=tuple(sum(score * times for score, times in enumerate(row)) for row in counts),
        counts=counts,
        moments=tuple(tuple(row) for row in products(columns).tolist()),
        days=None if days is None else days_of(days, columns),
    )


def add_all(tallies: Sequence[Tally]) -> Tally:
    """Some tallies of the same items added up: as `+` does it, but many at once and several times as fast."""
    first = tallies[0]
    if len(tallies) == 1:
        return first
    counts, moments, days = (
        [getattr(one, name) for one in tallies] for name in ("counts", "moments", "days")
    )
    return Tally(
        n=sum(one.n for one in tallies),
        answered=_sums([one.answered for one in tallies]),
        totals=_sums([one.totals for one in tallies]),
        counts=None if None in counts else _tables(counts),
        moments=None if None in moments else _tables(moments),
        days=None if None in days else Days.joined(days),
    )


def tally_groups(blocks: Mapping[K, bytes], width: int, scale: int = 4) -> dict[K, Tally]:
    """A brief tally (no counts, no moments) of each block, all in one pass.

    Raises ValueError as `tally` does, with the row inside its own block.
    """
    everyone = b"".join(blocks.values())
    if _strangers(everyone, scale) or any(len(block) % width for block in blocks.values()):
        for block in blocks.values():
            check(block, width, scale)
    # reduceat gives an empty group its neighbour's row, so only groups with respondents take part.
    tallies = {key: Tally(0, (0,) * width, (0,) * width) for key, block in blocks.items() if not block}
    sizes = {key: len(block) // width for key, block in blocks.items() if block}
    if sizes:
        rows = np.frombuffer(everyone, np.uint8).reshape(-1, width)
        tallies |= zip(sizes, _brief(rows, list(sizes.values())), strict=True)
    return {key: tallies[key] for key in blocks}


def _brief(rows: Bytes, sizes: list[int]) -> list[Tally]:
    roomy = np.min_scalar_type(max(sizes) * 9)  # no sum is larger, and a narrow type is four times as fast
    ends = np.cumsum(sizes)
    starts = ends - sizes
    tallies: list[Tally] = []
    # A few groups at a time: numbers that stay in the processor's cache need no fresh memory.
    cuts = np.flatnonzero(np.diff(starts // AT_ONCE, prepend=-1, append=-1)).tolist()
    for first, last in pairwise(cuts):
        scores, answered = _split(rows[starts[first] : ends[last - 1]])
        its = starts[first:last] - starts[first]
        totals = np.add.reduceat(scores, its, axis=0, dtype=roomy).tolist()
        answers = np.add.reduceat(answered, its, axis=0, dtype=roomy).tolist()
        tallies += map(Tally, sizes[first:last], map(tuple, answers), map(tuple, totals))
    return tallies


def _split(rows: Bytes) -> tuple[Bytes, NDArray[np.bool_]]:
    """The scores, 0 where there is none, and whether there is one."""
    answered = rows != UNANSWERED
    return (rows - ZERO) * answered, answered


def _counts(items: Bytes, scale: int) -> Table:
    options = (UNANSWERED, *range(ZERO + 1, ZERO + scale + 1))
    return tuple(tuple(int(np.count_nonzero(item == option)) for option in options) for item in items)


def _strangers(block: bytes, scale: int) -> bytes:
    """The bytes that are no answer."""
    return block.translate(None, bytes([UNANSWERED, *range(ZERO + 1, ZERO + scale + 1)]))


def check(block: bytes, width: int, scale: int) -> None:
    """Raises ValueError for a broken length and for a byte outside the scale, naming row and position (from 1)."""
    if len(block) % width:
        raise ValueError(f"{len(block)} bytes are no whole number of respondents with {width} items")
    if strangers := _strangers(block, scale):
        row, position = divmod(block.index(strangers[:1]), width)
        raise ValueError(f"row {row + 1}, position {position + 1}: {strangers[:1]!r} is outside 1 to {scale}")


def _row(operation: Callable[[int, int], int], left: Row, right: Row) -> Row:
    if len(left) != len(right):
        raise ValueError(f"tallies of {len(left)} and of {len(right)} items")
    return tuple(map(operation, left, right))


def _table(operation: Callable[[int, int], int], left: Table | None, right: Table | None) -> Table | None:
    if left is None or right is None:
        return None
    return tuple(_row(operation, a, b) for a, b in zip(left, right, strict=True))


def _sums(rows: Iterable[Row]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))


def _tables(tables: Iterable[Table]) -> Table:
    return tuple(_sums(rows) for rows in zip(*tables, strict=True))
