"""The recorded penalties of a round or a unit, as pages list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from parindex.apps.assessments.models import Participant, Penalty, Round


def penalties_of(participant: Participant, leaf: str = "") -> list[Penalty]:
    """A unit's cases in the order in which they were entered, withdrawn ones too. One query."""
    found = _read(Penalty.objects.filter(participant=participant))
    return list(found.filter(leaf=leaf) if leaf else found)


def penalties_in(round_: Round) -> list[Penalty]:
    """Every case of a round, newest first. One query."""
    found = _read(Penalty.objects.filter(participant__round=round_))
    return list(found.select_related("participant__unit").order_by("-at", "-pk"))


def standing_penalties(
    round_: Round, participants: Iterable[int], leaves: Iterable[str]
) -> Mapping[tuple[int, str], list[Penalty]]:
    """Standing cases by participant and item, in the order in which they were entered. One query."""
    found: dict[tuple[int, str], list[Penalty]] = {}
    cases = Penalty.objects.filter(
        participant__round=round_,
        participant__in=set(participants),
        leaf__in=set(leaves),
        withdrawn_at=None,
    )
    for case in cases.order_by("participant_id", "position"):
        found.setdefault((case.participant_id, case.leaf), []).append(case)
    return found


def _read(cases: QuerySet[Penalty]) -> QuerySet[Penalty]:
    return (
        cases.select_related("body", "document__content")
        .defer("document__text")
        .order_by("participant_id", "position")
    )
