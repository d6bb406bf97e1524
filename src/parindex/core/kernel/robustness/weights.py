"""Leaf weights of a draw: every leaf's maximum times its own uniform, renormalised to its parent's total.

Top down. Among a parent's children the leaves are multiplied, the inner ones are not; then all of them are
scaled so that together they make the parent's maximum of that draw. So the whole keeps its total, and so does
every node above which no leaf stands beside inner nodes. Maxima that differ by unit type are renormalised per
type, with the same uniforms.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.robustness.draws import Floats


WHOLE = ""


class Multipliers:
    """From uniforms (draws x leaves) to what each leaf's nominal maximum is multiplied by.

    Args:
        framework: gives the tree.
        codes: the tree's leaves, in the order of the uniforms' columns.
        kinds: unit types, one for each set of maxima; the columns of the result are these sets side by side.
    """

    def __init__(self, framework: Framework, codes: Sequence[str], kinds: Sequence[str]) -> None:
        families = _families(framework)
        place = {code: k for k, code in enumerate(families)}
        column = {code: k for k, code in enumerate(codes)}
        chains = [_chain(framework, code, place) for code in codes]
        deepest = max(map(len, chains), default=1)
        none = len(families)
        self._chains = np.array([c + [none] * (deepest - len(c)) for c in chains], np.intp).T
        self._shares = [np.zeros((len(codes), none + 1)) for _ in kinds]
        self._constants = [np.zeros(none + 1) for _ in kinds]
        for kind, shares, constants in zip(kinds, self._shares, self._constants, strict=True):
            constants[none] = 1.0
            for k, children in enumerate(families.values()):
                _fill((shares, constants), k, [(column.get(c.code), c.max_for(kind)) for c in children])

    def take(self, uniforms: Floats) -> Floats:
        """Multipliers, draws x (kinds x leaves)."""
        parts = [self._one(uniforms, kind) for kind in range(len(self._shares))]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)

    def _one(self, uniforms: Floats, kind: int) -> Floats:
        grown = uniforms @ self._shares[kind] + self._constants[kind]
        np.divide(1.0, grown, out=grown)
        found: Floats = uniforms * grown[:, self._chains[0]]
        for chain in self._chains[1:]:
            found *= grown[:, chain]
        return found


def _families(framework: Framework) -> dict[str, Sequence[Node]]:
    """Children of each node (and of the whole) that has a leaf among them."""
    found: dict[str, Sequence[Node]] = (
        {WHOLE: framework.tree} if any(n.is_leaf for n in framework.tree) else {}
    )
    found |= {c: n.children for c, n in framework.nodes.items() if any(child.is_leaf for child in n.children)}
    return found


def _chain(framework: Framework, code: str, place: dict[str, int]) -> list[int]:
    """The families a leaf's multiplier passes through: its parent's, and those of mixed ancestors."""
    found = []
    node: Node | None = framework.parents.get(code)
    while node is not None:
        found += [place[node.code]] if node.code in place else []
        node = framework.parents.get(node.code)
    return found + ([place[WHOLE]] if WHOLE in place else [])


def _fill(into: tuple[Floats, Floats], family: int, children: Sequence[tuple[int | None, object]]) -> None:
    """By how much each leaf's multiplier makes the children's total grow; shares of 1 in all."""
    shares, constants = into
    maxima = [float(m) for _, m in children]  # type: ignore[arg-type]
    total = sum(maxima)
    if not total:
        constants[family] = 1.0
        return
    for (column, _), maximum in zip(children, maxima, strict=True):
        if column is None:
            constants[family] += maximum / total
        else:
            shares[column, family] = maximum / total
