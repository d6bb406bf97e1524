"""Rounds: which units are assessed by which criteria set over which year, and when each phase is open."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.organisations.models import Unit
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.text import Text
from parindex.core.wording.terms import TERMS


PUBLICITY = [(level.value, TERMS["publicity"][level.value].vi) for level in Publicity]


class Round(models.Model):
    """One assessment (kỳ đánh giá) of a territory's units by one criteria set.

    `territory` is whoever runs it: a province, or a department that assesses its divisions. `previous` is the
    round a year earlier that leaders will compare with. `publishes_rank_bands`: whether the public page shows
    how far a rank may move (khoảng dao động thứ hạng). A round that is recorded from finished results has no
    phases and is public at once; any other is seen by its `audience` when it is published. `publicity`: how
    much of it everybody sees then, by the decision that publishes it (`level`). `corrected_since`: since when
    a published result is being corrected, `corrected_because` of what; everybody sees what stood then.
    """

    class Audience(models.TextChoices):
        """Who sees the result once it is published."""

        PUBLIC = "public", "công khai"
        INSIDE = "inside", "trong nội bộ"

    class State(models.TextChoices):
        """Where a round stands; which phase of a running one is open follows from the clock."""

        PREPARING = "preparing", "đang chuẩn bị"
        RUNNING = "running", "đang thực hiện"
        CONCLUDED = "concluded", "đã kết thúc"
        PUBLISHED = "published", "đã công bố"

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
    state = models.CharField(max_length=10, choices=State, default=State.PUBLISHED)
    audience = models.CharField(max_length=6, choices=Audience, default=Audience.PUBLIC)
    publicity = models.CharField(max_length=8, choices=PUBLICITY, default=Publicity.ANNEX.value)
    corrected_since = models.DateTimeField(null=True, blank=True)
    corrected_because = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True)

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
    def is_inside(self) -> bool:
        """Whether its result is for those who took part, and not for everybody."""
        return self.audience == Round.Audience.INSIDE

    @property
    def is_out(self) -> bool:
        """Whether a result of it is published, be it while a correction is under way."""
        return self.state == Round.State.PUBLISHED or self.corrected_since is not None

    @property
    def level(self) -> Publicity:
        """How much of its result is for everybody."""
        return Publicity(self.publicity)

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
    """A unit as it takes part: name, type and group as they were when the round opened.

    `basis`: on what a unit is assessed that existed for a part of the year, from `first_day` to `last_day`
    (both inclusive, open where empty), by which document.
    """

    class Basis(models.TextChoices):
        """On what a unit is assessed."""

        WHOLE = "whole", "cả năm"
        PERIOD = "period", "thời gian hoạt động"
        PREDECESSORS = "predecessors", "số liệu của đơn vị trước sáp nhập, chia tách"
        UNRANKED = "unranked", "không xếp hạng"

    class Part(models.TextChoices):
        """With how much of the criteria set a unit takes part."""

        ALL = "all", "toàn bộ"
        SOME = "some", "một phần tiêu chí"
        SURVEY = "survey", "chỉ điều tra xã hội học"
        OBSERVER = "observer", "dự quan sát"

    round = models.ForeignKey(Round, models.PROTECT, related_name="participants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    group = models.ForeignKey(RankingGroup, models.PROTECT, related_name="participants")
    name_vi = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    type = models.CharField(max_length=50)
    late_days = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=8, choices=Part, default=Part.ALL)
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.WHOLE)
    first_day = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)
    basis_document = models.CharField(max_length=250, blank=True)

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
    def owes_sheet(self) -> bool:
        """Whether it has to hand in a sheet: whoever only observes or is surveyed has not."""
        return self.part not in (Participant.Part.SURVEY, Participant.Part.OBSERVER)

    @property
    def name(self) -> Text:
        """Both names."""
        return Text(self.name_vi, self.name_en)


class Phase(models.Model):
    """A stretch of a round with its deadline; the stated minute of `closes_at` still counts.

    `turn` numbers phases of one kind: appraisal 2 answers explanation 1. `closed_at` is written by the tick
    when the time has passed, with the entry that seals the round as it stands then; `opened_at` when it has
    come, and those whose phase it is have been told.
    """

    class Kind(models.TextChoices):
        """What is done in the phase."""

        SELF = "self", "Tự đánh giá, chấm điểm"
        APPRAISAL = "appraisal", "Thẩm định"
        EXPLANATION = "explanation", "Giải trình"
        COUNCIL = "council", "Hội đồng thẩm định"

    round = models.ForeignKey(Round, models.PROTECT, related_name="phases")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    turn = models.PositiveSmallIntegerField(default=1)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["round_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "position"], name="assessments_phase_position_once"),
            models.UniqueConstraint(
                fields=["round", "kind", "turn"],
                name="assessments_phase_turn_once",
                violation_error_message="Giai đoạn này đã có trong kỳ đánh giá.",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gte=models.F("opens_at")),
                name="assessments_phase_closes_after_opening",
                violation_error_message="Hạn phải sau thời điểm bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.kind} {self.turn}"


class Extension(models.Model):
    """A later deadline of one phase for one participant, with its reason and document. The newest counts.

    `closed_at` is written by the tick when its time has passed too, as a phase's is.
    """

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="extensions")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="extensions")
    closes_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    document = models.CharField(max_length=250, blank=True)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["phase_id", "participant_id", "id"]

    def __str__(self) -> str:
        return f"{self.phase}, {self.participant}: {self.closes_at}"
