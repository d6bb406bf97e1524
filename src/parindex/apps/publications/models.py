"""A publication: which result was made public when, in which bundle."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models import PUBLICITY, Round
from parindex.apps.results.models import Result
from parindex.core.formats.publicity import Publicity


class Publication(models.Model):
    """A round's result as it was published, frozen in a bundle that lies in the store by its SHA-256.

    Rows are only added. `number` counts the publications of a round from 1; the one that `replaces` another
    corrects it, and both stay. `key` is the fingerprint of the key that signed the bundle's manifest.
    `publicity`: how much of it was made public (`level`); where that is less than every reason, `excerpt` is
    the SHA-256 of what everybody may fetch instead of the bundle, and lies beside it. `decision`: number and
    date of the decision that publishes; `reason`: why a correction was made.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    result = models.ForeignKey(Result, models.PROTECT, related_name="publications")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    publicity = models.CharField(max_length=8, choices=PUBLICITY)
    sha256 = models.CharField(max_length=64)
    excerpt = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=250, blank=True)
    reason = models.TextField(blank=True)
    size = models.PositiveBigIntegerField()
    key = models.CharField(max_length=32)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["round_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="publications_number_once"),
            models.UniqueConstraint(fields=["result"], name="publications_result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} ({self.number})"

    @property
    def file_name(self) -> str:
        """What the bundle is called when it is fetched."""
        place = f"{self.round.territory.code}-{self.round.code}"
        return f"{place}-{self.number}.parindex.zip"

    @property
    def level(self) -> Publicity:
        """How much of it is for everybody."""
        return Publicity(self.publicity)

    @property
    def public_sha256(self) -> str:
        """The hash of what everybody may fetch: the excerpt where there is one, else the bundle."""
        return self.excerpt or self.sha256

    @property
    def public_name(self) -> str:
        """What that is called when it is fetched."""
        return self.file_name.replace(".parindex.", ".excerpt.") if self.excerpt else self.file_name
