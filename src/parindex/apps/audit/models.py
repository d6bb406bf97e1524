"""The ledger's tables. They know only strings, hold no foreign keys, and outlive what they speak of.

The database itself refuses what the code refuses: see the migration ``0003_guards``.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models


class AppendOnly(models.QuerySet[Any]):
    """Rows that are written once: no update, no deletion."""

    def update(self, **changes: Any) -> NoReturn:
        """Refused."""
        raise TypeError("the ledger is append-only: nothing in it is changed")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("the ledger is append-only: nothing in it is deleted")

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        """Refused."""
        raise TypeError("the ledger is append-only: nothing in it is changed")


class Entry(models.Model):
    """One act, linked to the one before it in its chain by that one's hash. Never changed, never deleted.

    A chain is named ``KIND:BOOK`` or ``KIND:BOOK:SUBJECT`` (``round:minh-hoa/2024``,
    ``sheet:minh-hoa/2024:so-y-te``): `book` is that middle part, by which all chains of a round are found.
    `payload` has a version, ``v``; `texts` maps the name of each free text to its salted hash.
    """

    chain = models.CharField(max_length=300)
    book = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    payload = models.JSONField()
    texts = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering: ClassVar = ["chain", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_one_entry_per_position"),
        ]
        indexes: ClassVar = [models.Index(fields=["book", "chain", "position"], name="audit_by_book")]

    def __str__(self) -> str:
        return f"{self.place} {self.kind}"

    def save(self, *args: Any, **options: Any) -> None:
        """Append; an entry that stands cannot be saved again."""
        if self.pk is not None:
            raise TypeError("ledger entries are never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refused."""
        raise TypeError("ledger entries are never deleted")

    @property
    def place(self) -> str:
        """Where it stands: ``chain#position``."""
        return f"{self.chain}#{self.position}"


class LedgerText(models.Model):
    """What a person wrote freely, beside the entry that holds its hash.

    It may be redacted once: text and salt go, who did it, when and on what ground stay, and the chain holds.
    """

    chain = models.CharField(max_length=300)
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    salt = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.CharField(max_length=200, blank=True)
    ground = models.TextField(blank=True)

    objects = AppendOnly.as_manager()

    class Meta:
        ordering: ClassVar = ["chain", "position", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "position", "name"], name="audit_text_once"),
            models.CheckConstraint(
                condition=models.Q(redacted_at__isnull=True, redacted_by="", ground="")
                | (models.Q(redacted_at__isnull=False, text="", salt="") & ~models.Q(redacted_by="")),
                name="audit_redacted_whole",
                violation_error_message="Nội dung đã che phải ghi rõ ai che và khi nào.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.position} {self.name}"

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refused."""
        raise TypeError("ledger texts are redacted, never deleted")
