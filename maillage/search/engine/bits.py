"""Sets of rows as bits, 64 to a word: a set of 1.4 million rows is 175 kB, and two meet in microseconds."""

from __future__ import annotations

from collections.abc import Sequence

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


def sizes(sets: Sequence[Bits], bits: Bits) -> list[int]:
    """Return for each set how many rows it shares with bits."""
    # Two work areas for all of them: making them anew costs more than counting.
    shared, ones = np.empty_like(bits), np.empty(len(bits), np.uint8)
    found = []
    for one in sets:
        np.bitwise_and(one, bits, out=shared)
        np.bitwise_count(shared, out=ones)
        found.append(int(ones.sum(dtype=np.uint32)))
    return found


def sizes_of_few(sets: Sequence[Bits], rows: Rows) -> list[int]:
    """Return for each set how many of these few rows it holds."""
    at, shift = rows >> 3, (7 - (rows & 7)).astype(np.uint8)
    return [int((one.view(np.uint8)[at] >> shift & 1).sum(dtype=np.int64)) for one in sets]


def sizes_between(bits: Bits, starts: Rows, count: int) -> NDArray[np.int64]:
    """Return how many rows of a set stand from each start to the next; starts ascend from 0 to below count."""
    raw = bits.view(np.uint8)
    ones = np.bitwise_count(raw)
    before = np.cumsum(ones, dtype=np.int32)
    at, rest = starts >> 3, (starts & 7).astype(np.uint16)
    # Rows of the start's own byte that stand before it: the high bits come first.
    partial = np.bitwise_count(raw[at].astype(np.uint16) >> (8 - rest))
    reached = before[at] - ones[at] + partial
    total = before[-1] if count else 0
    return np.diff(np.append(reached, total))
