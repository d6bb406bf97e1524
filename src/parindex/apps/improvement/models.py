"""What a unit decided about a lost point, where it is not a task."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models import Participant


class Acceptance(models.Model):
    """A lost point that the unit accepts, and why (chấp nhận, vì …). It is withdrawn, never changed.

    `code`: of a leaf, a penalty item, or `parindex.core.kernel.improvement.contributions.LATE`.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="acceptances")
    code = models.CharField(max_length=60)
    reason = models.CharField(max_length=600)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["participant_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "code"],
                condition=models.Q(withdrawn_at=None),
                name="improvement_accepted_once",
                violation_error_message="Nội dung mất điểm này đã được chấp nhận.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.code}"
