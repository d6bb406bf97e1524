"""Emulation movements: what is asked, who takes part, initiatives and who uses them, who is commended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models import Round
from parindex.apps.organisations.models import Unit


class Campaign(models.Model):
    """An emulation movement (phong trào thi đua) of a territory, or of a unit for its divisions.

    Attributes:
        slogan: under which it runs. criteria: what is asked, a line each.
        document: number and date of the paper that launched it.
        round: whose published ranks the conditions speak of; None: they speak of none.
        rank: a unit's rank in its group is at most this. index: its index at least this, exact text.
        initiatives: so many of its initiatives are recognised. reuse: an author is proposed whose recognised
            initiative so many other units use. None or "": no such condition.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "đang soạn"
        RUNNING = "running", "đang phát động"
        CLOSED = "closed", "đã tổng kết"

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="territory_campaigns")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns")
    name = models.CharField(max_length=300)
    slogan = models.CharField(max_length=300, blank=True)
    start = models.DateField()
    end = models.DateField()
    criteria = models.JSONField(default=list)
    document = models.CharField(max_length=250, blank=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="campaigns")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    index = models.CharField(max_length=130, blank=True)
    initiatives = models.PositiveSmallIntegerField(null=True, blank=True)
    reuse = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-start", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="briefings_campaign_period",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Registration(models.Model):
    """That a unit, a division or a person takes part, and what they pledge.

    Attributes:
        unit: whose registration it is. name: of the division or person; empty: the unit itself.
        withdrawn: why it was taken back; empty: it stands.
    """

    class Kind(models.TextChoices):
        """Who takes part."""

        UNIT = "unit", "đơn vị"
        DIVISION = "division", "phòng, bộ phận"
        PERSON = "person", "cá nhân"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registrations")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200, blank=True)
    pledge = models.CharField(max_length=1000)
    withdrawn = models.CharField(max_length=600, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["campaign_id", "unit_id", "kind", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "kind", "name"],
                condition=models.Q(withdrawn=""),
                name="briefings_registered_once",
                violation_error_message="Đã đăng ký.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.unit_id} {self.kind} {self.name}"


class Initiative(models.Model):
    """An initiative (sáng kiến): what is done otherwise, what came of it, who recognised it.

    Attributes:
        number: counts those of its campaign from 1. authors: as printed, separated by semicolons.
        recognised_by, decision, recognised_on: who recognised it by which decision of when; all or none.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="initiatives_handed_in")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    authors = models.CharField(max_length=300)
    description = models.TextField()
    effect = models.TextField()
    recognised_by = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=100, blank=True)
    recognised_on = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["campaign_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "number"],
                name="briefings_initiative_once",
                violation_error_message="Số của sáng kiến đã có.",
            ),
            models.CheckConstraint(
                condition=models.Q(recognised_by="", decision="", recognised_on=None)
                | (~models.Q(recognised_by="") & ~models.Q(decision="") & ~models.Q(recognised_on=None)),
                name="briefings_recognised_whole",
                violation_error_message="Việc công nhận phải có cơ quan, số và ngày quyết định.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def recognised(self) -> bool:
        """Whether somebody recognised it by a decision."""
        return self.recognised_on is not None


class Reuse(models.Model):
    """That another unit uses an initiative, as that unit says itself."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="reuses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reuses")
    note = models.CharField(max_length=500)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["initiative_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "unit"],
                name="briefings_reuse_once",
                violation_error_message="Đơn vị đã ghi việc áp dụng sáng kiến này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} → {self.unit_id}"


class Commendation(models.Model):
    """The list of those proposed for commendation: drafted by the stated conditions, decided on by people.

    `number`, `issued_on`, `signer`: of the paper, as the office says them.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "dự thảo"
        ISSUED = "issued", "đã trình"

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="commendation")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    signer = models.CharField(max_length=150, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (models.Q(issued_on__isnull=False) & ~models.Q(number="")),
                name="briefings_commendation_number",
                violation_error_message="Danh sách đã trình phải có số và ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.state}"


class CommendationRevision(models.Model):
    """What the list said at one moment. Immutable.

    `rows`: ``key`` (of whom, fixed), ``kind`` (unit or person), ``name``, ``conditions`` (each with ``code``,
    ``met`` true, false or null, ``said``), ``fits`` (all are met), ``taken`` (somebody has decided to propose
    it), ``form`` (of commendation) and ``grounds`` as somebody wrote them.
    """

    commendation = models.ForeignKey(Commendation, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    rows = models.JSONField(default=list)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["commendation_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["commendation", "number"],
                name="briefings_commendation_revision_once",
                violation_error_message="Bản này của danh sách đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commendation_id}/{self.number}"
