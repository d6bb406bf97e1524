"""Replicates spread as the estimate says."""

import numpy as np
import pytest
from survey_forms import NO, UNSURE, YES, counting, item

from parindex.core.surveys.bootstrap import replicates
from parindex.core.surveys.estimation import estimate


ROWS = [(0, 0, YES)] * 30 + [(0, 0, NO)] * 10 + [(0, 1, YES)] * 8 + [(0, 1, NO)] * 12 + [(0, 1, UNSURE)] * 5
ONE = item()


def test_the_spread_of_replicates_is_the_standard_error():
    """4,000 of them, to a twentieth; their mean is the share."""
    found = counting(ROWS, [None, None], [10, 4])
    told = estimate(found, [(ONE, 1)], "share")
    drawn = replicates(found, ONE, "share", times=4_000, seed=3)
    assert drawn.mean() == pytest.approx(told.value[0], abs=3 * told.se[0] / 4_000**0.5)
    assert drawn.std() == pytest.approx(told.se[0], rel=0.05)


def test_the_same_seed_gives_the_same_replicates():
    """And another seed others; a unit without answers has none."""
    found = counting(ROWS, [None, None, 5], [10, 4, 1], units=2)
    first, again, other = (replicates(found, ONE, "share", times=5, seed=s) for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first[:, 0], other[:, 0])
    assert np.isnan(first[:, 1]).all()


def test_replicates_of_clusters_are_not_made():
    """They would draw forms where sittings were drawn."""
    clustered = counting([(0, 0, YES, 0), (0, 0, NO, 0)], [None], [1])
    shared = counting([(0, 0, YES), (1, 0, NO)], [None], [1], units=2)
    for found in (clustered, shared):
        with pytest.raises(ValueError, match="without clusters"):
            replicates(found, ONE, "share", times=1, seed=1)
