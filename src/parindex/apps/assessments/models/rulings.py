"""Rulings: what stands for a leaf, who said so, when and why; and the documents behind it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models.rounds import Participant
from parindex.apps.indicators.models import Value


class Counting(models.Manager["Ruling"]):
    """Rulings that count: those on leaves that a later version of the criteria set dropped are left out."""

    def get_queryset(self) -> models.QuerySet[Ruling]:
        """Without what is outdated."""
        return super().get_queryset().filter(outdated=False)


class Ruling(models.Model):
    """The answer to one leaf for one participant at one stage. Immutable; the last turn of the last stage
    stands.

    Attributes:
        answer: as `parindex.core.kernel.reading.read_answer` reads it.
        note: what the unit says beside its answer. `reason`: why whoever ruled did so.
        evidence: ``[sha-256 or "", number, page]`` of each document the ruling rested on, as it stood then.
        measured: the version of the measured value that was proposed when it was made; None: none was.
        framework_hash: the version of the criteria set that was read; empty in imported results.
        outdated: the criteria set was changed in mid-round and this leaf is no more, or asks something else.
    """

    class Stage(models.TextChoices):
        """Who ruled, in the order in which they do."""

        OPENING = "opening", "Khi mở kỳ"
        SELF = "self", "Tự chấm"
        APPRAISED = "appraised", "Thẩm định"
        EXPLAINED = "explained", "Giải trình"
        COUNCIL = "council", "Hội đồng"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="rulings")
    leaf = models.CharField(max_length=50)
    stage = models.CharField(max_length=10, choices=Stage)
    turn = models.PositiveSmallIntegerField(default=1)
    answer = models.TextField()
    se = models.CharField(max_length=60, blank=True)
    n = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=list, blank=True)
    measured = models.ForeignKey(Value, models.PROTECT, null=True, blank=True, related_name="rulings")
    framework_hash = models.CharField(max_length=64, blank=True)
    outdated = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = Counting()
    everything: ClassVar[models.Manager[Ruling]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["participant_id", "leaf", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "leaf", "stage", "turn"], name="assessments_one_ruling_per_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leaf}: {self.answer}"
