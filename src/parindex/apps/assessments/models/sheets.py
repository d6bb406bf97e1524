"""A unit's sheet (bảng tự chấm): its state, what officers are typing, who was handed what, submissions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models.rounds import Participant
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Person, Unit


class Sheet(models.Model):
    """The self-assessment of one participant. Its transitions are in `assessments.states`."""

    class State(models.TextChoices):
        """Where the sheet stands."""

        DRAFT = "draft", "đang nhập"
        SUBMITTED = "submitted", "đã nộp số liệu, chờ văn bản"
        COMPLETE = "complete", "đã nộp, có văn bản"
        RETURNED = "returned", "trả lại để hoàn thiện"

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="sheet")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    returned_reason = models.TextField(blank=True)
    returned_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["participant_id"]

    def __str__(self) -> str:
        return f"{self.participant}: {self.state}"


class Submission(models.Model):
    """One handing-in of a whole sheet: what (by hash), when, how late, and its signed report."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="submissions")
    turn = models.PositiveSmallIntegerField()
    hash = models.CharField(max_length=64)
    code = models.CharField(max_length=12)
    late_days = models.PositiveSmallIntegerField(default=0)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    report_number = models.CharField(max_length=100, blank=True)
    report_date = models.DateField(null=True, blank=True)
    report_signer = models.CharField(max_length=200, blank=True)
    report_document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="signed_reports"
    )
    report_by = models.CharField(max_length=200, blank=True)
    report_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["sheet_id", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "turn"], name="assessments_submission_turn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} #{self.turn}"


class Draft(models.Model):
    """What stands typed for a leaf and is not yet submitted. `version` grows by one with each save."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="drafts")
    leaf = models.CharField(max_length=50)
    answer = models.TextField(blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["participant_id", "leaf"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "leaf"], name="assessments_one_draft_per_leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.leaf}: {self.answer}"


class DraftEdit(models.Model):
    """What one officer did to one leaf since the last submission: from what to what, first and last save.

    Submission writes them to the ledger, one row each, and removes them.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="draft_edits")
    leaf = models.CharField(max_length=50)
    by = models.CharField(max_length=200)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    saves = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["participant_id", "leaf", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "leaf", "by"], name="assessments_one_edit_row"),
        ]

    def __str__(self) -> str:
        return f"{self.leaf}: {self.before} → {self.after}"


class Handout(models.Model):
    """A leaf handed to an officer, with the division they answer for and an internal deadline; or to a unit
    below the sheet's, whose own people then fill it in with documents of their own vault."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="handouts")
    leaf = models.CharField(max_length=50)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="handouts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="handouts")
    division = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["participant_id", "leaf"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participant", "leaf"], name="assessments_one_handout_per_leaf"),
        ]

    def __str__(self) -> str:
        return f"{self.leaf} → {self.holder}"

    @property
    def holder(self) -> str:
        """Whoever has it, by name."""
        return f"{self.unit or self.person or ''} {self.division}".strip()


class EvidenceLink(models.Model):
    """A document shown for a leaf of a sheet, at a page or section. Detaching keeps the row: who and when."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="evidence_links")
    leaf = models.CharField(max_length=50)
    document = models.ForeignKey(Document, models.PROTECT, related_name="links")
    page = models.CharField(max_length=100, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    detached_by = models.CharField(max_length=200, blank=True)
    detached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["participant_id", "leaf", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "leaf", "document", "page"],
                condition=models.Q(detached_at__isnull=True),
                name="assessments_evidence_link_once",
                violation_error_message="Tài liệu này đã được đính kèm ở đúng trang đó.",
            ),
            models.CheckConstraint(
                condition=models.Q(detached_at__isnull=True, detached_by="")
                | (models.Q(detached_at__isnull=False) & ~models.Q(detached_by="")),
                name="assessments_evidence_detached_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leaf}: {self.document}"

    @property
    def as_row(self) -> list[str]:
        """How a ruling and the ledger name it: ``[sha-256 or "", document key, page]``."""
        return [self.document.content.sha256 if self.document.content else "", self.document.key, self.page]
