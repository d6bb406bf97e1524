"""The main arithmetic: a framework and answers give points, indexes, grades, ranks, and every reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from parindex.core.kernel.answers import AnswerTable, Participant
from parindex.core.kernel.assessment import NodeOutcome, UnitOutcome
from parindex.core.kernel.framework import Framework, Unranked
from parindex.core.kernel.grading import apply_quotas, grade
from parindex.core.kernel.indexing import Indexed, index_unit, parts_of
from parindex.core.kernel.numbers import half_up
from parindex.core.kernel.ranking import rank, sortable
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.totals import Totals, add_up, percentage, percentages


HUNDRED = Fraction(100)
WHOLE = ""


class Assessment:
    """A round's result. Unit positions are the table's; nothing is rounded; node outcomes come when asked.

    Attributes:
        units: one outcome per participant.
    """

    def __init__(self, framework: Framework, table: AnswerTable, totals: Totals) -> None:
        self.framework = framework
        self.table = table
        self.totals = totals
        parts = parts_of(framework, totals, len(table.participants))
        self._indexed = [
            index_unit(framework, totals, parts, unit=u, participant=p)
            for u, p in enumerate(table.participants)
        ]
        remarks = [list(i.remarks) for i in self._indexed]
        self._not_ranked = [_unranked(framework, p) for p in table.participants]
        grades = self._grades(remarks)
        ranks = self._ranks()
        for u, why in enumerate(self._not_ranked):
            if why is not None:
                remarks[u].append(Reason("not_ranked", {"ground": why.ground}))
        bands = framework.grades.bands
        self.units: Sequence[UnitOutcome] = [
            UnitOutcome(p, i.points, i.maximum, i.index, None if g is None else bands[g], r, tuple(m))
            for p, i, g, r, m in zip(table.participants, self._indexed, grades, ranks, remarks, strict=True)
        ]

    def node(self, unit: int, code: str) -> NodeOutcome:
        """One node (tree, bonus or penalty item) for one unit; "" is the whole."""
        if code == WHOLE:
            whole = self._indexed[unit]
            return NodeOutcome(WHOLE, whole.points, whole.maximum, whole.index)
        scored, maxima = self.totals.points[code], self.totals.maxima[code]
        points, maximum, index = scored[unit], maxima[unit], percentage(scored, maxima, unit)
        if code in self._penalties:
            points, index = -points, None if index is None else -index
        scores = self.totals.leaves.get(code)
        if scores is None:
            return NodeOutcome(code, points, maximum, index)
        at = scores.index[unit]
        return NodeOutcome(code, points, maximum, index, scores.cells[at][2], scores.answers[at])

    def alike(self, code: str) -> Sequence[int] | None:
        """For each unit a number that those with the very same outcome of a leaf have in common; None for a
        node that is no leaf."""
        scores = self.totals.leaves.get(code)
        return None if scores is None else scores.index

    def nodes(self, unit: int) -> Mapping[str, NodeOutcome]:
        """Every node for one unit, printed order, then bonus and penalty items."""
        return {code: self.node(unit, code) for code in (*self.framework.nodes, *self.framework.extras)}

    def node_indexes(self, code: str) -> list[Fraction | None]:
        """Every unit's index of a node; None where it does not apply."""
        return percentages(self.totals.points[code], self.totals.maxima[code])

    def node_ranks(self, code: str) -> list[int | None]:
        """Rank of each unit in its group by that node's index; no tie-breakers."""
        keys = [(k,) for k in sortable(self.node_indexes(code))]
        return self._rank_groups(
            keys, [k[0][0] == 1 and self._indexed[u].index is not None for u, k in enumerate(keys)]
        )

    def groups(self) -> Mapping[str, Sequence[int]]:
        """Unit positions of each ranking group: ranked ones by rank, then unranked by index; then by name."""

        def key(unit: int) -> tuple[bool, int, Fraction, bool, str]:
            outcome = self.units[unit]
            return (
                outcome.rank is None,
                outcome.rank or 0,
                -(outcome.index or Fraction(0)),
                outcome.index is None,
                outcome.participant.name,
            )

        return {group: sorted(members, key=key) for group, members in self._members.items()}

    @cached_property
    def _penalties(self) -> frozenset[str]:
        penalty = self.framework.penalty
        return frozenset(n.code for n in penalty.items) if penalty else frozenset()

    @cached_property
    def _members(self) -> Mapping[str, list[int]]:
        members: dict[str, list[int]] = {}
        for unit, participant in enumerate(self.table.participants):
            members.setdefault(participant.group, []).append(unit)
        return dict(sorted(members.items()))

    def _grades(self, remarks: list[list[Reason]]) -> list[int | None]:
        """Band positions, quotas applied inside each group to its ranked units."""
        policy = self.framework.grades
        found: list[int | None] = []
        for unit, indexed in enumerate(self._indexed):
            position, why = grade(policy, indexed.index, lambda code, unit=unit: self.node(unit, code))  # type: ignore[misc]
            found.append(position)
            remarks[unit] += why
        if policy.quotas:
            for members in self._members.values():
                graded = {
                    u: k for u in members if (k := found[u]) is not None and self._not_ranked[u] is None
                }
                indexes = {u: i for u in graded if (i := self._indexed[u].index) is not None}
                apply_quotas(policy, graded, indexes=indexes, remarks=dict(enumerate(remarks)))
                for unit, position in graded.items():
                    found[unit] = position
        return found

    def _ranks(self) -> list[int | None]:
        policy = self.framework.ranking
        indexes = [i.index for i in self._indexed]
        if policy.precision is not None:
            indexes = [None if i is None else half_up(i, policy.precision) for i in indexes]
        columns = [sortable(indexes), *(sortable(self.node_indexes(code)) for code in policy.tie_breakers)]
        able = [
            i.index is not None and why is None
            for i, why in zip(self._indexed, self._not_ranked, strict=True)
        ]
        return self._rank_groups([tuple(column[u] for column in columns) for u in range(len(indexes))], able)

    def _rank_groups(self, keys: Sequence[tuple[object, ...]], able: Sequence[bool]) -> list[int | None]:
        """Ranks inside each group of the units that can be ranked and may be."""
        ranks: list[int | None] = [None] * len(keys)
        for members in self._members.values():
            ranked = [u for u in members if able[u] and self._not_ranked[u] is None]
            for unit, place in zip(
                ranked, rank([keys[u] for u in ranked], self.framework.ranking.ties), strict=True
            ):
                ranks[unit] = place
        return ranks


def _unranked(framework: Framework, participant: Participant) -> Unranked | None:
    """Why a unit is graded but not ranked, if so."""
    for group in framework.ranking.not_ranked:
        if participant.name in group.units or participant.type in group.types:
            return group
    return None


def assess(framework: Framework, table: AnswerTable) -> Assessment:
    """Score a whole round: ranks and quotas need the group.

    Args:
        framework: a checked framework.
        table: its answers; the order of units and columns does not matter.

    Raises:
        TableRefused: answers that cannot be scored, each named; nothing is computed then.
    """
    return Assessment(framework, table, add_up(framework, table))


__all__ = ["Assessment", "Indexed", "assess"]
