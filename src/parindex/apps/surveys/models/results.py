"""What came of surveys: frozen counts, and results that other bodies report."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Unit
from parindex.apps.surveys.models.planning import Survey


class OutsideResult(models.Model):
    """One line of the result table that another body reports (bưu điện, Mặt trận Tổ quốc, an institute).

    Attributes:
        group: whom it asked, in words.
        value: exact text in percent. se: standard error in percent points; empty: not reported.
        n: how many answered. report: number and date of the report.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="outside")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="outside_results")
    group = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=60)
    se = models.CharField(max_length=60, blank=True)
    n = models.PositiveIntegerField()
    body = models.CharField(max_length=250)
    report = models.CharField(max_length=250)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="outside_results"
    )
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["survey_id", "unit_id", "group"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "unit", "group"],
                name="surveys_outside_once",
                violation_error_message="Kết quả của đơn vị và nhóm này đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.value} (n = {self.n})"


class Count(models.Model):
    """The result of a survey as it was counted, frozen; the last one stands.

    `content`: see `parindex.apps.surveys.counting`.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="counts")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["survey_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "number"],
                name="surveys_count_once",
                violation_error_message="Lần tổng hợp này đã có.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} #{self.number}"
