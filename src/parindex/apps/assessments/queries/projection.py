"""“If the year ended today”: a sheet with measured values in place of answers that are still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.sheets import SheetView, score_one, sheet_view
from parindex.apps.assessments.rules.measured import Proposal


@dataclass(frozen=True)
class Projection:
    """A participant's index as it stands, and with what was measured put in.

    `filled`: the leaves that were empty and have a measured value; `missing`: those that have none either
    and count as the criteria set counts what is not answered.
    """

    participant: Participant
    sheet: SheetView
    index: Fraction | None
    points: Fraction
    applicable_max: Fraction
    filled: Sequence[Proposal]
    missing: int


def running_participations(units: Iterable[int]) -> list[Participant]:
    """Where units take part in running rounds, the newest year first. One query."""
    found = Participant.objects.filter(unit__in=set(units), round__state=Round.State.RUNNING)
    found = found.select_related("round__framework", "round__territory__parent", "unit", "group", "sheet")
    return list(found.defer("round__framework__source").order_by("-round__year", "round_id"))


def projection(participant: Participant) -> Projection:
    """One participant's sheet, scored by the kernel as any other. A fixed number of queries."""
    view = sheet_view(participant)
    measured = proposals_for(participant.round, [participant])
    filled = {
        leaf: found for (_, leaf), found in measured.items() if view.entries[leaf].is_missing and found.answer
    }
    written = {
        code: (filled[code].answer if code in filled else entry.answer, "", "")
        for code, entry in view.entries.items()
    }
    whole = score_one(view.framework, participant, written).units[0]
    return Projection(
        participant,
        view,
        whole.index,
        whole.points,
        whole.applicable_max,
        list(filled.values()),
        len(view.missing) - len(filled),
    )
