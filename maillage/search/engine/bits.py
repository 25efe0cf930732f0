"""Sets of rows as bits, 64 to a word: a set of 1.4 million rows is 175 kB, and two meet in microseconds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]


def width(count: int) -> int:
    """Return how many words hold this many rows."""
    return (count + 63) // 64


def pack(flags: Flags) -> Bits:
    """Return the set of rows whose flag is true."""
    packed = np.zeros(width(len(flags)) * 8, np.uint8)
    raw = np.packbits(flags)
    packed[: len(raw)] = raw
    return packed.view(np.uint64)


def of_rows(rows: NDArray[np.integer], count: int) -> Bits:
    """Return the set of these row numbers, out of count rows."""
    flags = np.zeros(count, np.bool_)
    flags[rows] = True
    return pack(flags)


def full(count: int) -> Bits:
    """Return the set of all rows."""
    return pack(np.ones(count, np.bool_))


def flags(bits: Bits, count: int) -> NDArray[np.uint8]:
    """Return one 0 or 1 for each row."""
    return np.unpackbits(bits.view(np.uint8), count=count)


def rows(bits: Bits, count: int) -> Rows:
    """Return the row numbers of a set, ascending."""
    return np.flatnonzero(flags(bits, count).view(np.bool_))


def size(bits: Bits) -> int:
    """Return how many rows a set holds."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def sizes(matrix: NDArray[np.uint64], bits: Bits) -> NDArray[np.int64]:
    """Return for each set of a matrix (one a line) how many rows it shares with bits."""
    return np.fromiter((size(line & bits) for line in matrix), np.int64, len(matrix))
