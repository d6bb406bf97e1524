"""Who appraises what, what is signed off, and the sample that is looked at on the spot."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models.rounds import Participant, RankingGroup, Round
from parindex.apps.organisations.models import Person, Unit


class Assignment(models.Model):
    """A part of the criteria set given to a lead department, for one ranking group or for all.

    `node` is an area, criterion, leaf, bonus or penalty item; the nearest assignment above a leaf counts.
    `stand_in` rules where the participant is the lead department itself: nobody rules on their own unit.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="assignments")
    node = models.CharField(max_length=50)
    group = models.ForeignKey(RankingGroup, models.PROTECT, null=True, blank=True, related_name="assignments")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    stand_in = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="stand_in_assignments"
    )

    class Meta:
        ordering: ClassVar = ["round_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "node", "group"],
                name="assessments_assignment_once",
                violation_error_message="Nội dung này đã được phân công.",
            ),
            models.UniqueConstraint(
                fields=["round", "node"],
                condition=models.Q(group__isnull=True),
                name="assessments_assignment_once_for_all",
                violation_error_message="Nội dung này đã được phân công.",
            ),
            models.CheckConstraint(
                condition=models.Q(stand_in__isnull=True) | ~models.Q(stand_in=models.F("lead")),
                name="assessments_stand_in_is_another",
                violation_error_message="Cơ quan thẩm định thay phải khác cơ quan được phân công.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node} → {self.lead}"


class Share(models.Model):
    """An appraiser's own part of an assignment; without shares, all of the department's appraisers see it."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="shares")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shares")
    node = models.CharField(max_length=50)

    class Meta:
        ordering: ClassVar = ["assignment_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "person", "node"], name="assessments_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.node}"


class SignOff(models.Model):
    """A lead department's part of one appraisal turn, signed off by its head with a letter."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sign_offs")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="sign_offs")
    turn = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=100)
    date = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["round_id", "lead_id", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "lead", "turn"],
                name="assessments_sign_off_once",
                violation_error_message="Phần việc này đã được ký gửi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead}: {self.number}"


class Visit(models.Model):
    """One drawn leaf of one unit, verified on the spot and marked a second time (phúc tra).

    The draw (seed, size, population) is in the ledger; `second` is the second marker's answer.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="visits")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="visits")
    leaf = models.CharField(max_length=50)
    second = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["round_id", "participant_id", "leaf"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "leaf"], name="assessments_visit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.leaf}"
