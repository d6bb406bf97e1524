"""An explanation (giải trình): what is in dispute about one leaf, and every turn of what was said."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models.rounds import Participant


class Explanation(models.Model):
    """One leaf of one unit in dispute. Its transitions are in `assessments.states`."""

    class State(models.TextChoices):
        """Who holds the ball."""

        ASKED = "asked", "chờ đơn vị giải trình"
        ANSWERED = "answered", "chờ cơ quan thẩm định trả lời"
        REPLIED = "replied", "đã trả lời"
        COUNCIL = "council", "trình hội đồng"
        CLOSED = "closed", "đã kết luận"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="explanations")
    leaf = models.CharField(max_length=50)
    state = models.CharField(max_length=10, choices=State)
    due_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["participant_id", "leaf"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "leaf"],
                name="assessments_one_explanation_per_leaf",
                violation_error_message="Tiêu chí này đã có hồ sơ giải trình.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.leaf}"


class Statement(models.Model):
    """One turn of an explanation: the appraiser's question or reply, the unit's ground, the ruling."""

    class Party(models.TextChoices):
        """Whose turn it was."""

        UNIT = "unit", "đơn vị"
        APPRAISER = "appraiser", "cơ quan thẩm định"
        COUNCIL = "council", "hội đồng"

    explanation = models.ForeignKey(Explanation, models.PROTECT, related_name="statements")
    position = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=10, choices=Party)
    text = models.TextField()
    claimed = models.CharField(max_length=60, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["explanation_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["explanation", "position"], name="assessments_statement_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.text[:60]}"
