"""What computations and pages read of rounds."""

from __future__ import annotations

from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.answers import NO_ANSWER, Answer, AnswerTable, Column
from parindex.core.kernel.answers import Participant as Who
from parindex.core.kernel.framework import Node
from parindex.core.kernel.reading import read_answer


STAGES = list(Ruling.Stage.values)


def answer_table(round_: Round) -> tuple[AnswerTable, list[Participant]]:
    """The standing answers of a whole round as the kernel reads them, and its participants in the same
    order."""
    framework = by_hash(round_.framework.content_hash)
    participants = list(round_.participants.select_related("unit", "group").order_by("id"))
    at = {p.pk: k for k, p in enumerate(participants)}
    standing: dict[tuple[str, int], tuple[str, str, str]] = {}
    rulings = Ruling.objects.filter(participant__round=round_).order_by("id")
    order: dict[tuple[str, int], tuple[int, int]] = {}
    for pk, leaf, stage, turn, text, se, n in rulings.values_list(
        "participant_id", "leaf", "stage", "turn", "answer", "se", "n"
    ):
        key, rank = (leaf, at[pk]), (STAGES.index(stage), turn)
        if rank >= order.get(key, (-1, -1)):
            order[key], standing[key] = rank, (text, se, n)
    columns = {code: _column(leaf, standing, len(participants)) for code, leaf in framework.leaves.items()}
    people = [Who(p.name_vi, p.type, p.group.code, p.late_days) for p in participants]
    return AnswerTable(people, columns), participants


def _column(leaf: Node, standing: dict[tuple[str, int], tuple[str, str, str]], size: int) -> Column:
    """One leaf over all units; each distinct answer is read once."""
    distinct: list[Answer] = [NO_ANSWER]
    places: dict[tuple[str, str, str], int] = {("", "", ""): 0}
    index = []
    for unit in range(size):
        written = standing.get((leaf.code, unit), ("", "", ""))
        place = places.get(written)
        if place is None:
            place = places[written] = len(distinct)
            distinct.append(read_answer(leaf, written[0], se=written[1], n=written[2]))
        index.append(place)
    return Column(distinct, index)


def standing_ruling(*, territory: str, year: int, group: str, unit: str, leaf: str) -> Ruling | None:
    """The standing ruling on one leaf of one participant."""
    rulings = Ruling.objects.filter(
        participant__round__territory__code=territory,
        participant__round__territory__parent=None,
        participant__round__year=year,
        participant__group__code=group,
        participant__unit__code=unit,
        leaf=leaf,
    )
    return max(rulings, key=_order, default=None)


def standing_rows(*, territory: str, year: int, group: str) -> list[list[str]]:
    """Every standing answer of a ranking group in the long form that `parindex score` reads, header first."""
    rulings = Ruling.objects.filter(
        participant__round__territory__code=territory,
        participant__round__territory__parent=None,
        participant__round__year=year,
        participant__group__code=group,
    ).select_related("participant")
    standing: dict[tuple[int, str], Ruling] = {}
    for ruling in rulings.order_by("participant_id", "id"):
        key = (ruling.participant_id, ruling.leaf)
        kept = standing.get(key)
        if kept is None or _order(ruling) >= _order(kept):
            standing[key] = ruling
    header = ["unit", "criterion", "answer", "group", "type", "se", "n", "late_days"]
    return [header, *(_row(ruling, group) for ruling in standing.values())]


def _order(ruling: Ruling) -> tuple[int, int]:
    return STAGES.index(ruling.stage), ruling.turn


def _row(ruling: Ruling, group: str) -> list[str]:
    who = ruling.participant
    late = str(who.late_days) if who.late_days else ""
    return [who.name_vi, ruling.leaf, ruling.answer, group, who.type, ruling.se, ruling.n, late]
