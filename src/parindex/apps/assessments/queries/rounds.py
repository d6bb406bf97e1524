"""Rounds and participants as the inner pages find them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from parindex.apps.assessments.ledger import rounds_named
from parindex.apps.assessments.models import Assignment, Extension, Handout, Participant, Round


def running_rounds(territories: Iterable[int] | None = None) -> list[Round]:
    """Rounds that are running, with their phases, newest year first; of some territories or of all."""
    rounds = Round.objects.filter(state=Round.State.RUNNING)
    if territories is not None:
        rounds = rounds.filter(territory__in=set(territories))
    return list(rounds.select_related("territory", "framework").prefetch_related("phases").order_by("-year"))


def rounds_of(territory: int) -> list[Round]:
    """Every round that a territory runs, newest year first."""
    found = Round.objects.filter(territory=territory).select_related("framework", "territory")
    return list(found.order_by("-year", "-pk"))


def inside_results(units: Iterable[int]) -> list[Round]:
    """Rounds published inside for somebody of these units, newest first: run there or taken part in."""
    mine = set(units)
    found = Round.objects.filter(
        Q(territory__in=mine) | Q(participants__unit__in=mine),
        state=Round.State.PUBLISHED,
        audience=Round.Audience.INSIDE,
    )
    return list(found.select_related("territory__parent__parent").distinct().order_by("-year", "-pk"))


def participants_of(round_: Round) -> QuerySet[Participant]:
    """Participants with unit, group, sheet and extensions, in the order in which they were enrolled."""
    return (
        round_.participants.select_related("unit", "group", "sheet", "round")
        .prefetch_related(Prefetch("extensions", Extension.objects.order_by("id")), "round__phases")
        .order_by("group__position", "id")
    )


def find_participant(round_: Round, unit: str) -> Participant | None:
    """One participant by its unit's code, with unit, group and sheet. One query."""
    found = round_.participants.select_related("unit", "group", "sheet").filter(unit__code=unit).first()
    if found is not None:
        found.round = round_
    return found


def participant_named(round_name: str, unit: str) -> Participant | None:
    """One participant with unit, group, sheet, round, criteria set and territory. One query."""
    named = rounds_named(round_name, "round__")
    if named is None:
        return None
    found = Participant.objects.filter(**named, unit__code=unit).defer("round__framework__source")
    related = ("unit", "group", "sheet", "round__framework", "round__territory__parent")
    return found.select_related(*related).order_by().first()


def keep_windows(participant: Participant) -> None:
    """Read a participant's phases and extensions once for all that asks for them after this. Two queries."""
    prefetch_related_objects(
        [participant], Prefetch("extensions", Extension.objects.order_by("id")), "round__phases"
    )


def participations(units: Iterable[int]) -> list[Participant]:
    """Participants of running rounds for some units, newest round first."""
    found = Participant.objects.filter(unit__in=set(units), round__state=Round.State.RUNNING)
    return list(
        found.select_related("unit", "group", "sheet", "round__territory", "round__framework")
        .prefetch_related("extensions", "round__phases")
        .order_by("-round__year", "unit__name_vi")
    )


def handed_to(units: Iterable[int]) -> dict[Participant, list[Handout]]:
    """Leaves of running rounds that were handed to some units by another unit's sheet. One query."""
    found = Handout.objects.filter(unit__in=set(units), participant__round__state=Round.State.RUNNING)
    kept: dict[Participant, list[Handout]] = {}
    for handout in found.select_related(
        "participant__unit", "participant__round__territory__parent__parent"
    ).order_by("participant", "leaf"):
        kept.setdefault(handout.participant, []).append(handout)
    return kept


def assignments_of(round_: Round) -> list[Assignment]:
    """Who appraises what in a round."""
    return list(round_.assignments.select_related("lead", "stand_in", "group").order_by("id"))
