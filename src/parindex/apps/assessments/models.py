"""Rounds: which units are assessed by which criteria set over which year, and what stands for each leaf."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.text import Text


class Round(models.Model):
    """One assessment (kỳ đánh giá) of a territory's units by one criteria set.

    `previous` is the round a year earlier that leaders will compare with. `publishes_rank_bands`: whether
    the public
    page shows how far a rank may move (khoảng dao động thứ hạng).
    """

    territory = models.ForeignKey(Unit, models.PROTECT, related_name="rounds")
    code = models.SlugField(max_length=100)
    year = models.PositiveSmallIntegerField()
    title_vi = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500, blank=True)
    note_vi = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="rounds")
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    publishes_rank_bands = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["territory_id", "-year", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territory", "code"],
                name="assessments_round_code_once",
                violation_error_message="Kỳ đánh giá có mã này đã được mở.",
            ),
        ]

    def __str__(self) -> str:
        return self.title_vi

    @property
    def title(self) -> Text:
        """Both titles."""
        return Text(self.title_vi, self.title_en)

    @property
    def note(self) -> Text:
        """What readers must know about this round's data, in both languages."""
        return Text(self.note_vi, self.note_en)


class RankingGroup(models.Model):
    """Units that are ranked against each other (khối xếp hạng)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="groups")
    code = models.SlugField(max_length=100)
    name_vi = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["round_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "code"],
                name="assessments_group_code_once",
                violation_error_message="Khối xếp hạng có mã này đã có trong kỳ đánh giá.",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name(self) -> Text:
        """Both names."""
        return Text(self.name_vi, self.name_en)


class Participant(models.Model):
    """A unit as it takes part: name, type and group as they were when the round opened."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="participants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    group = models.ForeignKey(RankingGroup, models.PROTECT, related_name="participants")
    name_vi = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    type = models.CharField(max_length=50)
    late_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["round_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "unit"],
                name="assessments_unit_once_per_round",
                violation_error_message="Đơn vị đã tham gia kỳ đánh giá này.",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name(self) -> Text:
        """Both names."""
        return Text(self.name_vi, self.name_en)


class Ruling(models.Model):
    """The answer to one leaf for one participant at one stage. Immutable; the last turn of the last stage
    stands."""

    class Stage(models.TextChoices):
        """Who ruled, in the order in which they do."""

        SELF = "self", "Tự chấm"
        APPRAISED = "appraised", "Thẩm định"
        EXPLAINED = "explained", "Giải trình"
        COUNCIL = "council", "Hội đồng"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="rulings")
    leaf = models.CharField(max_length=50)
    stage = models.CharField(max_length=10, choices=Stage)
    turn = models.PositiveSmallIntegerField(default=1)
    answer = models.TextField()
    se = models.CharField(max_length=60, blank=True)
    n = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["participant_id", "leaf", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "leaf", "stage", "turn"], name="assessments_one_ruling_per_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leaf}: {self.answer}"
