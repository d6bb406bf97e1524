"""The demonstration's training rounds: the invented province with a round in each phase, and its people.

All times count from the day it is loaded, so that a newcomer always finds one round in self-assessment, one
in appraisal, one in explanation and one before the council.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from parindex.apps.assessments.actions import (
    Enrolment,
    NewRound,
    Part,
    PlannedPhase,
    assign_parts,
    open_round,
)
from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Phase, Round
from parindex.apps.frameworks.actions import store_framework
from parindex.apps.notices.actions import mark_round_read
from parindex.apps.organisations.actions import (
    Ground,
    NewPerson,
    NewUnit,
    add_person,
    add_units,
    end_unit,
    found_territory,
    grant_role,
)
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.roles import Role
from parindex.apps.papers.offices import describe_office
from parindex.config.training_sheets import fill_round
from parindex.core.formats.publicity import Publicity
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.data import minhhoa
from parindex.data.minhhoa.people import LEADS, SECRETARIAT, STAND_IN, people_of
from parindex.data.minhhoa.units import GROUPS, SampleUnit, units_of


BY = "demo"
PLAN = minhhoa.ROUNDS[1]  # the units and the criteria set of 2024: three parts 75/15/10, 29 units
CITED = "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
COPIES = "Thường trực Tỉnh ủy, Thường trực HĐND tỉnh (để báo cáo)\nChủ tịch, các Phó Chủ tịch UBND tỉnh"
LAW = "Luật Tổ chức chính quyền địa phương năm 2025"
RESOLUTION = "Nghị quyết về sắp xếp cơ quan chuyên môn (minh họa)"
LENGTHS = (
    (Phase.Kind.SELF, 1, 15),
    (Phase.Kind.APPRAISAL, 1, 12),
    (Phase.Kind.EXPLANATION, 1, 7),
    (Phase.Kind.APPRAISAL, 2, 5),
    (Phase.Kind.COUNCIL, 1, 10),
)


@dataclass(frozen=True, slots=True)
class Training:
    """A training round: `phase` is the position of the open phase, from 0; `left`: days left in it."""

    code: str
    title: Text
    phase: int
    left: int


FRESH = timedelta(days=7)
"""What is younger is still unread when the demonstration begins."""
ROUNDS = (
    Training(
        "tap-huan-tu-cham", Text("Tập huấn: đang tự đánh giá, chấm điểm", "Training: self-assessment"), 0, 3
    ),
    Training("tap-huan-tham-dinh", Text("Tập huấn: đang thẩm định", "Training: appraisal"), 1, 6),
    Training("tap-huan-giai-trinh", Text("Tập huấn: đang giải trình", "Training: explanation"), 2, 4),
    Training("tap-huan-hoi-dong", Text("Tập huấn: trình hội đồng", "Training: council"), 4, 5),
)


@transaction.atomic
def people(at: datetime) -> bool:
    """Everybody of the invented province."""
    if Person.objects.filter(illustrative=True).exists():
        return False
    territory, units = _province(at)
    for sample in people_of(units_of(PLAN.code)):
        new = NewPerson(sample.username, sample.full_name, sample.position, illustrative=True)
        person = add_person(new=new, by=BY, at=at)
        for role, unit in sample.roles:
            grant_role(person=person, role=Role(role), unit=units[unit] if unit else territory, by=BY, at=at)
    describe_office(territory=territory, standing=SECRETARIAT, grounds=CITED, copies=COPIES, by=BY, at=at)
    return True


@transaction.atomic
def training_round(training: Training, at: datetime) -> bool:
    """One training round, from its units to where its phase has got."""
    territory, units = _province(at)
    if Round.objects.filter(territory=territory, code=training.code).exists():
        return False
    framework = store_framework(
        content=minhhoa.framework_file(PLAN), file=f"{PLAN.framework}.yaml", by=BY, at=at
    )
    phases = phases_around(training, at)
    new = NewRound(
        territory=territory,
        code=training.code,
        year=PLAN.year,
        title=training.title,
        note=minhhoa.NOTE,
        framework=framework,
        groups={code: GROUPS[code] for code in PLAN.groups},
        previous=Round.objects.filter(territory=territory, code=PLAN.previous).first(),
        phases=phases,
        publicity=Publicity.REASONS,
    )
    enrolments = [Enrolment(units[u.code], u.group) for u in units_of(PLAN.code)]
    round_ = open_round(new=new, enrolments=enrolments, by=BY, at=phases[0].opens_at)
    parts = [
        Part(node, units[lead], units[STAND_IN if lead != STAND_IN else "so-tu-phap"])
        for node, lead in LEADS.items()
    ]
    assign_parts(round_=round_, parts=parts, by=BY, at=phases[0].opens_at)
    if training.phase:
        fill_round(round_, done=training.phase)
        mark_round_read(round_name=round_name(round_), before=at - FRESH, at=at)
    return True


def _province(at: datetime) -> tuple[Unit, dict[str, Unit]]:
    territory = found_territory(
        code=minhhoa.CODE, name=minhhoa.NAME, type_="tinh", illustrative=True, by=BY, at=at
    )
    units = add_units(territory=territory, units=new_units(units_of(PLAN.code)), by=BY, at=at)
    return territory, units


def new_units(samples: Sequence[SampleUnit]) -> list[NewUnit]:
    """Units as they are handed in, with the first day of those that are new."""
    return [NewUnit(u.code, u.name, u.type, valid_from=u.first) for u in samples]


@transaction.atomic
def endings(at: datetime) -> bool:
    """Districts and merged departments end; who trains in their rounds still does."""
    ended = {u.code: u.last for u in units_of(PLAN.code) if u.last is not None}
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    for unit in territory.children.filter(code__in=ended, valid_to=None).order_by("pk"):
        ground = Ground(on=ended[unit.code], document=LAW if unit.type == "huyen" else RESOLUTION)
        end_unit(unit=unit, ground=ground, by=BY, at=at)
    return True


def phases_around(training: Training, at: datetime) -> Sequence[PlannedPhase]:
    """All phases one after the other, each ending at 17:00, placed so that the wanted one has `left` days."""
    last = at.astimezone(LEGAL_ZONE).replace(hour=17, minute=0, second=0, microsecond=0)
    ends: list[datetime] = []
    end = last + timedelta(days=training.left)
    for _, _, days in reversed(LENGTHS[: training.phase + 1]):
        ends.insert(0, end)
        end -= timedelta(days=days)
    start = end
    for _, _, days in LENGTHS[training.phase + 1 :]:
        ends.append(ends[-1] + timedelta(days=days))
    starts = [start, *(e + timedelta(minutes=1) for e in ends[:-1])]
    return [
        PlannedPhase(kind, opens, closes, turn)
        for (kind, turn, _), opens, closes in zip(LENGTHS, starts, ends, strict=True)
    ]
