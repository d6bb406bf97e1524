"""Plans of a year, their tasks, what is handed down, what was reported."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.evidence.models import Document
from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.plans.areas import default_areas
from parindex.core.kernel.text import Text


class Plan(models.Model):
    """One plan of a unit; several for one year are usual.

    Attributes:
        number, issued_on: as the office numbered it; a draft has none.
        theme: the year's theme (chủ đề). grounds: what the plan rests on, a line each.
        start, end: the period it is for.
        areas: ``code``, ``vi``, ``en`` of each area, in order.
        issue_by: until when it is to be issued, as whoever asks for it has set.
        remedies_year: the assessed year whose lost points it answers; None: it is no such plan.
        document: the signed plan, or the file its tasks were read from.
    """

    class State(models.TextChoices):
        """Where a plan stands."""

        DRAFT = "draft", "dự thảo"
        ISSUED = "issued", "đã ban hành"
        CLOSED = "closed", "đã tổng kết"

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="territory_plans")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=300)
    theme = models.CharField(max_length=500, blank=True)
    grounds = models.TextField(blank=True)
    start = models.DateField()
    end = models.DateField()
    areas = models.JSONField(default=default_areas)
    issue_by = models.DateField(null=True, blank=True)
    remedies_year = models.PositiveSmallIntegerField(null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="plans")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-year", "unit_id", "id"]
        indexes: ClassVar = [models.Index(fields=["territory", "year"], name="plans_plan_year")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"],
                condition=~models.Q(number=""),
                name="plans_number_once",
                violation_error_message="Đơn vị đã có kế hoạch mang số này trong năm.",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="plans_period_forward",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | (models.Q(issued_on__isnull=False) & ~models.Q(number="")),
                name="plans_issued_has_number",
                violation_error_message="Kế hoạch đã ban hành phải có số và ngày.",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.title

    def area_name(self, code: str) -> Text:
        """The area in words; the code itself where the plan does not know it."""
        named = {a["code"]: Text(a["vi"], a.get("en", "")) for a in self.areas}
        return named.get(code, Text(code, code))


class Task(models.Model):
    """One task of a plan.

    How far it is comes from what is known of it (`kind`): the value of its indicator, the document that is
    its output, the tasks it was handed down as, or a line that somebody reported.

    Attributes:
        number: its position in the plan, from 1. area: a code of the plan's areas, or empty.
        output: the product (sản phẩm); a task with one is done when its document is accepted.
        lead: the unit or division whose work it is; None: the plan's own unit.
        person: who does it; coordinating: with whom, as printed.
        due_text: the deadline as printed, where it is no date: ``thường xuyên``, ``quý III``.
        weight: exact, above 0; what it counts in the plan's progress.
        criterion: code of the criterion of the year's set that it earns points for.
        goal: the value that its indicator is to reach, exact (a share as a fraction).
        gain: the points that are expected of it, exact.
        origin: what it answers, as a room above named it; this room never reads it.
        parent: the task of a unit above that it was handed down from.
        percent: 0–100. claimed_on: the day its document was handed in, until it is accepted or returned.
    """

    class Kind(models.TextChoices):
        """What tells how far a task is."""

        MEASURED = "measured", "đo bằng chỉ tiêu"
        DOCUMENT = "document", "có sản phẩm"
        HANDED = "handed", "giao đơn vị trực thuộc"
        LINE = "line", "báo cáo tiến độ"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField()
    area = models.CharField(max_length=60, blank=True)
    content = models.CharField(max_length=2000)
    output = models.CharField(max_length=1000, blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="tasks")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="tasks")
    coordinating = models.CharField(max_length=1000, blank=True)
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    due_text = models.CharField(max_length=200, blank=True)
    weight = models.CharField(max_length=130, default="1")
    criterion = models.CharField(max_length=60, blank=True)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="tasks")
    goal = models.CharField(max_length=130, blank=True)
    gain = models.CharField(max_length=130, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    percent = models.PositiveSmallIntegerField(default=0)
    claimed_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=600, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["plan_id", "number"]
        indexes: ClassVar = [
            models.Index(fields=["due"], name="plans_task_due"),
            models.Index(fields=["origin"], name="plans_task_origin"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="plans_task_number_once",
                violation_error_message="Số thứ tự của nhiệm vụ đã có trong kế hoạch.",
            ),
            models.UniqueConstraint(
                fields=["plan", "origin"],
                condition=~models.Q(origin=""),
                name="plans_task_origin_once",
                violation_error_message="Kế hoạch đã có nhiệm vụ cho nội dung này.",
            ),
            models.UniqueConstraint(
                fields=["plan", "parent"],
                condition=models.Q(parent__isnull=False),
                name="plans_handed_once",
                violation_error_message="Nhiệm vụ cấp trên giao đã có trong kế hoạch.",
            ),
            models.CheckConstraint(
                condition=models.Q(percent__lte=100),
                name="plans_percent",
                violation_error_message="Tiến độ từ 0 đến 100%.",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_on=None) | models.Q(done_on=None),
                name="plans_done_or_cancelled",
                violation_error_message="Nhiệm vụ đã dừng không thể hoàn thành.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"

    @property
    def unit(self) -> Unit:
        """Whose work it is."""
        return self.lead or self.plan.unit


class TaskReport(models.Model):
    """What somebody said of a task, once. Immutable, but for the answer.

    Attributes:
        percent: how far it is said to be. line: in words. document: its proof.
        answer: of a report that hands in the output: accepted or returned, by whom, when, why.
    """

    class Answer(models.TextChoices):
        """What became of an output that was handed in."""

        NONE = "", "–"
        WAITING = "waiting", "chờ xác nhận"
        ACCEPTED = "accepted", "đã xác nhận"
        RETURNED = "returned", "trả lại"

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=1000, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="task_reports")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering: ClassVar = ["task_id", "id"]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.percent}%"


class HandDown(models.Model):
    """A task that a unit below is asked to take into its own plan.

    Attributes:
        due: until when the unit is to have done it; None: as the task.
        reason: why it was declined.
        task: the task above; the unit's own has it as `parent`.
    """

    class State(models.TextChoices):
        """What the unit answered."""

        OFFERED = "offered", "chờ tiếp nhận"
        ACCEPTED = "accepted", "đã tiếp nhận"
        DECLINED = "declined", "không tiếp nhận"
        RECALLED = "recalled", "đã rút"

    task = models.ForeignKey(Task, models.PROTECT, related_name="handed_down")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_received")
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    reason = models.CharField(max_length=600, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["task_id", "unit_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "unit"],
                name="plans_handed_down_once",
                violation_error_message="Nhiệm vụ đã được giao cho đơn vị này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} → {self.unit_id}"


class TaskFile(models.Model):
    """A Word or Excel file whose tasks are being brought into a plan, and what a person said of it.

    Nothing of the plan changes before its tasks are taken, all in one act; until then this is a draft.

    Attributes:
        sha256: of its content: the same file is not brought in twice.
        columns: by table number: which column, from 0, is which field, where that was changed by hand.
        names: what a name or heading of the file means, said once for all rows: ``lead|…``, ``area|…``.
        answers: by ``table/row``: fields as they were typed anew; ``left``: the row is not taken.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="files")
    document = models.ForeignKey(Document, models.PROTECT, related_name="task_files")
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "sha256"],
                name="plans_file_once",
                violation_error_message="Tệp này đã được đưa vào kế hoạch.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.document_id}"


class TaskReminder(models.Model):
    """That somebody was told of a task's deadline, once for each stage of each deadline; or of the last day
    (`due`) of a unit that has it."""

    class Stage(models.TextChoices):
        """How far from its deadline it was."""

        SOON = "soon", "sắp đến hạn"
        DUE = "due", "đến hạn"
        OVERDUE = "overdue", "quá hạn"
        ESCALATED = "escalated", "báo người đứng đầu"
        ENDED = "ended", "đơn vị được giao đã kết thúc hoạt động"

    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    stage = models.CharField(max_length=10, choices=Stage)
    due = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["task_id", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "stage", "due"],
                name="plans_reminded_once",
                violation_error_message="Đã nhắc.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.stage}"


class CalendarFeed(models.Model):
    """The secret address of a person's calendar; only its hash is kept, and a revoked one opens nothing."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(revoked_at=None),
                name="plans_feed_once",
                violation_error_message="Mỗi người chỉ có một địa chỉ lịch.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"
