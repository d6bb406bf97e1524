"""The briefing of a unit's month: kept revision by revision, frozen once issued; what was concluded."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.organisations.models import Unit


class Briefing(models.Model):
    """The briefing of a unit, or of a territory, on one month.

    Attributes:
        month: its first day.
        held_on: the day of the meeting. number, issued_on, signer: of the paper, as the office says them.
    """

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "dự thảo"
        ISSUED = "issued", "đã ban hành"

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="territory_briefings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="briefings")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    held_on = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    signer = models.CharField(max_length=150, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-month", "unit_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "month"],
                name="briefings_briefing_once",
                violation_error_message="Báo cáo giao ban tháng này của đơn vị đã có.",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1),
                name="briefings_month_first",
                violation_error_message="Tháng ghi bằng ngày đầu tháng.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (models.Q(issued_on__isnull=False) & ~models.Q(number="")),
                name="briefings_issued_has_number",
                violation_error_message="Báo cáo đã ban hành phải có số và ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"


class BriefingRevision(models.Model):
    """What a briefing said at one moment. Immutable: who changes it adds one.

    Attributes:
        sections: ``code``, ``text`` and ``drafted`` of each, in order: a section whose text is what was
            drafted from data is drafted anew when data are; one that a person wrote stays.
        figures: rows of the table of indicators as text, see `parindex.apps.briefings.figures.Row`.
        conclusions: ``content``, ``unit`` (an address by codes, or empty), ``due`` (ISO, or empty).
    """

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    sections = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    conclusions = models.JSONField(default=list)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["briefing_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["briefing", "number"],
                name="briefings_revision_once",
                violation_error_message="Bản này của báo cáo đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.number}"


class Conclusion(models.Model):
    """One conclusion of an issued briefing (kết luận): what, whose, until when."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="conclusions")
    number = models.PositiveSmallIntegerField()
    content = models.CharField(max_length=1000)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="conclusions")
    due = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["briefing_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["briefing", "number"],
                name="briefings_conclusion_once",
                violation_error_message="Số thứ tự của kết luận đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}/{self.number}"

    @property
    def origin(self) -> str:
        """How the task that carries it out names it."""
        return f"briefing:{self.briefing_id}/{self.number}"
