"""Stored criteria sets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

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
