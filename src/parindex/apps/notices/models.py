"""What somebody was told. It knows people as the ledger does, by reference (``person:17``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Notice(models.Model):
    """One thing told to one person: a code with data, said in the reader's language when it is read.

    `data` holds strings only. `url` is an address of the site.
    """

    to = models.CharField(max_length=200)
    kind = models.CharField(max_length=50)
    data = models.JSONField()
    url = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["to", "-id"], name="notices_of_person")]

    def __str__(self) -> str:
        return f"{self.to}: {self.kind}"
