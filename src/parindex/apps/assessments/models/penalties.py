"""Penalties (điểm trừ) as those who hold them enter them: one case each, with its document."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models.rounds import Participant
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Unit


class Penalty(models.Model):
    """What one document says against a unit under one penalty item. What stands gives the item's answer.

    Attributes:
        position: counts the unit's cases in a round; the ledger names them so.
        times: how many of them the document establishes, where the item's rule counts.
        answer: what the item's rule reads, where it does not count; empty otherwise.
        number, issued_on: of the document that establishes it; `document`: its file, where one was added.
        body: the unit that entered it. A withdrawn case stays, with who, when and why.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="penalties")
    position = models.PositiveSmallIntegerField()
    leaf = models.CharField(max_length=50)
    matter = models.TextField()
    times = models.PositiveSmallIntegerField(default=1)
    answer = models.TextField(blank=True)
    number = models.CharField(max_length=100)
    issued_on = models.DateField()
    body = models.ForeignKey(Unit, models.PROTECT, related_name="penalties_entered")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="penalties")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["participant_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "position"], name="assessments_penalty_position_once"
            ),
            models.CheckConstraint(
                condition=models.Q(times__gte=1),
                name="assessments_penalty_once_at_least",
                violation_error_message="Số vụ việc ít nhất là 1.",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_because="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_by="")),
                name="assessments_penalty_withdrawn_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.leaf} {self.number}"
