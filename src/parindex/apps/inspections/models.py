"""Plans of inspection, visits of units, what was found there, and what the units did about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.evidence.models import Document
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.organisations.models import Person, Unit


class Plan(models.Model):
    """A plan of inspection of a territory (or of a unit, for what is below it) and a year.

    Attributes:
        framework: the criteria set that checklists are drawn from.
        number, issued_on: number with notation, and date, once it is issued.
    """

    class State(models.TextChoices):
        """How far it has got."""

        DRAFT = "draft", "đang soạn"
        ISSUED = "issued", "đã ban hành"
        CLOSED = "closed", "đã kết thúc"

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="inspection_plans")
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="inspection_plans")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    purpose = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    key = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territory", "key"],
                name="inspections_plan_once",
                violation_error_message="Kế hoạch này đã được lưu.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (models.Q(issued_on__isnull=False) & ~models.Q(number="")),
                name="inspections_issued_has_number",
                violation_error_message="Kế hoạch đã ban hành phải có số và ngày.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Visit(models.Model):
    """One inspection of one unit within a plan.

    Attributes:
        announced: the unit is told when the plan is issued; of any other it hears on the first day.
        starts, ends: days, both inclusive.
        areas: codes of the criteria set's areas, and `parindex.data.inspections.PROCEDURES`.
        present: who was there for the unit. summary: what is said of the whole, beside the findings.
        reason: why it was cancelled.
    """

    class State(models.TextChoices):
        """How far it has got."""

        PLANNED = "planned", "theo kế hoạch"
        RUNNING = "running", "đang kiểm tra"
        CONCLUDED = "concluded", "đã kết luận"
        CLOSED = "closed", "đã khép"
        CANCELLED = "cancelled", "không thực hiện"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="inspections")
    announced = models.BooleanField(default=True)
    starts = models.DateField()
    ends = models.DateField()
    areas = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    present = models.CharField(max_length=1000, blank=True)
    summary = models.CharField(max_length=4000, blank=True)
    reason = models.CharField(max_length=600, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["starts", "id"]
        indexes: ClassVar = [models.Index(fields=["unit", "state"], name="inspections_of_unit")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "key"],
                name="inspections_visit_once",
                violation_error_message="Cuộc kiểm tra này đã được lưu.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")),
                name="inspections_visit_days",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.starts}"


class Member(models.Model):
    """Somebody of the team of a visit; one of them leads it."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="inspecting")
    leads = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-leads", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "person"],
                name="inspections_member_once",
                violation_error_message="Người này đã có trong đoàn.",
            ),
            models.UniqueConstraint(
                fields=["visit"],
                condition=models.Q(leads=True),
                name="inspections_one_leader",
                violation_error_message="Đoàn kiểm tra chỉ có một trưởng đoàn.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Question(models.Model):
    """One line of a checklist: a criterion of the set, or a duty of procedure control."""

    class Met(models.TextChoices):
        """What the inspector found; empty: not looked at."""

        NOT_LOOKED = "", "chưa kiểm tra"
        MET = "met", "đạt"
        NOT_MET = "not_met", "chưa đạt"
        NOT_APPLICABLE = "not_applicable", "không áp dụng"

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=40)
    criterion = models.CharField(max_length=40)
    text_vi = models.CharField(max_length=1000)
    text_en = models.CharField(max_length=1000, blank=True)
    met = models.CharField(max_length=14, choices=Met, default=Met.NOT_LOOKED, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["visit_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "position"],
                name="inspections_question_once",
                violation_error_message="Nội dung này đã có trong đề cương.",
            ),
        ]

    def __str__(self) -> str:
        return self.text_vi


class Finding(models.Model):
    """Something that was found wanting (tồn tại, hạn chế).

    Attributes:
        person, division, responsible: who answers for it within the unit: somebody by account, a division
            that is a unit here, or as it was typed.
        withdrawn_because: it did not hold; empty while it stands.
    """

    class Severity(models.TextChoices):
        """How grave it is."""

        REMARK = "remark", "cần rút kinh nghiệm"
        SHORTCOMING = "shortcoming", "tồn tại, hạn chế"
        VIOLATION = "violation", "sai phạm"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=40)
    criterion = models.CharField(max_length=40, blank=True)
    severity = models.CharField(max_length=12, choices=Severity)
    text = models.CharField(max_length=4000)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="findings")
    division = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="answering_for")
    responsible = models.CharField(max_length=250, blank=True)
    withdrawn_because = models.CharField(max_length=600, blank=True)
    key = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["visit_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "number"],
                name="inspections_finding_number_once",
                violation_error_message="Số của tồn tại này đã có.",
            ),
            models.UniqueConstraint(
                fields=["visit", "key"],
                name="inspections_finding_once",
                violation_error_message="Tồn tại này đã được lưu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}/{self.number}"


class Photo(models.Model):
    """A photo of a finding, decoded and encoded anew: pixels only, no place, no camera.

    `sizes`: width, height, bytes and SHA-256 of each size as WebP, smallest first.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="photos")
    number = models.PositiveSmallIntegerField()
    sizes = models.JSONField()
    caption = models.CharField(max_length=250, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["finding_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["finding", "number"],
                name="inspections_photo_once",
                violation_error_message="Số của ảnh đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}/{self.number}"


class Proof(models.Model):
    """A document behind a finding, in the vault of who inspects."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="proofs")
    document = models.ForeignKey(Document, models.PROTECT, related_name="proving")

    class Meta:
        ordering: ClassVar = ["finding_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["finding", "document"],
                name="inspections_proof_once",
                violation_error_message="Tài liệu này đã đính kèm.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)


class Recommendation(models.Model):
    """What a unit is to put right, and until when (kiến nghị).

    Attributes:
        state: where it stands but for the clock; `parindex.apps.inspections.rules.status_of` knows that too.
        answered_on: the legal date of the unit's last answer; of an accepted one that day decides whether it
            was in time.
        reminded: of what the unit was reminded last: ``soon``, ``overdue``.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "chưa khắc phục"
        ANSWERED = "answered", "chờ xác minh"
        VERIFIED = "verified", "đã khắc phục"
        WITHDRAWN = "withdrawn", "đã rút"

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=2000)
    due = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answered_on = models.DateField(null=True, blank=True)
    reminded = models.CharField(max_length=10, blank=True)
    key = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["finding_id", "number"]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="inspections_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["finding", "key"],
                name="inspections_recommendation_once",
                violation_error_message="Kiến nghị này đã được lưu.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "withdrawn"]) | models.Q(answered_on__isnull=False),
                name="inspections_answered_has_day",
                violation_error_message="Kiến nghị đã được trả lời phải có ngày trả lời.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}/{self.number}"


class Answer(models.Model):
    """What the unit says it did about a recommendation, and whether that was accepted."""

    class Verdict(models.TextChoices):
        """What came of it; empty: nobody has looked yet."""

        WAITING = "", "chờ xác minh"
        ACCEPTED = "accepted", "chấp nhận"
        RETURNED = "returned", "trả lại"

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="answers")
    text = models.CharField(max_length=4000)
    documents = models.ManyToManyField(Document, related_name="remedying", blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.WAITING, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    judged_by = models.CharField(max_length=200, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["recommendation_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recommendation", "key"],
                name="inspections_answer_once",
                violation_error_message="Trả lời này đã được lưu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id}: {self.verdict}"


class IssuedPaper(models.Model):
    """The minutes or the conclusion of a visit as it was signed: number, date, who signed.

    `document`: the signed copy, in the vault of who inspects; None: it did not come back.
    """

    class Kind(models.TextChoices):
        """Which paper."""

        MINUTES = "bien-ban", "biên bản kiểm tra"
        CONCLUSION = "ket-luan", "thông báo kết luận kiểm tra"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=100, blank=True)
    on = models.DateField()
    signer = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="inspection_papers"
    )
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["visit_id", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "kind"],
                name="inspections_paper_once",
                violation_error_message="Văn bản này đã được ghi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.kind}"
