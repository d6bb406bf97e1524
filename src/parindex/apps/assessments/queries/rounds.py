"""Rounds and participants as the inner pages find them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from parindex.apps.assessments.models import Assignment, Extension, Participant, Round


def running_rounds(territories: Iterable[int] | None = None) -> list[Round]:
    """Rounds that are running, with their phases, newest year first; of some territories or of all."""
    rounds = Round.objects.filter(state=Round.State.RUNNING)
    if territories is not None:
        rounds = rounds.filter(territory__in=set(territories))
    return list(rounds.select_related("territory", "framework").prefetch_related("phases").order_by("-year"))


def participants_of(round_: Round) -> QuerySet[Participant]:
    """Participants with unit, group, sheet and extensions, in the order in which they were enrolled."""
    return (
        round_.participants.select_related("unit", "group", "sheet", "round")
        .prefetch_related(Prefetch("extensions", Extension.objects.order_by("id")), "round__phases")
        .order_by("group__position", "id")
    )


def find_participant(round_: Round, unit: str) -> Participant | None:
    """One participant by its unit's code."""
    return participants_of(round_).filter(unit__code=unit).first()


def participations(units: Iterable[int]) -> list[Participant]:
    """Participants of running rounds for some units, newest round first."""
    found = Participant.objects.filter(unit__in=set(units), round__state=Round.State.RUNNING)
    return list(
        found.select_related("unit", "group", "sheet", "round__territory", "round__framework")
        .prefetch_related("extensions", "round__phases")
        .order_by("-round__year", "unit__name_vi")
    )


def assignments_of(round_: Round) -> list[Assignment]:
    """Who appraises what in a round."""
    return list(round_.assignments.select_related("lead", "stand_in", "group").order_by("id"))
