"""Which of the parts of a whole may be shown beside it, so that nobody can work out the small ones.

A part below the limit is hidden. Where what is hidden comes to less than the limit altogether, the whole less
what is shown would tell of it all the same; then the smallest of the others is hidden too, until what remains
unsaid is large enough, or nothing is shown beside the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar


Part = TypeVar("Part")


def shown(counts: Mapping[Part, int], limit: int) -> set[Part]:
    """The parts that may be shown. Parts without anybody tell nothing, and are no part of it.

    Args:
        counts: how many there are of each part; all parts of the whole.

    Of 20, 10 and 2 with the limit 5 only the 20 is shown: the 12 others remain unsaid. Of 20 and 2 none is.
    """
    hidden = sum(n for n in counts.values() if 0 < n < limit)
    left = sorted((n, k) for k, n in enumerate(counts.values()) if n >= limit)
    while left and 0 < hidden < limit:
        hidden += left.pop(0)[0]
    places = {k for _, k in left}
    return {part for k, part in enumerate(counts) if k in places}
