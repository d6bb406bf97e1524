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


class Sample(models.Model):
    """One draw of leaves to be verified on the spot (phúc tra): `each` of every unit, by a recorded seed.

    How the seed decides is said in `parindex.apps.assessments.rules.sampling.drawn`; `seed_from` names the
    ledger's entry whose hash it is, empty where somebody entered it. A later draw adds leaves and replaces
    none.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="samples")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=100)
    seed_from = models.CharField(max_length=350, blank=True)
    each = models.PositiveSmallIntegerField()
    population = models.PositiveIntegerField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["round_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="assessments_sample_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} #{self.number}"


class Visit(models.Model):
    """One drawn leaf of one unit, verified on the spot and marked a second time.

    Attributes:
        second: the second marker's answer, who has not been shown the first; empty until it is kept.
        visited_on, place, present: when, where and with whom it was verified; `minutes`: what was found.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="visits")
    sample = models.ForeignKey(Sample, models.PROTECT, related_name="visits")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="visits")
    leaf = models.CharField(max_length=50)
    second = models.TextField(blank=True)
    visited_on = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=250, blank=True)
    present = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["round_id", "participant_id", "leaf"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "leaf"], name="assessments_visit_once"),
            models.CheckConstraint(
                condition=models.Q(at__isnull=True, by="", second="")
                | (models.Q(at__isnull=False) & ~models.Q(by="") & ~models.Q(second="")),
                name="assessments_visit_whole",
                violation_error_message="Kết quả phúc tra phải ghi rõ ai chấm và khi nào.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.leaf}"
