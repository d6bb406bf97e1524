"""One table of what can be found. It holds no foreign keys: rooms above write into it what they own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Findable(models.Model):
    """A thing that can be found: what it is, whose it is (a unit's id), its title, and its folded words.

    The full-text index over `words` is the database's own (FTS5 on SQLite, a GIN index on PostgreSQL) and
    follows this table by itself.
    """

    kind = models.CharField(max_length=50)
    subject = models.CharField(max_length=100)
    unit = models.BigIntegerField(db_index=True)
    title = models.CharField(max_length=1200)
    head = models.TextField()
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="search_one_row_per_subject"),
        ]

    def __str__(self) -> str:
        return self.title
