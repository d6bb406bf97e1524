"""Stored criteria sets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.organisations.models import Unit
from parindex.core.kernel.text import Text


class FrameworkVersion(models.Model):
    """One version of one criteria set: its file word for word, and the hash of what it says."""

    identifier = models.SlugField(max_length=100)
    version = models.CharField(max_length=50)
    content_hash = models.CharField(max_length=64, unique=True)
    title_vi = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500, blank=True)
    source = models.TextField()
    stored_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["identifier", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identifier", "version"],
                name="frameworks_version_once",
                violation_error_message="Phiên bản này của bộ tiêu chí đã được lưu với nội dung khác.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.version}"

    @property
    def title(self) -> Text:
        """Both titles."""
        return Text(self.title_vi, self.title_en)


class SetDraft(models.Model):
    """A criteria set that is being made (bản soạn): the data of its file, until it is locked.

    `content` is `parindex.core.formats.framework_rows` data: with keys of rows, perhaps unfinished or wrong.
    `number` is its newest version; `locked` the stored set that came of it.
    """

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="set_drafts")
    base = models.ForeignKey(FrameworkVersion, models.PROTECT, null=True, related_name="successors")
    locked = models.OneToOneField(FrameworkVersion, models.PROTECT, null=True, related_name="draft")
    dropped = models.BooleanField(default=False)
    number = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.content.get('id', '')} {self.content.get('version', '')}"

    @property
    def title(self) -> Text:
        """Both titles, as typed so far."""
        title = self.content.get("title") or ""
        return Text(title) if isinstance(title, str) else Text(title.get("vi", ""), title.get("en", ""))


class SetDraftVersion(models.Model):
    """One state of a set being made: every change is one, so that any can be gone back to.

    `change` says what was done (`parindex.core.wording.terms`, family ``set_change``), `place` to which row.
    """

    draft = models.ForeignKey(SetDraft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    change = models.CharField(max_length=30)
    place = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["draft_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "number"],
                name="frameworks_draft_version_once",
                violation_error_message="Bản soạn đã có phiên bản này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft} #{self.number}"
