"""The matrix of a round as pages read it, and what of it the next round takes over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.assessments.queries.rounds import participants_of
from parindex.apps.assessments.queries.standing import STAGES
from parindex.apps.assessments.rules.matrix import LeftOut, applied_leaves, matrix_leaves
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.answers import NotApplicable
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer


@dataclass(frozen=True, slots=True)
class AreaCount:
    """One area of one unit: leaves that are assessed, of the leaves that it has in all."""

    area: Node
    assessed: int
    of: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What applies to one unit.

    Attributes:
        applied: leaves that the set has for it. left_out: the ruling or the reason by leaf, of those of them
            that are not assessed.
        areas: of each area, leaves that are assessed and leaves of the area in all.
    """

    participant: Participant
    applied: frozenset[str]
    left_out: Mapping[str, Ruling | str]
    areas: Sequence[AreaCount]

    @property
    def assessed(self) -> int:
        """Leaves that are assessed."""
        return len(self.applied) - len(self.left_out)


@dataclass(frozen=True)
class Matrix:
    """Units × criteria of what applies."""

    framework: Framework
    leaves: Mapping[str, Node]
    lines: Sequence[UnitLine]

    @property
    def left_out(self) -> int:
        """Exceptions in all."""
        return sum(len(line.left_out) for line in self.lines)


def matrix_between(
    framework: Framework,
    participants: Sequence[Participant],
    left_out: Mapping[str, Mapping[str, Ruling | str]],
) -> Matrix:
    """The matrix of units that need not be stored yet; exceptions by the unit's code. No query where the
    participants' units are at hand."""
    leaves = matrix_leaves(framework)
    inside = [(area, [n.code for n in area.walk() if n.code in leaves]) for area in framework.areas]
    lines = []
    for participant in participants:
        applied = applied_leaves(framework, participant)
        out = {c: why for c, why in left_out.get(participant.unit.code, {}).items() if c in applied}
        assessed = applied - out.keys()
        counts = [AreaCount(area, sum(c in assessed for c in codes), len(codes)) for area, codes in inside]
        lines.append(UnitLine(participant, applied, out, counts))
    return Matrix(framework, leaves, lines)


def matrix_of(round_: Round, unit: Participant | None = None) -> Matrix:
    """The matrix of a stored round, as it was locked and as later rulings changed it; or one unit's line."""
    framework = by_hash(round_.framework.content_hash)
    participants = [unit] if unit is not None else list(participants_of(round_))
    return matrix_between(framework, participants, _left_out(round_, framework, unit))


def _left_out(
    round_: Round, framework: Framework, unit: Participant | None = None
) -> dict[str, dict[str, Ruling | str]]:
    """The standing rulings that say “not assessed”, by unit and leaf. Two queries."""
    rulings = Ruling.objects.filter(participant__round=round_)
    if unit is not None:
        rulings = rulings.filter(participant=unit)
    leaves = set(rulings.filter(answer__iexact="n/a").values_list("leaf", flat=True))
    standing: dict[tuple[str, str], Ruling] = {}
    for ruling in rulings.filter(leaf__in=leaves).select_related("participant__unit").order_by("id"):
        place = ruling.participant.unit.code, ruling.leaf
        if place not in standing or _order(ruling) >= _order(standing[place]):
            standing[place] = ruling
    found: dict[str, dict[str, Ruling | str]] = {}
    for (code, leaf), ruling in standing.items():
        if leaf in framework.leaves and _says_not_assessed(framework.leaves[leaf], ruling.answer):
            found.setdefault(code, {})[leaf] = ruling
    return found


def _order(ruling: Ruling) -> tuple[int, int]:
    return STAGES.index(ruling.stage), ruling.turn


def _says_not_assessed(leaf: Node, answer: str) -> bool:
    try:
        return isinstance(read_answer(leaf, answer), NotApplicable)
    except AnswerRefused:
        return False


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Exceptions of the last round that a new one may begin with.

    Attributes:
        rows: under the new set's codes. gone: those whose criterion the new set does not have, or has as
            another one.
    """

    rows: Sequence[LeftOut]
    gone: Sequence[LeftOut]


def taken_over(last: Round, framework: Framework) -> TakenOver:
    """What is not assessed in the last round, carried to another criteria set by the code map between both.

    Sets that have no map to each other share no codes: everything is gone then.
    """
    old = by_hash(last.framework.content_hash)
    today = {was: code for code, was in comparable_codes(framework, old).items() if was}
    leaves = matrix_leaves(framework)
    rows, gone = [], []
    for unit, rulings in _left_out(last, old).items():
        for leaf, ruling in rulings.items():
            reason = ruling.reason if isinstance(ruling, Ruling) else ruling
            code = today.get(leaf, "")
            if code in leaves:
                rows.append(LeftOut(unit, code, reason))
            else:
                gone.append(LeftOut(unit, leaf, reason))
    return TakenOver(rows, gone)
