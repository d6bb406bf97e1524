"""Ranks of a group in a batch of draws, and how often each unit held each of them.

A unit's key is one 64-bit number: twice a power of two less the index, so that all keys share an exponent and
compare as integers, with the unit's number in its lowest bits. Sorting the bare keys orders the units.
Indexes that differ by no more than `TOLERANCE` percentage points are equal: sums of floats miss exact ties by
far less, and no criteria set tells units apart by so little.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from parindex.core.kernel.robustness.draws import Floats


Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

TOLERANCE = 2.0**-30
KEPT_DRAWS = 2048
BLOCK = 1 << 18
MOST_BINS = 4096
NODE_BITS = 7


class Order:
    """Sorts batches of one group: units by index (rounded where the set says so), then by tie-breakers."""

    def __init__(self, size: int, bound: float, precision: int | None) -> None:
        self._bits = max(1, (size - 1).bit_length())
        self._mask = np.int64((1 << self._bits) - 1)
        self._numbers = np.arange(size, dtype=np.int64)
        self._top = 2.0 ** (max(1, int(np.ceil(np.log2(bound + 1)))) + 1)
        ulp = self._top * 2.0**-53
        self._tolerance = max(int(TOLERANCE / ulp), 1 << (self._bits + 1))
        self._precision = precision

    def sort(self, index: Floats, breakers: Sequence[Floats] = ()) -> tuple[Integers, Flags]:
        """Units from the best down, one draw a row, and where a unit is lower than the one before it."""
        values = self._top - (index if self._precision is None else _rounded(index, self._precision))
        keys: Integers = values.view(np.int64)
        keys &= ~self._mask
        keys |= self._numbers
        keys.sort(axis=1)
        lower = _steps(keys, self._tolerance)
        keys &= self._mask
        for breaker in breakers:
            if lower.all():
                break
            keys, lower = self._refine(keys, lower, breaker)
        return keys, lower

    def _refine(self, units: Integers, lower: Flags, breaker: Floats) -> tuple[Integers, Flags]:
        """Order units that are equal so far by another index (0 to 100; -1 where it does not apply)."""
        places = np.empty_like(units)
        np.put_along_axis(places, units, np.cumsum(lower, axis=1) - 1, axis=1)
        scale = 62 - NODE_BITS - 2 * self._bits
        worse = ((101.0 - breaker) * 2.0**scale).astype(np.int64)
        keys = (((places << (NODE_BITS + scale)) | worse) << self._bits) | self._numbers
        keys.sort(axis=1)
        return keys & self._mask, _steps(keys >> self._bits, max(int(TOLERANCE * 2.0**scale), 1))


def _steps(keys: Integers, tolerance: int) -> Flags:
    """Where a key exceeds the one before it by more than the tolerance; the first always does."""
    lower = np.empty(keys.shape, np.bool_)
    flat = keys.reshape(-1)
    np.greater(flat[1:] - flat[:-1], tolerance, out=lower.reshape(-1)[1:])
    lower[:, 0] = True
    return lower


def _rounded(index: Floats, decimals: int) -> Floats:
    """Half up; the nudge puts exact halves, which floats miss by a hair, on the upper side."""
    scale = 10.0**decimals
    return np.asarray(np.floor(index * scale + (0.5 + TOLERANCE * scale)) / scale)


class RankCounts:
    """How often each unit of a group held each rank; grows with the group, not with the draws.

    Units are noted by position as they come; every 2,048 draws the notes are counted, some positions at a
    time, so that the counters fit the processor's cache. Tied units are then moved from their position to
    their rank. Groups above 4,096 units are counted in bins of neighbouring ranks.
    """

    def __init__(self, size: int, ties: Literal["competition", "dense"], draws: int) -> None:
        self.size = size
        self.width = -(-size // MOST_BINS)
        self._ties = ties
        # sixteen bits hold any count of few draws; moves may pass below 0 and come back
        kind = np.uint16 if draws < 1 << 16 else np.int32
        self._counts = np.zeros((-(-size // self.width), size), kind)
        self._notes = np.empty((min(draws, KEPT_DRAWS), size), np.uint16 if size <= 1 << 16 else np.uint32)
        self._noted = 0
        self._draws = 0

    def add(self, units: Integers, lower: Flags) -> None:
        """Count a batch as `Order.sort` returned it."""
        rows = len(units)
        if self._noted + rows > len(self._notes):
            self._flush()
        self._notes[self._noted : self._noted + rows] = units
        self._noted += rows
        self._draws += rows
        if not lower.all():
            self._move(units, lower)

    def _move(self, units: Integers, lower: Flags) -> None:
        """Put tied units where their rank is."""
        tied = ~lower.all(axis=1)
        units, lower = units[tied], lower[tied]
        positions = np.arange(self.size)
        if self._ties == "dense":
            ranks = np.cumsum(lower, axis=1) - 1
        else:
            ranks = np.maximum.accumulate(np.where(lower, positions, 0), axis=1)
        row, column = np.nonzero(ranks != positions)
        unit = units[row, column]
        flat = self._counts.reshape(-1)
        np.subtract.at(flat, column // self.width * self.size + unit, 1)
        np.add.at(flat, ranks[row, column] // self.width * self.size + unit, 1)

    def _flush(self) -> None:
        """Count the notes."""
        notes = self._notes[: self._noted]
        bins = max(1, BLOCK // self.size)
        for first in range(0, len(self._counts), bins):
            last = min(first + bins, len(self._counts))
            chosen = notes[:, first * self.width : last * self.width].astype(np.intp)
            chosen += (np.arange(chosen.shape[1]) // self.width) * self.size
            counted = np.bincount(chosen.reshape(-1), minlength=(last - first) * self.size)
            block = self._counts[first:last]
            np.add(block, counted.reshape(-1, self.size), out=block, casting="unsafe")
        self._noted = 0

    def quantiles(self, percents: Sequence[int]) -> Integers:
        """Per percentage and unit the least rank that so many percent of the draws reach or better."""
        self._flush()
        needed = [-(-self._draws * p // 100) for p in percents]
        found = np.empty((len(percents), self.size), np.int64)
        step = max(1, BLOCK // len(self._counts))
        for first in range(0, self.size, step):
            reached = np.cumsum(self._counts[:, first : first + step], axis=0, dtype=np.int32)
            for row, least in enumerate(needed):
                found[row, first : first + step] = (reached < least).sum(axis=0)
        return found * self.width + (self.width + 1) // 2

    def shares(self) -> Floats:
        """Units x ranks: the share of the draws in which the unit held the rank."""
        self._flush()
        return np.asarray(self._counts.T / max(self._draws, 1))
