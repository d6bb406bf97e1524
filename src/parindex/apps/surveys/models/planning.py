"""Questionnaires in versions, surveys, who is asked in them about which units, and how many."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from django.db import models

from parindex.apps.indicators.models import Indicator
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.text import Text


class Questionnaire(models.Model):
    """One version of a questionnaire (bộ câu hỏi). Once fixed it is never changed: a change is a new version.

    Attributes:
        content: as `parindex.core.surveys.questionnaire_file` maps it.
        sha256: of the canonical form of the content.
    """

    class State(models.TextChoices):
        """Whether it can still be edited."""

        DRAFT = "draft", "đang soạn"
        FIXED = "fixed", "đã chốt"

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="questionnaires")
    code = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territory", "code", "version"],
                name="surveys_questionnaire_version_once",
                violation_error_message="Phiên bản này của bộ câu hỏi đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_vi} (v{self.version})"

    @property
    def title(self) -> Text:
        """Both titles."""
        return Text(self.title_vi, self.title_en)


class Survey(models.Model):
    """A survey (điều tra xã hội học) of a territory and a year.

    Attributes:
        body: who carries it out (cơ quan thực hiện), in words.
        opens, closes: first and last day on which answers are taken.
        small, small_public: groups of fewer answers than this are hidden from the staff, and from everybody.
        seed: from which samples are drawn.
        indicator, measure: the indicator that its count gives values of, and which figure that is.
        rules: how missing surveys and other cases are treated, as the plan of the survey says it.
        key: of the form that made it, by which a second sending is known.
    """

    class Kind(models.TextChoices):
        """Who is asked."""

        CITIZENS = "citizens", "người dân, tổ chức"
        EXIT = "exit", "tại quầy, sau khi giải quyết"
        OFFICIALS = "officials", "cán bộ, công chức, lãnh đạo"
        OUTSIDE = "outside", "do đơn vị khác thực hiện"

    class State(models.TextChoices):
        """How far it has got."""

        DRAFT = "draft", "đang chuẩn bị"
        OPEN = "open", "đang lấy ý kiến"
        CLOSED = "closed", "đã đóng"
        COUNTED = "counted", "đã tổng hợp"

    class Measure(models.TextChoices):
        """Which figure becomes the indicator's value; both in percent."""

        SATISFIED = "satisfied", "tỷ lệ hài lòng"
        INDEX = "index", "chỉ số"

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="surveys")
    slug = models.SlugField(max_length=80, unique=True)
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=Kind)
    opens = models.DateField()
    closes = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    small = models.PositiveSmallIntegerField(default=5)
    small_public = models.PositiveSmallIntegerField(default=10)
    seed = models.CharField(max_length=64)
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="surveys")
    measure = models.CharField(max_length=10, choices=Measure, default=Measure.SATISFIED)
    rules = models.CharField(max_length=4000, blank=True)
    key = models.CharField(max_length=40)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-year", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territory", "key"],
                name="surveys_survey_once",
                violation_error_message="Cuộc điều tra này đã được lưu.",
            ),
            models.CheckConstraint(
                condition=models.Q(closes__gte=models.F("opens")),
                name="surveys_survey_days",
                violation_error_message="Ngày đóng phải từ ngày mở trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return self.title_vi

    @property
    def title(self) -> Text:
        """Both titles."""
        return Text(self.title_vi, self.title_en)


class RespondentGroup(models.Model):
    """One group of respondents of a survey, and what it is asked.

    `weight`: exact text, as `parindex.core.kernel.numbers.exact` reads it; what the group counts beside the
    survey's other groups.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="groups")
    weight = models.CharField(max_length=40, default="1")

    class Meta:
        ordering: ClassVar = ["survey_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "code"],
                name="surveys_group_once",
                violation_error_message="Nhóm này đã có trong cuộc điều tra.",
            ),
        ]

    def __str__(self) -> str:
        return self.title_vi

    @property
    def title(self) -> Text:
        """Both titles."""
        return Text(self.title_vi, self.title_en)

    @property
    def exact_weight(self) -> Fraction:
        """What it counts."""
        return exact(self.weight)


class FactorIndicator(models.Model):
    """The indicator that a factor of the survey's questionnaires gives values of, where criteria score each
    factor for itself. `factor`: its code in the questionnaires."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="factor_indicators")
    factor = models.SlugField(max_length=60)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="survey_factors")

    class Meta:
        ordering: ClassVar = ["survey_id", "factor"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "factor"],
                name="surveys_factor_once",
                violation_error_message="Yếu tố này đã gắn với một chỉ tiêu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.factor}: {self.indicator}"


class RatedUnit(models.Model):
    """A unit that a group rates; whoever belongs to it is not asked about it."""

    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="rated")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rated_in")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["group_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "unit"],
                name="surveys_rated_once",
                violation_error_message="Nhóm này đã đánh giá đơn vị đó.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit)


class Stratum(models.Model):
    """A layer of a sample (tầng mẫu): people who dealt with a unit, on a procedure or otherwise alike.

    Attributes:
        label: the procedure or what else they have in common.
        population: how many there are (N). quota: how many are to answer (n).
    """

    group = models.ForeignKey(RespondentGroup, models.CASCADE, related_name="strata")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="strata")
    label = models.CharField(max_length=250, blank=True)
    population = models.PositiveIntegerField()
    quota = models.PositiveIntegerField()
    position = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["group_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "unit", "label"],
                name="surveys_stratum_once",
                violation_error_message="Tầng mẫu này đã có.",
            ),
            models.CheckConstraint(
                condition=models.Q(quota__lte=models.F("population")),
                name="surveys_quota_within",
                violation_error_message="Cỡ mẫu không được lớn hơn tổng thể.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.label}".strip()
