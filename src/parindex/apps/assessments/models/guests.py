"""Links by which somebody without an account comes to one sheet, and to nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models.rounds import Participant


class GuestLink(models.Model):
    """A secret link to one participant's sheet, to fill it in or to read it, until an instant.

    The secret itself is nowhere kept: `token_hash` is its SHA-256. `name`: for whom it was made.
    """

    class Mode(models.TextChoices):
        """What whoever comes by it may do."""

        FILL = "fill", "nhập và nộp"
        READ = "read", "chỉ xem"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="guest_links")
    mode = models.CharField(max_length=4, choices=Mode)
    name = models.CharField(max_length=200)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["participant_id", "-at", "-id"]

    def __str__(self) -> str:
        return f"{self.participant}: {self.name}"

    def holds(self, at: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and at < self.expires_at
