"""A plan of appraisal names nodes that exist, each once for a group."""

from __future__ import annotations

from collections.abc import Sequence

from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Refused


def check_parts(framework: Framework, parts: Sequence[tuple[str, str | None]]) -> None:
    """Raises Refused ``node_unknown`` or ``part_twice`` for (node, group code or None for all)."""
    seen = set()
    for node, group in parts:
        if node not in framework.nodes and node not in framework.extras:
            raise Refused("node_unknown", node=node)
        if (node, group) in seen:
            raise Refused("part_twice", node=node)
        seen.add((node, group))
