"""Results: what a round's answers give, kept with every reason, and figures that an authority published."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from parindex.apps.assessments.models import Participant, RankingGroup, Round
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.numbers import exact, exact_text


if TYPE_CHECKING:
    ExactText = models.TextField[Fraction, Fraction]
    OptionalExactText = models.TextField[Fraction | None, Fraction | None]
else:
    ExactText = OptionalExactText = models.TextField


class KeptExactly:
    """A fraction stored as text (``7503/80``), never added or ordered in SQL (invariant 1)."""

    def from_db_value(self, value: str | None, *_: object) -> Fraction | None:
        """Text from the database as a fraction."""
        return None if value is None else exact(value)

    def to_python(self, value: object) -> Fraction | None:
        """A fraction from a fraction, or from text."""
        return value if value is None or isinstance(value, Fraction) else exact(str(value))

    def get_prep_value(self, value: object) -> str | None:
        """A fraction as text."""
        number = self.to_python(value)
        return None if number is None else exact_text(number)


class ExactField(KeptExactly, ExactText):
    """An exact number."""


class OptionalExactField(KeptExactly, OptionalExactText):
    """An exact number, or none."""


class Result(models.Model):
    """One computation of a whole round. The newest stands."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="results")
    stage = models.CharField(max_length=10)
    framework_hash = models.CharField(max_length=64)
    answers_hash = models.CharField(max_length=64)
    robustness = models.JSONField(null=True, blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["round_id", "-id"]

    def __str__(self) -> str:
        return f"{self.round} ({self.stage})"


class GroupResult(models.Model):
    """A ranking group's figures: how many units, how many per grade, the median index of every
    node, and measured ratios added up as ``[numerator, denominator]``."""

    result = models.ForeignKey(Result, models.CASCADE, related_name="groups")
    group = models.ForeignKey(RankingGroup, models.PROTECT)
    size = models.PositiveIntegerField()
    ranked = models.PositiveIntegerField()
    grades = models.JSONField()
    medians = models.JSONField()
    measures = models.JSONField()

    class Meta:
        ordering: ClassVar = ["result_id", "group_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["result", "group"], name="results_group_once")
        ]

    def __str__(self) -> str:
        return str(self.group)


class UnitResult(models.Model):
    """A unit's line, and below it every node's points, maximum and reason.

    `position` is the order of the ranking (1 first). `nodes` maps a code to ``[points, max, rank,
    reason]``, exact
    numbers as text; `remarks` are what else decided. `band` holds the low, median and high rank and the
    odds of each
    grade and rank from the robustness analysis.
    """

    result = models.ForeignKey(Result, models.CASCADE, related_name="units")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="results")
    group = models.ForeignKey(RankingGroup, models.PROTECT)
    position = models.PositiveIntegerField()
    points = ExactField()
    applicable_max = ExactField()
    index = OptionalExactField(null=True)
    grade = models.CharField(max_length=50, blank=True)
    rank = models.PositiveIntegerField(null=True)
    areas = models.JSONField()
    nodes = models.JSONField()
    remarks = models.JSONField()
    band = models.JSONField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["result_id", "group_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["result", "participant"], name="results_unit_once"),
            models.UniqueConstraint(fields=["result", "group", "position"], name="results_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.participant} {self.rank or '–'}"


class PublishedFigure(models.Model):
    """A number that some authority published: value and source, no reasons. Never mixed with computed
    results.

    `about`: the unit of this installation that it was brought in for; None for those that ship with it.
    """

    about = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="published_figures")

    authority = models.CharField(max_length=200)
    index = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(null=True)
    scope = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=250)
    figure = models.CharField(max_length=200)
    value = models.CharField(max_length=60, blank=True)
    value_unit = models.CharField(max_length=60, blank=True)
    rank = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=60, blank=True)
    source = models.TextField()
    position = models.PositiveIntegerField(unique=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="results_figure_has_source",
                violation_error_message="Số liệu đã công bố phải ghi nguồn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.index} {self.year}: {self.value}"
