"""Which figures may be supplied for a unit from elsewhere, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.assessments.rules.answers import AnswerRow, RowProblem, RowsRefused, check_answer_rows
from parindex.apps.assessments.rules.sheets import applicable_max
from parindex.core.kernel.answers import NotApplicable, Ruled
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.reading import read_answer, score_answer


Standing = Mapping[tuple[str, str], Ruling]


def supplied_leaves(framework: Framework) -> list[Node]:
    """Leaves whose figures come from surveys or systems and not from the unit's own sheet."""
    return [leaf for code, leaf in framework.leaves.items() if framework.method_of(code) != "appraisal"]


def standing_values(round_: Round, leaves: Iterable[Node]) -> dict[tuple[str, str], Ruling]:
    """What stands for those leaves over a round, by unit and leaf. One query."""
    rulings = Ruling.objects.filter(participant__round=round_, leaf__in={n.code for n in leaves})
    order = list(Ruling.Stage.values)
    by_turn = sorted(
        rulings.select_related("participant__unit"), key=lambda r: (order.index(r.stage), r.turn, r.pk)
    )
    return {(r.participant.unit.code, r.leaf): r for r in by_turn}


def check_values(
    framework: Framework,
    round_: Round,
    participants: Mapping[str, Participant],
    *,
    rows: Sequence[AnswerRow],
) -> Standing:
    """That each row is a figure the round can still take, for a leaf that is supplied. What stands for them.

    Raises:
        Refused: ``round_not_running``.
        RowsRefused: each row that is not: unreadable, a leaf the unit answers itself, points instead of a
            figure, or one that was ruled on since.
    """
    if round_.state != Round.State.RUNNING:
        raise Refused("round_not_running")
    check_answer_rows(framework, participants, rows)
    leaves = {n.code: n for n in supplied_leaves(framework)}
    standing = standing_values(round_, leaves.values())
    problems = []
    for number, row in enumerate(rows, start=1):
        try:
            _check_row(framework, participants[row.unit], row, leaves=leaves, standing=standing)
        except Refused as refusal:
            problems.append(RowProblem(number, refusal.code, refusal.data))
    if problems:
        raise RowsRefused(problems)
    return standing


def _check_row(
    framework: Framework,
    participant: Participant,
    row: AnswerRow,
    *,
    leaves: Mapping[str, Node],
    standing: Standing,
) -> None:
    leaf = leaves.get(row.leaf)
    if leaf is None:
        raise Refused("leaf_not_supplied", leaf=row.leaf)
    if not applicable_max(framework, participant, leaf):
        raise Refused("leaf_not_assessed", leaf=row.leaf)
    answer = read_answer(leaf, row.text, se=row.se, n=row.n)
    if isinstance(answer, Ruled):
        raise Refused("points_are_ruled")
    if isinstance(answer, NotApplicable):
        raise Refused("not_applicable_is_ruled", leaf=row.leaf)
    score_answer(leaf, answer, leaf.max_for(participant.type), calendar=framework.calendar)
    stood = standing.get((row.unit, row.leaf))
    if stood is not None and stood.stage != Ruling.Stage.OPENING:
        raise Refused("value_ruled_on", leaf=row.leaf, unit=participant.name_vi)
    if stood is not None and isinstance(read_answer(leaf, stood.answer), NotApplicable):
        raise Refused("leaf_not_assessed", leaf=row.leaf)
