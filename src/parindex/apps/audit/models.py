"""The ledger's one table. It knows only strings, holds no foreign keys, and outlives what it speaks of."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models


class Entry(models.Model):
    """One act, linked to the one before it in its chain by that one's hash. Never changed, never deleted.

    A chain is named ``KIND:BOOK`` or ``KIND:BOOK:SUBJECT`` (``round:minh-hoa/2024``,
    ``sheet:minh-hoa/2024:so-y-te``): `book` is that middle part, by which all chains of a round are found.
    """

    chain = models.CharField(max_length=300)
    book = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=300)
    payload = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["chain", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_one_entry_per_position"),
        ]
        indexes: ClassVar = [models.Index(fields=["book", "chain", "position"], name="audit_by_book")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.position} {self.kind}"

    def save(self, *args: Any, **options: Any) -> None:
        """Append; an entry that stands cannot be saved again."""
        if self.pk is not None:
            raise TypeError("ledger entries are never changed")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refused."""
        raise TypeError("ledger entries are never deleted")
