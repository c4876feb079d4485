"""Blocks in which its date stands after the scores of each answer, and a number for each day of a unit."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

DATE = 10  # characters; only the last two are read, but taking these out while the database joins them costs more
UNIT_BITS = 43  # of the number of a day; above them is the date, so that months have no number in common

Keys = NDArray[np.int64]
Signs = NDArray[np.uint8]


def split_days(block: bytes, width: int) -> tuple[bytes, Signs]:
    """The scores alone, `width` bytes each, and the dates. Raises ValueError for a broken length."""
    rows = np.frombuffer(block, np.uint8).reshape(-1, width + DATE)
    return rows[:, :width].tobytes(), rows[:, width:]


def day_keys(blocks: Iterable[tuple[str, str, int]], dates: Signs) -> Keys:
    """A number for the day of each answer, given its date, and the unit, month and number of answers of each block.

    Two answers have the same number where they are of the same date and unit; that two units share one is as good as
    impossible.
    """
    places = list(blocks)
    before = np.array([_before(unit, month) for unit, month, _ in places], np.int64)
    tens, ones = dates[:, -2:].T.astype(np.int64) - ord("0")
    return np.repeat(before, [n for *_, n in places]) + ((10 * tens + ones) << UNIT_BITS)


def unit_of(keys: Keys) -> Keys:
    """The number of the unit in each number of a day."""
    return keys & ((1 << UNIT_BITS) - 1)


def date_of(keys: Keys) -> Keys:
    """The number of the date in each number of a day."""
    return keys >> UNIT_BITS


def _before(unit: str, month: str) -> int:
    """The number of the day before a month."""
    return _last_day_before(month) << UNIT_BITS | _unit_number(unit)


@lru_cache(1024)
def _last_day_before(month: str) -> int:
    year, number = map(int, month.split("-"))
    return date(year, number, 1).toordinal() - 1


@lru_cache(1 << 16)
def _unit_number(unit: str) -> int:
    return int.from_bytes(blake2b(unit.encode(), digest_size=8).digest()) >> (64 - UNIT_BITS)
