"""What computations and pages read of rounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F, Q

from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.frameworks.queries import by_hash
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.answers import NO_ANSWER, Answer, AnswerTable, Column
from parindex.core.kernel.answers import Participant as Who
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.reading import read_answer


HEADER = ["unit", "criterion", "answer", "group", "type", "se", "n", "late_days"]
OPEN = {
    "audience": Round.Audience.PUBLIC,
    "publicity__in": [level for level in Publicity if level.shows_reasons],
}
"""Rounds whose answers everybody may see once they are published."""
STAGES = list(Ruling.Stage.values)


Written = tuple[str, str, str]


def published(round_: str = "", when: str = "") -> Q:
    """What is published: a round's latest, and what stood when its correction began while it is corrected.

    `round_`: the way to the round, with its underscores. `when`: the field that says when a thing came about.
    """
    since = f"{round_}corrected_since"
    under_way = Q(**{f"{when}__lte": F(since)}) if when else Q(**{f"{since}__isnull": False})
    return Q(**{f"{round_}state": Round.State.PUBLISHED}) | under_way


def answer_table(round_: Round) -> tuple[AnswerTable, list[Participant]]:
    """The standing answers of a whole round as the kernel reads them, and its participants in the same
    order."""
    framework = by_hash(round_.framework.content_hash)
    participants = list(round_.participants.select_related("unit", "group").order_by("id"))
    at = {p.pk: k for k, p in enumerate(participants)}
    rulings = Ruling.objects.filter(participant__round=round_).order_by("id")
    rows = rulings.values_list("participant_id", "leaf", "stage", "turn", "answer", "se", "n")
    standing = standing_answers(
        ((leaf, at[pk]), (STAGES.index(stage), turn), (text, se, n))
        for pk, leaf, stage, turn, text, se, n in rows
    )
    people = [Who(p.name_vi, p.type, p.group.code, p.late_days) for p in participants]
    return table_of(framework, people, standing), participants


def standing_answers(
    rulings: Iterable[tuple[tuple[str, int], tuple[int, int], Written]],
) -> dict[tuple[str, int], Written]:
    """Of rulings as (place, (stage, turn), what was written): the last of each place."""
    order: dict[tuple[str, int], tuple[int, int]] = {}
    standing: dict[tuple[str, int], Written] = {}
    for place, rank, written in rulings:
        if rank >= order.get(place, (-1, -1)):
            order[place], standing[place] = rank, written
    return standing


def table_of(
    framework: Framework, people: Sequence[Who], standing: Mapping[tuple[str, int], Written]
) -> AnswerTable:
    """A round as the kernel reads it, from what stands for each (leaf, position in `people`)."""
    columns = {code: _column(leaf, standing, len(people)) for code, leaf in framework.leaves.items()}
    return AnswerTable(people, columns)


def _column(leaf: Node, standing: Mapping[tuple[str, int], Written], size: int) -> Column:
    """One leaf over all units; each distinct answer is read once."""
    distinct: list[Answer] = [NO_ANSWER]
    places: dict[Written, int] = {("", "", ""): 0}
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
    """The standing ruling on one leaf of one participant of a published round whose reasons are public."""
    found = _standing_rulings(territory=territory, year=year, group=group, unit=unit, leaves=[leaf])
    return found.get(leaf)


def standing_errors(
    *, territory: str, year: int, group: str, unit: str, leaves: Iterable[str]
) -> dict[str, Ruling]:
    """As `standing_ruling` for some leaves, those with a standard error alone. One query."""
    found = _standing_rulings(territory=territory, year=year, group=group, unit=unit, leaves=leaves)
    return {leaf: ruling for leaf, ruling in found.items() if ruling.se}


def _standing_rulings(
    *, territory: str, year: int, group: str, unit: str, leaves: Iterable[str]
) -> dict[str, Ruling]:
    rulings = Ruling.objects.filter(
        published("participant__round__", "at"),
        participant__round__territory__code=territory,
        participant__round__territory__parent=None,
        participant__round__year=year,
        **{f"participant__round__{k}": v for k, v in OPEN.items()},
        participant__group__code=group,
        participant__unit__code=unit,
        leaf__in=list(leaves),
    )
    return {ruling.leaf: ruling for ruling in sorted(rulings, key=lambda r: (_order(r), r.pk))}


def standing_rows(*, territory: str, year: int, group: str) -> list[list[str]]:
    """Every standing answer of a ranking group as `parindex score` reads them, where answers are public.

    Who never answered stands there too, with an empty answer: they are counted and ranked like the others.
    """
    participants = Participant.objects.filter(
        published("round__"),
        round__territory__code=territory,
        round__territory__parent=None,
        round__year=year,
        **{f"round__{k}": v for k, v in OPEN.items()},
        group__code=group,
    )
    standing: dict[int, dict[str, Ruling]] = {}
    rulings = Ruling.objects.filter(published("participant__round__", "at"), participant__in=participants)
    for ruling in rulings.order_by("id"):
        of_unit = standing.setdefault(ruling.participant_id, {})
        kept = of_unit.get(ruling.leaf)
        if kept is None or _order(ruling) >= _order(kept):
            of_unit[ruling.leaf] = ruling
    rows = [HEADER]
    for who in participants.select_related("round__framework").order_by("id"):
        answered = standing.get(who.pk) or _nothing(who)
        rows += [_row(who, ruling, group) for ruling in answered.values()]
    return rows


def _order(ruling: Ruling) -> tuple[int, int]:
    return STAGES.index(ruling.stage), ruling.turn


def _nothing(who: Participant) -> dict[str, Ruling]:
    """An empty answer to the first leaf."""
    leaf = next(iter(by_hash(who.round.framework.content_hash).leaves))
    return {leaf: Ruling(participant=who, leaf=leaf)}


def _row(who: Participant, ruling: Ruling, group: str) -> list[str]:
    late = str(who.late_days) if who.late_days else ""
    return [who.name_vi, ruling.leaf, ruling.answer, group, who.type, ruling.se, ruling.n, late]
