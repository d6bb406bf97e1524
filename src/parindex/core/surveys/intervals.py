"""Quantiles of Student's t, and 95 % intervals of shares and means.

Shares: on the logit scale with t, so that a limit never leaves 0..1 (``svyciprop(method = "logit")`` of R's
survey package does so). Where all or none are satisfied that scale has no place, and the exact binomial
limit is taken at Kish's effective number of answers. Means of scores: value ± t × standard error, in 0..1.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt


Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LEVEL = 0.95
SERIES_TO = 200


def two_sided(t: float, df: int) -> float:
    """P(|T| <= t) of Student's t with a whole number of degrees of freedom (Abramowitz, Stegun 26.7.3-4)."""
    angle = atan(t / sqrt(df))
    c2 = cos(angle) ** 2
    term = cos(angle) if df % 2 else 1.0
    total = 0.0 if df == 1 else term
    for k in range(3 if df % 2 else 2, df - 1, 2):
        term *= c2 * (k - 1) / k
        total += term
    return 2 / pi * (angle + sin(angle) * total) if df % 2 else sin(angle) * total


@lru_cache(maxsize=1 << 12)
def t_quantile(df: int, level: float = LEVEL) -> float:
    """The t that holds the middle `level` of the distribution: 12.706 at 1, 2.262 at 9, 1.984 at 99.

    Up to 200 degrees of freedom by halving `two_sided`, beyond by the expansion 26.7.5 of the same tables,
    whose error there is below 1e-10. NaN below 1.
    """
    if df < 1:
        return float("nan")
    x: float = NormalDist().inv_cdf((1 + level) / 2)
    if df > SERIES_TO:
        terms = (
            (x**3 + x) / 4,
            (5 * x**5 + 16 * x**3 + 3 * x) / 96,
            (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
            (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92_160,
        )
        return x + sum((term / float(df**k) for k, term in enumerate(terms, 1)), 0.0)
    low, high = 0.0, 1e3
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided(middle, df) < level else (low, middle)
    return high


def t_quantiles(df: Ints) -> Floats:
    """`t_quantile` of many."""
    known, where = np.unique(df, return_inverse=True)
    return np.array([t_quantile(int(k)) for k in known], np.float64)[where]


def share_interval(share: Floats, se: Floats, df: Ints, *, effective: Floats) -> tuple[Floats, Floats]:
    """Lower and upper limits of shares (0..1); NaN where the standard error is unknown.

    Args:
        effective: Kish's effective number of answers over (1 - sampling fraction); infinite for a census.
    """
    t, inner = t_quantiles(df), (share > 0) & (share < 1)
    p = np.where(inner, share, 0.5)
    logit, step = np.log(p / (1 - p)), t * se / (p * (1 - p))
    step = np.where(se == 0, 0.0, step)
    low, high = 1 / (1 + np.exp(step - logit)), 1 / (1 + np.exp(-step - logit))
    with np.errstate(divide="ignore"):
        reach = ((1 - LEVEL) / 2) ** (1 / effective)
    low = np.where(inner, low, np.where(share == 1, reach, 0.0))
    high = np.where(inner, high, np.where(share == 0, 1 - reach, 1.0))
    known = np.isfinite(se) & np.isfinite(share)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def mean_interval(mean: Floats, se: Floats, df: Ints) -> tuple[Floats, Floats]:
    """Lower and upper limits of means of scores, kept inside 0..1."""
    step = np.where(se == 0, 0.0, t_quantiles(df) * se)
    return np.clip(mean - step, 0, 1), np.clip(mean + step, 0, 1)
