"""Random numbers made from raw generator words, so that a replay does not hang on NumPy's distributions.

Every draw takes the same count of words, in order: how many draws are worked on at once changes nothing.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt


Floats = npt.NDArray[np.float64]

QUANTILES = 1 << 16
PER_WORD = 4


class Uniforms:
    """Multipliers uniform on [1 - spread, 1 + spread), `width` to a draw."""

    def __init__(self, seed: int, width: int, spread: float) -> None:
        self._bits = np.random.PCG64(seed)
        self._width = width
        self._spread = spread

    def take(self, draws: int) -> Floats:
        """The next draws, one a row: the upper 53 bits of a word make a number in [0, 1)."""
        words = self._bits.random_raw(draws * self._width).reshape(draws, self._width)
        found: Floats = (words >> np.uint64(11)).astype(np.float64)
        found *= 2.0 * self._spread * 2.0**-53
        found += 1.0 - self._spread
        return found


class Normals:
    """Standard normal numbers, `width` to a draw, four from each word.

    Each 16 bits pick one of 65,536 equally likely quantiles (within 4.2 standard deviations; variance put to
    1). The stream is apart from that of the weights: an answer's standard error does not move the weights of
    a draw.
    """

    def __init__(self, seed: int, width: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(1,)))
        self._width = width
        self._table = _quantiles() if width else np.zeros(1)

    def take(self, draws: int) -> Floats:
        """The next draws, one a row."""
        words = -(-self._width // PER_WORD)
        raw = self._bits.random_raw(draws * words).astype("<u8", copy=False).view("<u2")
        found: Floats = self._table[raw.reshape(draws, words * PER_WORD)[:, : self._width]]
        return found


@cache
def _quantiles() -> Floats:
    """The middle quantile of each of 65,536 equal slices of the normal distribution; variance 1."""
    inverse = NormalDist().inv_cdf
    half = np.array([inverse((k + 0.5) / QUANTILES) for k in range(QUANTILES // 2)])
    table = np.concatenate([half, -half[::-1]])
    return np.asarray(table / np.sqrt(np.mean(table * table)))
