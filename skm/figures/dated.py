"""Blocks in which its date stands after the scores of each answer, and a number for each day of a unit."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from skm import ikm

DATE = 10  # characters; only the last two are read, but taking these out while the database joins them costs more
UNIT_BITS = 43  # of the number of a day; above them is the date, so that months have no number in common
DAYS = 32  # room for the days of a month

Keys = NDArray[np.int64]
Signs = NDArray[np.uint8]


def split_days(block: bytes, width: int) -> tuple[bytes, Signs]:
    """The scores alone, `width` bytes each, and the dates. Raises ValueError for a broken length."""
    rows = np.frombuffer(block, np.uint8).reshape(-1, width + DATE)
    return rows[:, :width].tobytes(), rows[:, width:]


def respondent_days(blocks: Sequence[tuple[str, str, int]], dates: Signs) -> ikm.RespondentDays:
    """The day of each answer, given its date, and the unit, month and number of answers of each block.

    Answers are of one day where they are of one date and unit; that two units have the same number is as good as
    impossible.
    """
    ranks: dict[tuple[str, str], int] = {}
    rank = [ranks.setdefault((unit, month), len(ranks)) for unit, month, _ in blocks]
    months = [_last_day_before(month) << UNIT_BITS | _unit_number(unit) for unit, month in ranks]
    keys = np.array(months, np.int64)[:, None] + (np.arange(DAYS) << UNIT_BITS)
    tens, ones = dates[:, -2:].T - np.uint8(ord("0"))
    places = np.repeat(DAYS * np.array(rank, np.int32), [n for *_, n in blocks])
    places += 10 * tens + ones
    return ikm.RespondentDays(keys.ravel(), places)


def unit_of(keys: Keys) -> Keys:
    """The number of the unit in each number of a day."""
    return keys & ((1 << UNIT_BITS) - 1)


def date_of(keys: Keys) -> Keys:
    """The number of the date in each number of a day."""
    return keys >> UNIT_BITS


@lru_cache(1024)
def _last_day_before(month: str) -> int:
    year, number = map(int, month.split("-"))
    return date(year, number, 1).toordinal() - 1


@lru_cache(1 << 16)
def _unit_number(unit: str) -> int:
    return int.from_bytes(blake2b(unit.encode(), digest_size=8).digest()) >> (64 - UNIT_BITS)
