"""Replicates of shares and indices: how they would have come out with other samples of the same design.

Within each stratum n - 1 of the n answers are drawn with replacement and count n / (n - 1) times (Rao and
Wu's rescaled bootstrap, without finite-population correction): the spread of the replicates is then that of
the linearised estimate. Forms of a stratum are drawn alike, so only how many chose each option is
drawn, which is multinomial; a million forms cost no more than their counts.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from parindex.core.surveys.estimation import Counting, Measure, option_values
from parindex.core.surveys.intervals import Floats
from parindex.core.surveys.questionnaire import Item


def replicates(counting: Counting, item: Item, measure: Measure, *, times: int, seed: int) -> Floats:
    """`times` replicates of an item's value, times x units; NaN where a replicate has no opinion.

    For forms that are their own sampling units (no clusters) and strata that rate one unit each. A stratum
    with one form is left as it is: it has no spread, as the estimate says. One seed, the same replicates.

    Raises:
        ValueError: the forms have clusters, or a stratum rates several units.
    """
    if counting.forms.cluster is not None or np.any(counting.rows != counting.sampled[counting.stratum_of]):
        raise ValueError("replicates are of forms without clusters, in strata of one unit")
    counts = counting.counts(item)
    n = counts.sum(axis=1)
    drawn = np.maximum(n - 1, 1)
    values = option_values(item.question, measure)
    counted = np.array([0.0, *(float(v is not None) for v in values)])
    worth = np.array([0.0, *(float(v or 0) for v in values)])
    weight = counting.frame.weights[counting.stratum_of] * n / drawn
    chances = counts / np.maximum(n, 1)[:, None]
    chances[n == 0, 0] = 1.0
    random = np.random.default_rng(seed)
    found = np.empty((times, counting.units))
    for k in range(times):
        chosen: npt.NDArray[np.float64] = random.multinomial(drawn, chances) * weight[:, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            found[k] = counting.by_unit(chosen @ worth) / counting.by_unit(chosen @ counted)
    return found
