"""Sums of products of whole numbers, exact and as fast as floating point."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

CHUNK = 1 << 16  # rows held as floating point at a time: 9 items are 5 MB
SLICE = 768  # rows a product: a longer one is shared out to threads, which costs more than it saves
EXACT_32 = 1 << 24  # whole numbers up to here are exact in float32

Numbers = NDArray[Any]


def products(columns: Numbers) -> NDArray[np.int64]:
    """The square of sums over rows of the products of each two columns; a column of whole numbers a line.

    Only floating point has a fast matrix product. It is float32 where the sums of a slice are exact in it, else
    float64, which is exact below 2**53.
    """
    largest = max(int(columns.max(initial=0)), 1)
    rows = min(EXACT_32 // largest**2, CHUNK)
    kind = np.dtype(np.float32 if rows >= SLICE else np.float64)
    rows = rows if rows >= SLICE else CHUNK
    total = np.zeros((len(columns), len(columns)), np.int64)
    for start in range(0, columns.shape[1], rows):
        part = np.ascontiguousarray(columns[:, start : start + rows], kind)
        sums = np.zeros(total.shape, kind)
        for first in range(0, part.shape[1], SLICE):
            few = part[:, first : first + SLICE]
            sums += few @ few.T
        total += sums.astype(np.int64)
    return total
