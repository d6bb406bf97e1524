"""Units in a tree. A unit without a parent is a territory: a province, or the country for national
indexes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from parindex.core.kernel.text import Text


class Unit(models.Model):
    """An office, a locality, or a territory, for as long as it exists.

    `ranking_group`: the group (khối xếp hạng) it is proposed for when a round opens; a round keeps its own.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.SlugField(max_length=100)
    name_vi = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    type = models.CharField(max_length=50)
    ranking_group = models.CharField(max_length=250, blank=True)
    illustrative = models.BooleanField(default=False)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["parent_id", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["parent", "code"],
                name="organisations_unit_code_once",
                violation_error_message="Mã đơn vị đã có trong địa bàn này.",
            ),
            # one constraint with nulls_distinct=False would say both, but SQLite leaves such a one out
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(parent__isnull=True),
                name="organisations_territory_code_once",
                violation_error_message="Địa bàn có mã này đã có.",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisations_unit_validity",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name(self) -> Text:
        """Both names."""
        return Text(self.name_vi, self.name_en)


class Succession(models.Model):
    """What became of a unit: merged into, split into or renamed to another on a day, by a legal document."""

    class Kind(models.TextChoices):
        """How the later unit came from the earlier."""

        MERGED = "merged", "hợp nhất, sáp nhập"
        SPLIT = "split", "chia, tách"
        RENAMED = "renamed", "đổi tên"

    earlier = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    later = models.ForeignKey(Unit, models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    document = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["earlier", "later"],
                name="organisations_succession_once",
                violation_error_message="Quan hệ kế thừa giữa hai đơn vị này đã được ghi.",
            ),
            models.CheckConstraint(
                condition=~models.Q(earlier=models.F("later")),
                name="organisations_succession_other",
                violation_error_message="Đơn vị không thể kế thừa chính mình.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"


class UnitChange(models.Model):
    """One fact of a unit that changed on a day, by a document: its name, type, group or parent."""

    class Fact(models.TextChoices):
        """What changed."""

        NAME = "name", "tên"
        TYPE = "type", "loại đơn vị"
        GROUP = "group", "khối xếp hạng"
        PARENT = "parent", "cơ quan cấp trên"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes")
    fact = models.CharField(max_length=10, choices=Fact)
    before = models.CharField(max_length=250, blank=True)
    after = models.CharField(max_length=250, blank=True)
    on = models.DateField()
    document = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.before} → {self.after}"
