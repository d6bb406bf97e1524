"""Points and applicable maxima of every node for every unit: each distinct answer scored once, then added up.

Sums run on integers scaled by a common denominator. A leaf whose points have ragged denominators (ratios over
many different totals) is summed as fractions beside them. Both give the same exact numbers.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from math import lcm

from parindex.core.kernel.answers import NO_ANSWER, Answer, AnswerTable, Column, NoAnswer, NotApplicable
from parindex.core.kernel.assessment import CellProblem, TableRefused
from parindex.core.kernel.framework import Exemption, Framework, Node
from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.kernel.reading import score_answer
from parindex.core.kernel.reasons import Reason


ZERO = Fraction(0)
TAME = 10**6
Cell = tuple[Fraction, Fraction, Reason]


@dataclass(frozen=True, slots=True)
class LeafScores:
    """One leaf over all units: `cells` are its distinct outcomes, `index[u]` the unit's; answers likewise."""

    cells: Sequence[Cell]
    index: Sequence[int]
    answers: Sequence[Answer]


@lru_cache(maxsize=2**16)
def over(top: int, under: int) -> Fraction:
    """A fraction; a round has the same few many times."""
    return Fraction(top, under)


class Exact:
    """A vector of exact numbers, one per unit: integers over one scale, fractions where that is unwieldy."""

    __slots__ = ("ints", "ragged", "scale")

    def __init__(self, ints: Sequence[int], scale: int, ragged: Sequence[Fraction] | None = None) -> None:
        self.ints = ints
        self.scale = scale
        self.ragged = ragged

    def __getitem__(self, unit: int) -> Fraction:
        value = over(self.ints[unit], self.scale)
        return value if self.ragged is None else value + self.ragged[unit]

    def __len__(self) -> int:
        return len(self.ints)


def total(vectors: Sequence[Exact], size: int) -> Exact:
    """Element-wise sum of vectors of one scale."""
    if not vectors:
        return Exact([0] * size, 1)
    ints = reduce(lambda a, b: list(map(operator.add, a, b)), (v.ints for v in vectors))
    ragged = [v.ragged for v in vectors if v.ragged is not None]
    return Exact(
        ints, vectors[0].scale, reduce(lambda a, b: list(map(operator.add, a, b)), ragged) if ragged else None
    )


def percentage(points: Exact, maxima: Exact, unit: int) -> Fraction | None:
    """One unit's points over its maximum, None over 0; vectors of one scale."""
    if points.ragged is None and maxima.ragged is None:
        return over(points.ints[unit] * 100, maxima.ints[unit]) if maxima.ints[unit] else None
    return points[unit] * 100 / maxima[unit] if maxima[unit] else None


def percentages(points: Exact, maxima: Exact) -> list[Fraction | None]:
    """Points over maximum, unit by unit, None over 0; vectors of one scale. Equal pairs are divided once."""
    if points.ragged is not None or maxima.ragged is not None:
        return [points[u] * 100 / maxima[u] if maxima[u] else None for u in range(len(points))]
    pairs = list(zip(points.ints, maxima.ints, strict=True))
    known = {pair: Fraction(pair[0] * 100, pair[1]) if pair[1] else None for pair in set(pairs)}
    return [known[pair] for pair in pairs]


@dataclass(frozen=True, slots=True)
class Totals:
    """All vectors of a table by node code, bonus and penalty items included (penalties as positive sizes)."""

    points: Mapping[str, Exact]
    maxima: Mapping[str, Exact]
    leaves: Mapping[str, LeafScores]

    def unanswered(self, codes: Iterable[str]) -> dict[int, list[str]]:
        """By unit, which of these leaves apply to it and have no answer; units that lack none are absent."""
        found: dict[int, list[str]] = {}
        for code in codes:
            leaf = self.leaves[code]
            holes = {k for k, a in enumerate(leaf.answers) if isinstance(a, NoAnswer) and leaf.cells[k][1]}
            if holes:
                for unit, k in enumerate(leaf.index):
                    if k in holes:
                        found.setdefault(unit, []).append(code)
        return found


def add_up(framework: Framework, table: AnswerTable, *, tame: int = TAME) -> Totals:
    """Score every leaf and sum up the tree.

    Args:
        tame: greatest common denominator a leaf may have to be summed as integers; 0 sums fractions only.

    Raises:
        TableRefused: some answers cannot be scored; each is named.
    """
    problems: list[CellProblem] = []
    leaves = {code: _score_leaf(framework, code, table, problems=problems) for code in framework.leaves}
    if problems:
        raise TableRefused(sorted(problems, key=lambda c: (c.unit, c.leaf)))
    scales = {
        code: lcm(*{c[0].denominator for c in s.cells}, *{c[1].denominator for c in s.cells}, 1)
        for code, s in leaves.items()
    }
    scale = lcm(*(d for d in scales.values() if d <= tame), 1)
    points = {
        code: _vector(s, [c[0] for c in s.cells], scale, ragged=scales[code] > tame)
        for code, s in leaves.items()
    }
    maxima = {
        code: _vector(s, [c[1] for c in s.cells], scale, ragged=scales[code] > tame)
        for code, s in leaves.items()
    }
    size = len(table.participants)
    for node in _inner_nodes_upwards(framework.tree):
        points[node.code] = total([points[c.code] for c in node.children], size)
        maxima[node.code] = total([maxima[c.code] for c in node.children], size)
    return Totals(points, maxima, leaves)


def _inner_nodes_upwards(nodes: Iterable[Node]) -> Iterable[Node]:
    """Every node with children, children before parents."""
    for node in nodes:
        if node.children:
            yield from _inner_nodes_upwards(node.children)
            yield node


def _vector(scores: LeafScores, values: Sequence[Fraction], scale: int, *, ragged: bool) -> Exact:
    """A leaf's points or maxima over all units; `values` are those of its distinct outcomes."""
    if ragged:
        return Exact([0] * len(scores.index), scale, [values[k] for k in scores.index])
    ints = [v.numerator * (scale // v.denominator) for v in values]
    return Exact([ints[k] for k in scores.index], scale)


def _score_leaf(
    framework: Framework, code: str, table: AnswerTable, *, problems: list[CellProblem]
) -> LeafScores:
    """Score a leaf's distinct answers under each distinct standing (unit type, exemption), once each."""
    leaf = framework.leaves[code]
    column = table.columns.get(code) or Column((), [-1] * len(table.participants))
    standings = _standings(framework, code, table)
    cells: list[Cell] = []
    answers: list[Answer] = []
    index: list[int] = [0] * len(column.index)
    for (unit_type, exempt), units in standings.items():
        first = len(cells)
        given = [column.index[u] for u in units] if len(standings) > 1 else column.index
        places = {k: first + j for j, k in enumerate(sorted(set(given)))}
        for k in places:
            answer = column.distinct[k] if k >= 0 else NO_ANSWER
            try:
                cells.append(_cell(framework, leaf, answer, maximum=leaf.max_for(unit_type), exempt=exempt))
            except AnswerRefused as refusal:
                problem = Problem(refusal.code, refusal.data)
                problems += [
                    CellProblem(u, code, problem) for u, j in zip(units, given, strict=True) if j == k
                ]
                cells.append((ZERO, ZERO, Reason("no_answer")))
            answers.append(answer)
        if len(standings) == 1:
            index = [places[k] for k in given]
        else:
            for unit, k in zip(units, given, strict=True):
                index[unit] = places[k]
    return LeafScores(cells, index, answers)


def _standings(
    framework: Framework, code: str, table: AnswerTable
) -> dict[tuple[str, Exemption | None], Sequence[int]]:
    """Units by type and by the exemption that covers them: what may change a leaf's maximum."""
    exemptions = _exemptions(framework, code)
    types = {p.type for p in table.participants}
    if len(types) == 1 and not exemptions:
        return {(types.pop(), None): range(len(table.participants))}
    standings: dict[tuple[str, Exemption | None], list[int]] = {}
    for unit, participant in enumerate(table.participants):
        exempt = next((e for e in exemptions if e.covers(participant.name, participant.type)), None)
        standings.setdefault((participant.type, exempt), []).append(unit)
    return dict(standings)


def _exemptions(framework: Framework, code: str) -> list[Exemption]:
    """Exemptions of a leaf and of everything above it."""
    node: Node | None = framework.leaves[code]
    found: list[Exemption] = []
    while node is not None:
        found += node.exempt
        node = framework.parents.get(node.code)
    return found


def _cell(
    framework: Framework, leaf: Node, answer: Answer, *, maximum: Fraction, exempt: Exemption | None
) -> Cell:
    """One outcome. Where the leaf is not for the unit, only no answer or "not applicable" may stand."""
    if maximum > 0 and exempt is None:
        if isinstance(answer, NoAnswer) and framework.without_survey(leaf.code):
            return ZERO, ZERO, Reason("no_survey")
        return score_answer(leaf, answer, maximum, calendar=framework.calendar)
    if not isinstance(answer, NoAnswer | NotApplicable):
        raise AnswerRefused("answer_for_exempt", leaf=leaf.code)
    if exempt is None:
        return ZERO, ZERO, Reason("not_for_type", {})
    return ZERO, ZERO, Reason("exempt", {"ground": exempt.ground})
