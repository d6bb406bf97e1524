"""What the office said once for all its papers, and what came back of each: number, date, signer, file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Unit


RECORD = "bien-ban-tham-dinh"
"""The kind of a unit's appraisal record."""


class Office(models.Model):
    """What the office behind a territory's papers says once, so that nobody writes it into each of them.

    Attributes:
        standing: the unit that is the council's standing body; None: nobody said which.
        grounds: laws and programmes that every paper cites (căn cứ), one a line.
        copies: who gets a copy of what the territory's governing body issues (nơi nhận), one a line.
    """

    territory = models.OneToOneField(Unit, models.PROTECT, related_name="papers_office")
    standing = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    grounds = models.TextField(blank=True)
    copies = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["territory_id"]

    def __str__(self) -> str:
        return str(self.territory)


class IssuedPaper(models.Model):
    """A paper of a round, or of one unit in it, as the office issued it. Until there is one, the paper
    is a draft.

    Rows are only added; the one that `replaces` another was issued instead of it, and both stay.

    Attributes:
        participant: the unit whose paper it is; None: the round's.
        kind: code of the kind (`parindex.core.papers.rounds.PAPERS`; of a unit's paper `RECORD`).
        number: with its notation, ``2162/QĐ-UBND``. `signer`, `position`: as written on it.
        document: the signed file, in the vault of whoever runs the round; None: only the number is known.
        code: of the result that the draft told when it was issued; empty for a paper of no result.
        code_read: whether that code was read in the file itself.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="issued_papers")
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="issued_papers"
    )
    kind = models.CharField(max_length=50)
    number = models.CharField(max_length=100)
    date = models.DateField()
    signer = models.CharField(max_length=200)
    position = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="issued_papers"
    )
    code = models.CharField(max_length=20, blank=True)
    code_read = models.BooleanField(default=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["round_id", "kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "kind"],
                condition=models.Q(replaces__isnull=True, participant__isnull=True),
                name="papers_first_issue_once",
                violation_error_message="Văn bản này đã được ghi là ban hành.",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=models.Q(replaces__isnull=True, participant__isnull=False),
                name="papers_first_issue_of_unit_once",
                violation_error_message="Văn bản này đã được ghi là ban hành.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.number}"

    @property
    def has_file(self) -> bool:
        """There is a signed copy to fetch."""
        return self.document is not None and self.document.has_file
