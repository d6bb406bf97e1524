"""How the codes of a set came from those of the set it was made from, by what its rows remember."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash
from parindex.core.formats.framework_rows import ORIGIN, rows_of
from parindex.core.kernel.framework import Framework


Plain = dict[str, Any]


def with_code_map(content: Plain, base: FrameworkVersion | None) -> Plain:
    """The content with its code map to the base written anew; maps to other sets stay."""
    if base is None:
        return content
    others = [
        m for m in content.get("code_maps", ()) if (m["id"], m["version"]) != (base.identifier, base.version)
    ]
    codes = code_links(content, by_hash(base.content_hash))
    return {
        **content,
        "code_maps": [*others, {"id": base.identifier, "version": base.version, "codes": codes}],
    }


def code_links(content: Mapping[str, Any], base: Framework) -> list[Plain]:
    """Links from the base's codes to the content's: what a row comes from says which.

    A row that says it comes from nowhere is new; a code that no row comes from is dropped; one that several
    rows come from was split.
    """
    rows = list(rows_of(dict(content)))
    known = {*base.nodes, *base.extras}
    came: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        came[str(row.node.get(ORIGIN, ""))].append(row.code)
    links: list[Plain] = []
    for old in (c for c in (*base.nodes, *base.extras) if c in came):
        new = came[old]
        relation = "split" if len(new) > 1 else "same" if new == [old] else "renamed"
        links.append({"relation": relation, "old": [old], "new": new})
    fresh = [code for origin, codes in came.items() if origin not in known for code in codes]
    gone = [code for code in (*base.nodes, *base.extras) if code not in came]
    links += [{"relation": "new", "new": fresh}] if fresh else []
    links += [{"relation": "dropped", "old": gone}] if gone else []
    return links
