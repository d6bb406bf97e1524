"""An assessment as matrices: points and index of every unit in a batch of draws, by the framework's
own policies.

Bonus, penalty and lateness do not belong to the tree's maximum: their points stay as they are. Units without
an index in the exact result (refused, incomplete, nothing applies) have none in any draw and take no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.indexing import extras_of, survey_leaves
from parindex.core.kernel.robustness.draws import Floats
from parindex.core.kernel.robustness.survey import SurveyCells, survey_cells
from parindex.core.kernel.totals import Exact


@dataclass(frozen=True, slots=True)
class Group:
    """One ranking group: its columns are start to stop, of which those before `ranked` are ranked."""

    name: str
    start: int
    ranked: int
    stop: int


class Part:
    """Some of the leaves: what they sum up to for every unit in every draw."""

    def __init__(self, rows: npt.NDArray[np.intp] | slice, points: Floats, maxima: Floats) -> None:
        self._rows = rows
        self._points = np.ascontiguousarray(points[rows])
        chosen = maxima[rows]
        same = bool((chosen == chosen[:, :1]).all())
        distinct, of = (chosen[:, :1].T, None) if same else np.unique(chosen.T, axis=0, return_inverse=True)
        self._maxima = np.ascontiguousarray(distinct.T)
        self._pattern = None if of is None else of.reshape(-1)
        self.known = set(range(len(points))) if isinstance(rows, slice) else set(rows.tolist())

    def points(self, batch: Batch) -> Floats:
        """Points, draws x units."""
        found: Floats = batch.multipliers[:, self._rows] @ self._points
        for cells, shift in batch.shifts:
            if cells.row in self.known:
                found[:, cells.columns] += shift
        return found

    def maxima(self, batch: Batch) -> Floats:
        """Applicable maximum, draws x units, or draws x 1 where it is the same for all units."""
        found: Floats = batch.multipliers[:, self._rows] @ self._maxima
        return found if self._pattern is None else found[:, self._pattern]


@dataclass
class Batch:
    """Some draws, worked on together.

    Attributes:
        multipliers: draws x rows of the model.
        shifts: what survey error adds to points.
        index, points, maximum: of the whole, as they enter grades and ranks; draws x units.
    """

    multipliers: Floats
    shifts: Sequence[tuple[SurveyCells, Floats]]
    index: Floats
    points: Floats
    maximum: Floats


class Model:
    """What stays the same from draw to draw.

    Attributes:
        units: positions in the table, by column.
        groups: ranking groups, in the order of columns.
        codes: the tree's leaves; a row of the model is a leaf under one set of maxima (`kinds`).
        cells: answers with a standard error.
    """

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.framework = assessment.framework
        self.codes = [c for c, n in self.framework.nodes.items() if n.is_leaf]
        self.units, self.groups = _columns(assessment)
        self.kinds, self._kind = self._standings()
        self._points = self._matrix(assessment.totals.points)
        self._maxima = self._matrix(assessment.totals.maxima)
        self._whole = Part(slice(None), self._points, self._maxima)
        self._extra, self._has_extra = self._extras()
        self.cells = survey_cells(assessment, self.codes, self.units, kinds=self._kind) if self.units else []

    @cached_property
    def nominal_maximum(self) -> Floats:
        """Each unit's applicable maximum in the exact result."""
        return np.array([float(self.assessment.units[u].applicable_max) for u in self.units])

    @property
    def normals(self) -> int:
        """How many normal numbers a draw needs."""
        return sum(len(c.numbers) for c in self.cells)

    def part(self, codes: Iterable[str]) -> Part:
        """The leaves of these codes."""
        wanted = set(codes)
        rows = [
            k * len(self.codes) + j
            for k in range(len(self.kinds))
            for j, c in enumerate(self.codes)
            if c in wanted
        ]
        return Part(np.array(rows, np.intp), self._points, self._maxima)

    def node(self, code: str) -> Part:
        """The leaves below (or at) a node of the tree."""
        return self.part(n.code for n in self.framework.nodes[code].walk() if n.is_leaf)

    def bound(self, spread: float) -> float:
        """What no index of any draw exceeds (twice this, for mixed trees at great spreads)."""
        types = {p.type for p in self.assessment.table.participants}
        policy = self.framework.index
        base = max(float(self.framework.max_for(t)) for t in types) if policy.policy == "total" else 100.0
        if policy.policy == "total" or policy.extras == "index":
            return base + float(self._extra.max(initial=0.0))
        extra = float((self._extra / self.nominal_maximum).max(initial=0.0))
        return base + 100.0 * extra * (1 + spread) / (1 - spread)

    def batch(self, multipliers: Floats, normals: Floats) -> Batch:
        """Points and index of every unit under these multipliers and errors."""
        found = Batch(
            multipliers, [(c, c.shift(normals, multipliers)) for c in self.cells], *[np.empty(0)] * 3
        )
        policy = self.framework.index
        rescales = policy.policy == "rescale_then_add_survey"
        found.points, found.maximum = (
            self._rescaled(found) if rescales else (self._whole.points(found), self._whole.maxima(found))
        )
        if self._has_extra and policy.extras == "points":
            found.points += self._extra
            np.maximum(found.points, 0.0, out=found.points)
        found.index = (
            found.points.copy() if policy.policy == "total" else found.points * (100.0 / found.maximum)
        )
        if self._has_extra and policy.extras == "index":
            found.index += self._extra
            np.maximum(found.index, 0.0, out=found.index)
        if policy.ceiling is not None:
            np.minimum(found.index, float(policy.ceiling), out=found.index)
        return found

    def _rescaled(self, batch: Batch) -> tuple[Floats, Floats]:
        """`rescale_then_add_survey`: the appraised part at its full maximum, plus the survey's points."""
        appraised, survey, appraised_full, survey_full = self._halves
        share = appraised.points(batch) / appraised.maxima(batch)
        asked = survey.maxima(batch)
        full = appraised_full.maxima(batch)
        points: Floats = share * full + survey.points(batch)
        whole = full + survey_full.maxima(batch)
        if self.framework.index.without_survey == "rescale":
            whole = np.where(asked == 0, full, whole)
        return points, whole

    @cached_property
    def _halves(self) -> tuple[Part, Part, Part, Part]:
        """Appraised and surveyed leaves, and both again as if everything applied to every unit."""
        survey = set(survey_leaves(self.framework))
        rows = len(self.codes)
        full = np.zeros_like(self._maxima)
        for k, kind in enumerate(self.kinds):
            maxima = np.array([float(self.framework.nodes[c].max_for(kind)) for c in self.codes])
            full[k * rows : (k + 1) * rows, np.array(self._kind) == k] = maxima[:, None]
        asked = np.array([c in survey for c in self.codes] * len(self.kinds))
        yes, no = np.flatnonzero(asked), np.flatnonzero(~asked)
        return (
            Part(no, self._points, self._maxima),
            Part(yes, self._points, self._maxima),
            Part(no, full, full),
            Part(yes, full, full),
        )

    def _standings(self) -> tuple[list[str], list[int]]:
        """One unit type for each distinct set of leaf maxima, and which of them holds for each column."""
        participants = self.assessment.table.participants
        types = sorted({participants[u].type for u in self.units}) or [""]
        sets = (
            {t: tuple(self.framework.nodes[c].max_for(t) for c in self.codes) for t in types}
            if len(types) > 1
            else {}
        )
        first: dict[object, int] = {}
        kinds: list[str] = []
        of: dict[str, int] = {}
        for t in types:
            key = sets.get(t)
            if key not in first:
                first[key] = len(kinds)
                kinds.append(t)
            of[t] = first[key]
        return kinds, [of[participants[u].type] for u in self.units]

    def _matrix(self, vectors: Mapping[str, Exact]) -> Floats:
        """Leaves x units as floats, once for each set of maxima, 0 where another set holds."""
        found = _floats([vectors[c] for c in self.codes])[:, np.array(self.units, np.intp)]
        if len(self.kinds) == 1:
            return found
        kind = np.array(self._kind)
        return np.concatenate([np.where(kind == k, found, 0.0) for k in range(len(self.kinds))])

    def _extras(self) -> tuple[Floats, bool]:
        """Bonus less penalty less lateness, by column."""
        framework = self.framework
        if not (framework.extras or framework.late_submission):
            return np.zeros(len(self.units)), False
        totals, participants = self.assessment.totals, self.assessment.table.participants
        found = (extras_of(framework, totals, unit=u, participant=participants[u])[0] for u in self.units)
        extra = np.array([float(points) for points in found])
        return extra, bool(extra.any())


def _columns(assessment: Assessment) -> tuple[list[int], list[Group]]:
    """Units that have an index, group by group, the ranked ones first."""
    members: dict[str, list[int]] = {}
    for unit, outcome in enumerate(assessment.units):
        if outcome.index is not None:
            members.setdefault(outcome.participant.group, []).append(unit)
    units: list[int] = []
    groups: list[Group] = []
    for name in sorted(members):
        ranked = [u for u in members[name] if assessment.units[u].rank is not None]
        start = len(units)
        units += ranked + [u for u in members[name] if assessment.units[u].rank is None]
        groups.append(Group(name, start, start + len(ranked), len(units)))
    return units, groups


def _floats(vectors: Sequence[Exact]) -> Floats:
    """Exact vectors as the nearest floats, one a row."""
    found = np.array([v.ints for v in vectors], np.float64)
    found /= np.array([[v.scale] for v in vectors], np.float64)
    for row, vector in enumerate(vectors):
        if vector.ragged is not None:
            found[row] += [float(x) for x in vector.ragged]
    return found
