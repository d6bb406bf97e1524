"""Indicators and their values. A value is never overwritten: what was known when stays answerable."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import ClassVar

from django.db import models

from parindex.apps.organisations.models import Unit
from parindex.core.kernel.numbers import decimal_text, exact
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date


class Indicator(models.Model):
    """Something that is measured of a unit in a period: a share of cases, a count, or another number.

    Attributes:
        measure: in what its values are said (``%``, ``hồ sơ``, ``ngày``).
        source: the authoritative source of its values; values of other sources stand beside those of this
            one for reconciliation and are proposed nowhere.
        owner: the unit that answers for it.
        over_year: of a count or a number: whether its values add up over the year, or the last one stands, as
            of what is overdue at a day. Nothing of a share.
    """

    class Kind(models.TextChoices):
        """What a value is made of."""

        SHARE = "share", "tỷ lệ"
        COUNT = "count", "số lượng"
        NUMBER = "number", "trị số"

    class Direction(models.TextChoices):
        """Which way is better."""

        UP = "up", "càng cao càng tốt"
        DOWN = "down", "càng thấp càng tốt"

    class Period(models.TextChoices):
        """How often it is measured."""

        MONTH = "month", "tháng"
        QUARTER = "quarter", "quý"
        YEAR = "year", "năm"

    class OverYear(models.TextChoices):
        """What several values of one year are together."""

        SUM = "sum", "cộng dồn trong năm"
        LAST = "last", "trị số cuối kỳ"

    code = models.SlugField(
        max_length=60,
        unique=True,
        error_messages={"unique": "Mã chỉ tiêu này đã có."},
    )
    name_vi = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    measure = models.CharField(max_length=60)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    definition_vi = models.TextField(blank=True)
    definition_en = models.TextField(blank=True)
    legal_source = models.CharField(max_length=250, blank=True)
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="indicators")
    period = models.CharField(max_length=10, choices=Period, default=Period.YEAR)
    source = models.CharField(max_length=120)
    over_year = models.CharField(max_length=4, choices=OverYear, default=OverYear.SUM)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name(self) -> Text:
        """Both names."""
        return Text(self.name_vi, self.name_en)

    @property
    def definition(self) -> Text:
        """How it is counted, in both languages."""
        return Text(self.definition_vi, self.definition_en)


class Versions(models.QuerySet["Value"]):
    """Values, of which the last of each datum can be asked for without reading those before it."""

    def standing(self, at: datetime | None = None) -> Versions:
        """Those that no later version follows; with `at`: none that was known then."""
        later = Value.objects.filter(
            indicator=models.OuterRef("indicator"),
            unit=models.OuterRef("unit"),
            start=models.OuterRef("start"),
            end=models.OuterRef("end"),
            source=models.OuterRef("source"),
            version__gt=models.OuterRef("version"),
        )
        if at is None:
            return self.filter(~models.Exists(later))
        return self.filter(~models.Exists(later.filter(known_at__lte=at)), known_at__lte=at)


class Value(models.Model):
    """What one source said of an indicator for a unit and a period, as of a day. Immutable.

    Attributes:
        numerator, denominator: of a share; both empty for anything else. A denominator of 0: no case arose.
        value: exact text, as `parindex.core.kernel.numbers.exact` reads it: the share itself (not percent),
            the count, the number; empty for a share of nothing.
        se, n: of a survey's value, its standard error (exact text, in the value's own measure; empty: not
            known) and how many answered.
        as_of: the last day that its data describe.
        origin: how it was made: an opaque name of the file, form or dossiers behind it.
        version: counts what this source has said of it; the highest stands.
        known_at: since when it is known here.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="measured_values")
    start = models.DateField()
    end = models.DateField()
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    value = models.CharField(max_length=130, blank=True)
    se = models.CharField(max_length=130, blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=120)
    as_of = models.DateField()
    origin = models.CharField(max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=200)
    known_at = models.DateTimeField()

    objects = Versions.as_manager()

    class Meta:
        ordering: ClassVar = ["indicator_id", "unit_id", "start", "end", "source", "version"]
        indexes: ClassVar = [models.Index(fields=["unit", "indicator", "end"], name="indicators_of_unit")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "start", "end", "source", "version"],
                name="indicators_value_version_once",
                violation_error_message="Phiên bản này của giá trị đã có.",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")),
                name="indicators_value_period",
                violation_error_message="Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.",
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__isnull=True, denominator__isnull=True)
                | models.Q(numerator__gte=0, denominator__gte=models.F("numerator")),
                name="indicators_value_share",
                violation_error_message="Tử số phải từ 0 đến mẫu số.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.start}–{self.end}: {self.value}"

    @property
    def exact(self) -> Fraction | None:
        """The value; None for a share of nothing."""
        return exact(self.value) if self.value else None

    @property
    def written(self) -> str:
        """As an answer is written: ``49533/62027`` for a share, else the number as a decimal, which no rule
        takes for a share of cases."""
        if self.denominator is not None:
            return f"{self.numerator}/{self.denominator}"
        return decimal_text(exact(self.value)) if self.value else ""

    @property
    def written_se(self) -> str:
        """Its standard error as one stands beside an answer; empty where none is known."""
        return decimal_text(exact(self.se)) if self.se else ""


class Token(models.Model):
    """What another system shows to hand in values of its own accord: for some units, and some indicators.

    Attributes:
        territory: the one that all its units lie in.
        system: the system that holds it, in words.
        hash: SHA-256 of the token; the token itself is kept nowhere.
        head: how the token begins, by which its owner recognises it.
        units: whose values it may hand in, each with what is below it.
        every_indicator: of whatever indicator, also of one defined later; `indicators` is empty then.
        dossiers: whether it may also hand in dossiers, row by row.
        valid_to: the last day.
        last_used_at: right to within a few minutes.
    """

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="tokens")
    system = models.CharField(max_length=120)
    hash = models.CharField(max_length=64, unique=True)
    head = models.CharField(max_length=16)
    units = models.ManyToManyField(Unit, related_name="+")
    every_indicator = models.BooleanField(default=False)
    indicators = models.ManyToManyField(Indicator, related_name="tokens")
    dossiers = models.BooleanField(default=False)
    valid_to = models.DateField()
    created_by = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.system} {self.head}"

    @property
    def ref(self) -> str:
        """How the ledger and values name it: ``token:17``."""
        return f"token:{self.pk}"

    def holds(self, at: datetime) -> bool:
        """Whether it may be used at an instant."""
        return self.revoked_at is None and legal_date(at) <= self.valid_to


class Push(models.Model):
    """One delivery of a system: what became of its rows. Kept for a while, see `tokens.KEPT`.

    Attributes:
        kind: of what its rows are.
        key: by which its system knows the delivery ("": by nothing); the same again gets the same answer.
        fingerprint: SHA-256 of all that was sent.
        answer: what was answered, where there is a key to ask again by.
    """

    class Kind(models.TextChoices):
        """What a system hands in."""

        VALUES = "values", "giá trị"
        DOSSIERS = "dossiers", "hồ sơ"

    token = models.ForeignKey(Token, models.PROTECT, related_name="pushes")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.VALUES)
    key = models.CharField(max_length=100, blank=True)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["token", "key"],
                condition=~models.Q(key=""),
                name="indicators_push_key_once",
                violation_error_message="Khóa gửi này đã được dùng.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.at}"


class Targets(models.QuerySet["Target"]):
    """Targets, of which those that hold can be asked for."""

    def standing(self) -> Targets:
        """The last version of each; one that was taken back is among them, with an empty goal."""
        same = {k: models.OuterRef(k) for k in ("indicator", "unit", "each", "assigned", "year")}
        return self.filter(
            ~models.Exists(Target.objects.filter(**same, version__gt=models.OuterRef("version")))
        )


class Target(models.Model):
    """What an indicator is to reach at the end of a year. Immutable: who says it anew adds a version.

    Attributes:
        each: for whom: "" the unit itself, ``*`` each unit below it, else each below it of that type.
        assigned: by those who follow the territory; otherwise the unit has set it for itself.
        goal: exact text; of a share the share itself (not percent). Empty: taken back.
        baseline: where it starts from, written alike; empty: not said.
        document: the number of the plan or decision that sets it.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets")
    each = models.CharField(max_length=50, blank=True)
    assigned = models.BooleanField(default=True)
    year = models.PositiveSmallIntegerField()
    goal = models.CharField(max_length=130, blank=True)
    baseline = models.CharField(max_length=130, blank=True)
    document = models.CharField(max_length=250, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = Targets.as_manager()

    class Meta:
        ordering: ClassVar = ["indicator_id", "unit_id", "each", "-assigned", "year", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "each", "assigned", "year", "version"],
                name="indicators_target_version_once",
                violation_error_message="Phiên bản này của mục tiêu đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id}{self.each} {self.year}: {self.goal}"

    @property
    def exact_goal(self) -> Fraction | None:
        """The goal; None where it was taken back."""
        return exact(self.goal) if self.goal else None

    @property
    def exact_baseline(self) -> Fraction | None:
        """Where it starts from; None where nobody said."""
        return exact(self.baseline) if self.baseline else None
