"""Samples, the right to answer, and how many used it. A right that was used leaves no row behind."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.models.planning import RespondentGroup, Stratum, Survey


class Draw(models.Model):
    """A sample as it was drawn: what it was drawn from, and which lines came out.

    Attributes:
        frame_sha256, frame_size: of the list it was drawn from; the list itself is not kept.
        chosen: by stratum's key, the lines of the list that are in the sample (``main``) and in reserve, in
            the order they came out.
    """

    group = models.ForeignKey(RespondentGroup, models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=64)
    frame_sha256 = models.CharField(max_length=64)
    frame_size = models.PositiveIntegerField()
    chosen = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["group_id", "-id"]

    def __str__(self) -> str:
        return f"{self.group_id} {self.seed}"


class Invitation(models.Model):
    """Somebody's right to answer once. It is deleted as it is used, in the same transaction in which the
    answers are kept: nothing joins the two.

    Attributes:
        contact: telephone, e-mail or line of the list it goes to; may be empty.
        own_unit: the unit of whoever is invited, which they are not asked about.
        digest: SHA-256 of the token; the token itself is kept nowhere.
        apart: the answers of this sitting are kept unconnected, since together they would tell the unit of
            whoever gave them where too few of that unit are asked.
    """

    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="invitations")
    stratum = models.ForeignKey(Stratum, models.PROTECT, null=True, blank=True, related_name="invitations")
    contact = models.CharField(max_length=250, blank=True)
    own_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    apart = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["group_id", "stratum_id", "contact", "digest"]

    def __str__(self) -> str:
        return self.contact or self.digest[:8]


class Reserve(models.Model):
    """Somebody of a stratum's reserve list, in the order of the draw: asked where one of the official list
    cannot be. Deleted as their link is made, and as the survey closes.

    `contact`: as that of an invitation.
    """

    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="reserves")
    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="reserves")
    position = models.PositiveIntegerField()
    contact = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["group_id", "stratum_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stratum", "position"],
                name="surveys_reserve_once",
                violation_error_message="Chỗ này của danh sách dự phòng đã có người.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stratum_id} {self.position}"


class Counter(models.Model):
    """An open way to answer: a QR poster or a tablet at a counter, a link that anybody may follow.

    Attributes:
        code: what stands in its address; unguessable.
        hourly: how many answers are taken in an hour.
        hour, taken: the hour of the last answer and how many came in it; of earlier hours nothing is kept.
        closed: it takes nothing more.
    """

    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="counters")
    stratum = models.ForeignKey(Stratum, models.PROTECT, null=True, blank=True, related_name="counters")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="survey_counters")
    code = models.CharField(max_length=32, unique=True)
    label = models.CharField(max_length=200)
    hourly = models.PositiveSmallIntegerField(default=30)
    hour = models.DateTimeField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    closed = models.BooleanField(default=False)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["group_id", "unit_id", "label", "id"]

    def __str__(self) -> str:
        return f"{self.unit} · {self.label}"


class Tally(models.Model):
    """How many of a group, or of one of its strata, were invited; no more. Who answered is not among it: a
    sitting is counted by the first of its answers."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tallies")
    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="tallies")
    stratum = models.ForeignKey(Stratum, models.CASCADE, null=True, blank=True, related_name="tallies")
    issued = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["group_id", "stratum_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(stratum__isnull=True),
                name="surveys_tally_group_once",
            ),
            models.UniqueConstraint(
                fields=["group", "stratum"],
                condition=models.Q(stratum__isnull=False),
                name="surveys_tally_stratum_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.issued)
