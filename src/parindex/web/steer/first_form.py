"""The form of a round that is opened afresh: what it proposes, and what it says once it is filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from parindex.apps.assessments.actions import Enrolment, NewRound, Part, PlannedPhase
from parindex.apps.assessments.models import Phase
from parindex.apps.assessments.queries.rounds import rounds_of
from parindex.apps.assessments.rules.steering import check_calendar, check_code
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.types import type_name
from parindex.core.formats.slugs import slug
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.languages import language
from parindex.web.steer.acts import read_instant
from parindex.web.steer.opening import USUAL_TURNS, calendar_rows


MOST_TURNS = 3
LONGEST_PHASE = 366
USUAL_DAYS = {
    Phase.Kind.SELF: 15,
    Phase.Kind.APPRAISAL: 15,
    Phase.Kind.EXPLANATION: 5,
    Phase.Kind.COUNCIL: 7,
}
OPENS, CLOSES = time(8), time(17)
LOCAL = "{:%Y-%m-%dT%H:%M}"
APPRAISED_ONLY = {"xa", "huyen"}


@dataclass
class Asked:
    """The form with everything its fields may name.

    Attributes:
        units: of the territory, in force. versions: the stored criteria sets.
        typed: what stands in the fields. errors: a sentence for each field that cannot be read.
    """

    territory: Unit
    units: Sequence[Unit]
    versions: Sequence[FrameworkVersion]
    typed: QueryDict
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, longest: int = 500) -> str:
        """What stands in a field, with single spaces."""
        return " ".join(self.typed.get(name, "").split())[:longest]

    @property
    def version(self) -> FrameworkVersion | None:
        """The criteria set that is chosen."""
        chosen = self.typed.get("framework", "")
        return next((v for v in self.versions if v.content_hash == chosen), None)

    @property
    def framework(self) -> Framework | None:
        """Its content."""
        return by_hash(self.version.content_hash) if self.version else None

    @property
    def turns(self) -> int:
        """How many rounds of explanation; the usual number where what is typed is none."""
        said = self.typed.get("turns", "")
        return int(said) if said in {str(n) for n in range(MOST_TURNS + 1)} else USUAL_TURNS

    @property
    def leads(self) -> list[Unit]:
        """The units that may appraise: offices; any unit where the territory has no office."""
        return [u for u in self.units if u.type not in APPRAISED_ONLY] or list(self.units)

    @property
    def appraised(self) -> list[Node]:
        """What is given to lead departments: areas, bonus and penalty items; what a survey gives is not."""
        found = self.framework
        if found is None:
            return []
        return [
            node
            for node in (*found.areas, *found.extras.values())
            if any(n.is_leaf and found.method_of(n.code) != "survey" for n in node.walk())
        ]

    def ticked(self, unit: Unit) -> bool:
        """Whether a unit takes part."""
        return str(unit.pk) in self.typed.getlist("unit")


def row_name(kind: Phase.Kind, turn: int) -> str:
    """A phase's part of the names of its fields."""
    return f"{kind.value}-{turn}"


def propose_all(asked: Asked, day: date) -> None:
    """Fill in what nobody has yet: the last round’s set or the newest, its units, dates from the next day."""
    typed = asked.typed
    typed["year"], typed["turns"] = str(day.year), str(USUAL_TURNS)
    typed["start"] = (day + timedelta(days=1)).isoformat()
    for kind, days in USUAL_DAYS.items():
        typed[f"days-{kind.value}"] = str(days)
    last = next(iter(rounds_of(asked.territory.pk)), None)
    if chosen := last.framework if last else max(asked.versions, key=lambda v: v.pk, default=None):
        typed["framework"] = chosen.content_hash
    for unit in asked.units:
        typed[f"group-{unit.pk}"] = unit.ranking_group
    propose_units(asked)
    propose_calendar(asked)


def propose_units(asked: Asked) -> None:
    """Tick the units whose type the chosen set is for."""
    known = asked.framework.type_codes if asked.framework else frozenset()
    asked.typed.setlist("unit", [str(u.pk) for u in asked.units if not known or u.type in known])
    asked.typed["ticked-for"] = asked.typed.get("framework", "")


def propose_calendar(asked: Asked) -> None:
    """Fill the calendar from the first day and the lengths; a length that cannot be read is said."""
    day = _day(asked.typed.get("start", ""))
    if day is None:
        asked.errors["start"] = gettext("Hãy ghi ngày bắt đầu (từ năm 2000 đến năm 2100).")
    lengths = {}
    for kind in USUAL_DAYS:
        said = asked.text(f"days-{kind.value}")
        if said.isascii() and said.isdigit() and 1 <= int(said[:4]) <= LONGEST_PHASE:
            lengths[kind] = int(said[:4])
        else:
            asked.errors[f"days-{kind.value}"] = gettext("Hãy ghi số ngày từ 1 đến 366.")
    if day is None or asked.errors:
        return
    for kind, turn in calendar_rows(asked.turns):
        last = day + timedelta(days=lengths[kind] - 1)
        name = row_name(kind, turn)
        asked.typed[f"opens-{name}"] = LOCAL.format(datetime.combine(day, OPENS))
        asked.typed[f"closes-{name}"] = LOCAL.format(datetime.combine(last, CLOSES))
        day = last + timedelta(days=1)


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None


@dataclass(frozen=True)
class Plan:
    """The round as the form says it."""

    new: NewRound
    enrolments: Sequence[Enrolment]
    parts: Sequence[Part]


def read_plan(asked: Asked) -> Plan | None:
    """What the form says; None, with a sentence at each field, where anything cannot be read."""
    title = Text(asked.text("title"), asked.text("title_en"))
    year = asked.text("year")
    if not title.vi:
        asked.errors["title"] = gettext("Hãy ghi tên kỳ đánh giá.")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 2000 <= int(year) <= 2100):
        asked.errors["year"] = gettext("Hãy ghi năm từ 2000 đến 2100.")
    if asked.version is None:
        asked.errors["framework"] = gettext("Hãy chọn bộ tiêu chí.")
    code = asked.text("code", 100)
    try:
        check_code(asked.territory, code)
    except Refused as refusal:
        asked.errors["code"] = refusal_sentence(refusal.code, refusal.data, language())
    enrolments, groups = _enrolments(asked)
    phases, parts = _phases(asked), _parts(asked)
    if asked.errors or asked.version is None:
        return None
    new = NewRound(
        territory=asked.territory,
        code=code,
        year=int(year),
        title=title,
        note=_note(asked.territory),
        framework=asked.version,
        groups=groups,
        phases=phases,
    )
    return Plan(new, enrolments, parts)


def _note(territory: Unit) -> Text:
    """An invented place's round says that it is invented; any other has nothing to note."""
    if not territory.illustrative:
        return Text("")
    vi, en = territory.name.vi, territory.name.en or territory.name.vi
    return Text(
        f"{vi} không có thật; số liệu của kỳ này được dựng để minh họa.",
        f"{en} does not exist; the figures of this round were made up as an illustration.",
    )


def _enrolments(asked: Asked) -> tuple[list[Enrolment], dict[str, Text]]:
    """Who takes part in which group: the unit's own field, else that of its type."""
    codes: dict[str, str] = {}
    groups: dict[str, Text] = {}
    found = []
    for unit in asked.units:
        if not asked.ticked(unit):
            continue
        name = asked.text(f"group-{unit.pk}", 250) or asked.text(f"type-{unit.type}", 250)
        if not name:
            asked.errors[f"type-{unit.type}"] = gettext(
                "Có đơn vị chưa có khối xếp hạng: ghi ở đây cho cả loại, hoặc ở từng đơn vị."
            )
            continue
        if name not in codes:
            code, n = slug(name), 1
            while code in groups:
                n += 1
                code = f"{slug(name)}-{n}"
            known = type_name(unit.type)
            codes[name], groups[code] = code, known if known.vi == name else Text(name)
        found.append(Enrolment(unit, codes[name]))
    if not any(asked.ticked(u) for u in asked.units):
        asked.errors["unit"] = gettext("Hãy chọn ít nhất một đơn vị tham gia.")
    return found, groups


def _phases(asked: Asked) -> list[PlannedPhase]:
    """The calendar; each row needs both instants, in order."""
    found, names = [], []
    for kind, turn in calendar_rows(asked.turns):
        name = row_name(kind, turn)
        opens, closes = (_instant(asked.typed.get(f"{w}-{name}", "")) for w in ("opens", "closes"))
        if opens is None or closes is None:
            asked.errors[f"phase-{name}"] = gettext(
                "Hãy ghi thời điểm mở và thời điểm đóng (ngày, giờ, phút)."
            )
            continue
        found.append(PlannedPhase(kind, opens, closes, turn))
        names.append(name)
    for k, name in enumerate(names, start=1):
        try:
            check_calendar(found[:k])
        except Refused as refusal:
            asked.errors[f"phase-{name}"] = refusal_sentence(refusal.code, refusal.data, language())
            break  # the first is what the later ones would repeat
    return found


def _instant(text: str) -> datetime | None:
    found = read_instant(text)
    return found if found and 2000 <= found.year <= 2100 else None


def _parts(asked: Asked) -> list[Part]:
    """Who appraises what; a stand-in is another unit than the lead."""
    known = {str(u.pk): u for u in asked.leads}
    found = []
    for node in asked.appraised:
        lead, stand_in = (asked.typed.get(f"{w}-{node.code}", "") for w in ("lead", "stand"))
        name = f"part-{node.code}"
        if any(pk and pk not in known for pk in (lead, stand_in)):
            asked.errors[name] = gettext("Cơ quan đã chọn không còn trong danh sách; hãy chọn lại.")
        elif stand_in and not lead:
            asked.errors[name] = gettext("Hãy chọn cơ quan chủ trì trước khi chọn cơ quan thay thế.")
        elif stand_in and stand_in == lead:
            asked.errors[name] = gettext("Cơ quan thay thế phải khác cơ quan chủ trì.")
        elif lead:
            found.append(Part(node.code, known[lead], known.get(stand_in)))
    return found
