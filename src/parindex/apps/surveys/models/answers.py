"""Answers, what looks odd among them, and forms that came on paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.models.planning import RespondentGroup, Stratum, Survey
from parindex.apps.surveys.models.sampling import Counter


class Answer(models.Model):
    """What somebody answered about one unit. No name, no time of day, no order of coming in.

    Attributes:
        id: made of the sitting's random number and the unit (`parindex.apps.surveys.sittings`), never counted
            up: rows lie in no order that tells anything, and the same sending again is the same row.
        sitting: joins the answers of one sitting, for whom that tells nothing; else each has its own.
        first: of the rows of a sitting the one by which sittings are counted; which one, chance says.
        day: the legal date.
        content: answers by code of question, as `parindex.core.surveys.answering` cleaned them.
    """

    class Channel(models.TextChoices):
        """How it came."""

        LINK = "link", "đường dẫn một lần"
        COUNTER = "counter", "mã QR tại quầy"
        KIOSK = "kiosk", "máy tính bảng tại quầy"
        PAPER = "paper", "phiếu giấy"
        FILE = "file", "tệp nhập"

    id = models.BigAutoField(primary_key=True)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="answers")
    group = models.ForeignKey(RespondentGroup, models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="survey_answers")
    stratum = models.ForeignKey(Stratum, models.PROTECT, null=True, blank=True, related_name="answers")
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, blank=True, related_name="answers")
    sitting = models.CharField(max_length=32, db_index=True)
    first = models.BooleanField(default=True)
    day = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["survey", "unit"], name="surveys_answers_of_unit"),
            models.Index(fields=["survey", "day"], name="surveys_answers_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.unit_id} {self.day}"


class TextTag(models.Model):
    """A tag that the desk gave to what somebody wrote; the text stays as it came.

    `question`: its code. Who gave it and when is in the ledger alone.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="text_tags")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="text_tags")
    question = models.CharField(max_length=40)
    tag = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["survey_id", "tag", "answer_id", "question"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["answer", "question", "tag"],
                name="surveys_text_tag_once",
                violation_error_message="Ý kiến này đã có nhãn đó.",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["survey", "tag"], name="surveys_texts_of_tag")]

    def __str__(self) -> str:
        return self.tag


class Interview(models.Model):
    """An interview of another body: which of its people asked, who watched over it, and what became of it
    when somebody else asked again.

    Attributes:
        number: of the form, as the body numbers it; forgotten as the survey is counted.
        chosen: it is to be asked again.
        checked_by: who asked again; empty: nobody has. compared, differing: how many places were compared,
            and which of them differ; the answers of the second time are not kept.
    """

    group = models.ForeignKey(RespondentGroup, models.PROTECT, related_name="interviews")
    number = models.CharField(max_length=60, blank=True)
    enumerator = models.CharField(max_length=120)
    supervisor = models.CharField(max_length=120, blank=True)
    answer = models.OneToOneField(Answer, models.PROTECT, related_name="interview")
    chosen = models.BooleanField(default=False)
    checked_by = models.CharField(max_length=120, blank=True)
    compared = models.PositiveSmallIntegerField(default=0)
    differing = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["group_id", "enumerator", "number", "answer_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "number"],
                condition=~models.Q(number=""),
                name="surveys_interview_once",
                violation_error_message="Phiếu phỏng vấn số này đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enumerator} {self.number}".strip()


class Flag(models.Model):
    """Answers that look odd, for a person to decide on. Nothing is ever taken out by itself.

    `data`: what the sentence about it needs (`parindex.core.wording.surveys`).
    """

    class Kind(models.TextChoices):
        """What is odd."""

        BURST = "burst", "dồn dập"
        STRAIGHT = "straight", "một mức cho mọi câu"
        IDENTICAL = "identical", "giống hệt nhau"

    class Decision(models.TextChoices):
        """What was decided; empty: nobody has yet."""

        WAITING = "", "chờ quyết định"
        KEPT = "kept", "giữ lại"
        SET_ASIDE = "set_aside", "không tính"

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="flags")
    kind = models.CharField(max_length=10, choices=Kind)
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, blank=True, related_name="flags")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict)
    answers = models.ManyToManyField(Answer, related_name="flags", blank=True)
    fingerprint = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.WAITING, blank=True)
    reason = models.CharField(max_length=600, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["survey_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "fingerprint"],
                name="surveys_flag_once",
                violation_error_message="Nghi vấn này đã được ghi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.kind}"


class PaperBatch(models.Model):
    """A bundle of paper forms that are typed in twice."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="batches")
    group = models.ForeignKey(RespondentGroup, models.PROTECT, related_name="batches")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="survey_batches")
    stratum = models.ForeignKey(Stratum, models.PROTECT, null=True, blank=True, related_name="batches")
    label = models.CharField(max_length=200)
    size = models.PositiveSmallIntegerField()
    day = models.DateField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["survey_id", "id"]

    def __str__(self) -> str:
        return self.label


class PaperForm(models.Model):
    """One paper form: typed in by one person, by another one, compared, and settled where they differ.

    `first`, `second`, `settled`: answers by code of question; None: not yet.
    """

    batch = models.ForeignKey(PaperBatch, models.PROTECT, related_name="forms")
    number = models.PositiveSmallIntegerField()
    first = models.JSONField(null=True, blank=True)
    first_by = models.CharField(max_length=200, blank=True)
    second = models.JSONField(null=True, blank=True)
    second_by = models.CharField(max_length=200, blank=True)
    settled = models.JSONField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["batch_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["batch", "number"],
                name="surveys_form_once",
                violation_error_message="Số phiếu này đã có trong tập.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"
