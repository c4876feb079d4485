"""Sums of products of whole numbers, exact and as fast as floating point."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

CHUNK = 1 << 16  # rows held as floating point at a time: 9 items are 5 MB
SLICE = 768  # rows a product: a longer one is shared out to threads, which costs more than it saves
FEWEST = 64  # rows a product
EXACT_32 = 1 << 24  # whole numbers up to here are exact in float32

Numbers = NDArray[Any]


def products(columns: Numbers) -> NDArray[np.int64]:
    """The square of sums over rows of the products of each two columns; a column of whole numbers a line.

    Only floating point has a fast matrix product. It is float32 where the sums of a slice are exact in it, else
    float64, which is exact below 2**53.
    """
    lines, all_rows = columns.shape
    exact = EXACT_32 // max(int(columns.max(initial=0)), 1) ** 2
    kind, rows = (np.float32, min(exact, SLICE)) if exact >= FEWEST else (np.float64, SLICE)
    rows = min(rows, max(all_rows, 1))
    total = np.zeros((lines, lines), np.int64)
    for start in range(0, all_rows, CHUNK):
        part = columns[:, start : start + CHUNK]
        slices = -(-part.shape[1] // rows)
        numbers = np.zeros((lines, slices * rows), kind)
        numbers[:, : part.shape[1]] = part
        each = numbers.reshape(lines, slices, rows).transpose(1, 0, 2)
        total += (each @ each.transpose(0, 2, 1)).sum(axis=0, dtype=np.float64).astype(np.int64)
    return total
