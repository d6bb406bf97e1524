"""The form of a round that is opened: its fields, and what they say once they are filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext

from parindex.apps.assessments.actions import Enrolment, NewRound, Part, PlannedPhase
from parindex.apps.assessments.models import Assignment, Participant, Phase, RankingGroup, Round
from parindex.apps.assessments.queries import assignments_of
from parindex.apps.assessments.queries.matrix import Matrix, matrix_between
from parindex.apps.assessments.rules.matrix import LeftOut, by_unit
from parindex.apps.assessments.rules.steering import check_calendar, check_code
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.types import type_name
from parindex.core.formats.slugs import slug
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.instants import read_instant
from parindex.web.parts.languages import language
from parindex.web.steer.first_units import one_by_one, read_taken
from parindex.web.steer.left_out import unpacked


USUAL_TURNS, MOST_TURNS = 2, 9
USUAL_DAYS = {
    Phase.Kind.SELF: 15,
    Phase.Kind.APPRAISAL: 15,
    Phase.Kind.EXPLANATION: 5,
    Phase.Kind.COUNCIL: 7,
}
APPRAISED_ONLY = {"xa", "huyen"}


def calendar_rows(turns: int) -> list[tuple[Phase.Kind, int]]:
    """The phases of a calendar with that many rounds of explanation, in order."""
    between = [
        (kind, turn + (kind is Phase.Kind.APPRAISAL))
        for turn in range(1, turns + 1)
        for kind in (Phase.Kind.EXPLANATION, Phase.Kind.APPRAISAL)
    ]
    return [(Phase.Kind.SELF, 1), (Phase.Kind.APPRAISAL, 1), *between, (Phase.Kind.COUNCIL, 1)]


@dataclass(frozen=True, slots=True)
class PartRow:
    """What one department is given: a node of the set, for one ranking group of the last round or for all."""

    node: Node
    group: RankingGroup | None = None

    @property
    def name(self) -> str:
        """Its part of the names of its fields."""
        return part_name(self.node.code, self.group.code if self.group else "")


@dataclass
class Asked:
    """The form with everything its fields may name.

    Attributes:
        units: of the territory, in force; last a territory itself, which may be what is assessed.
        versions: the stored criteria sets.
        typed: what stands in the fields. errors: a sentence for each field that cannot be read.
        last: the round that the new one follows, if any. undecided: years whose days off nobody has decided.
    """

    territory: Unit
    units: Sequence[Unit]
    versions: Sequence[FrameworkVersion]
    typed: QueryDict
    last: Round | None = None
    errors: dict[str, str] = field(default_factory=dict)
    undecided: Sequence[int] = ()

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
        """The units that may appraise: offices (any unit where the territory has none), and whoever did."""
        units = [u for u in self.units if u != self.territory]
        offices = [u for u in units if u.type not in APPRAISED_ONLY] or units
        before = {u for a in self.last_parts for u in (a.lead, a.stand_in) if u and not u.valid_to}
        return [*offices, *sorted(before - set(offices), key=lambda u: u.name_vi)]

    @cached_property
    def shown(self) -> frozenset[str]:
        """The types whose units stand in the form one by one."""
        return one_by_one(self.units)

    @cached_property
    def members(self) -> Mapping[int, RankingGroup]:
        """The units of the last round with their groups."""
        if self.last is None:
            return {}
        return {p.unit_id: p.group for p in self.last.participants.select_related("group").order_by("id")}

    @cached_property
    def own(self) -> Mapping[int, str]:
        """The ranking group that each unit had in the last round, or else has in the list of units."""
        return {
            u.pk: self.members[u.pk].name_vi if u.pk in self.members else self._group(u) for u in self.units
        }

    def _group(self, unit: Unit) -> str:
        """A territory that is assessed itself is a group of its own."""
        return unit.ranking_group or (unit.name_vi if unit == self.territory else "")

    @cached_property
    def last_groups(self) -> Mapping[str, RankingGroup]:
        """The last round's ranking groups by their names."""
        return {g.name_vi: g for g in self.last.groups.all()} if self.last else {}

    @cached_property
    def last_parts(self) -> list[Assignment]:
        """Who appraised what in the last round."""
        return assignments_of(self.last) if self.last else []

    @property
    def parts(self) -> list[PartRow]:
        """What is given to lead departments: areas, bonus and penalty items, and whatever else the last round
        gave apart; what a survey gives is not."""
        found = self.framework
        if found is None:
            return []
        rows = [
            PartRow(node)
            for node in (*found.areas, *found.extras.values())
            if any(n.is_leaf and found.method_of(n.code) != "survey" for n in node.walk())
        ]
        if self.last is not None:
            links = comparable_codes(found, by_hash(self.last.framework.content_hash))
            today = {was: code for code, was in links.items()}
            known = {**found.nodes, **found.extras}
            given = [(today.get(a.node, a.node), a.group) for a in self.last_parts]
            rows += [PartRow(known[code], group) for code, group in given if code in known]
        return list({row.name: row for row in rows}.values())


def part_name(node: str, group: str) -> str:
    """How the fields of a part are called."""
    return f"{node}--{group}" if group else node


def row_name(kind: Phase.Kind, turn: int) -> str:
    """A phase's part of the names of its fields."""
    return f"{kind.value}-{turn}"


@dataclass(frozen=True)
class Plan:
    """The round as the form says it.

    Attributes:
        participants: as they would be, not stored.
        left_out: the exceptions to its matrix. unused: those of units or criteria that do not take part.
    """

    new: NewRound
    enrolments: Sequence[Enrolment]
    parts: Sequence[Part]
    participants: Sequence[Participant]
    left_out: Sequence[LeftOut]
    unused: Sequence[LeftOut]

    @property
    def matrix(self) -> Matrix:
        """What would apply where."""
        return matrix_between(
            by_hash(self.new.framework.content_hash), self.participants, by_unit(self.left_out)
        )


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
    phases, parts = _phases(asked), _parts(asked, groups)
    exceptions = _exceptions(asked)
    if asked.errors or asked.version is None:
        return None
    last = asked.last
    new = NewRound(
        territory=asked.territory,
        code=code,
        year=int(year),
        title=title,
        note=last.note if last else _note(asked.territory),
        framework=asked.version,
        groups=groups,
        phases=phases,
        previous=last,
        publishes_rank_bands=last is not None and last.publishes_rank_bands,
    )
    people = _participants(asked, new, enrolments)
    leaves = {
        (line.participant.unit.code, leaf)
        for line in matrix_between(by_hash(asked.version.content_hash), people, {}).lines
        for leaf in line.applied
    }
    used = [row for row in exceptions if (row.unit, row.leaf) in leaves]
    unused = [row for row in exceptions if (row.unit, row.leaf) not in leaves]
    return Plan(new, enrolments, parts, people, used, unused)


def _exceptions(asked: Asked) -> list[LeftOut]:
    try:
        return unpacked(asked.typed.get("left-out", ""))
    except Refused as refusal:
        asked.errors["left-out"] = refusal_sentence(refusal.code, refusal.data, language())
        return []


def _participants(asked: Asked, new: NewRound, enrolments: Sequence[Enrolment]) -> list[Participant]:
    """The units as they would take part; a group of the last round is that round's."""
    known = {g.code: g for g in asked.last_groups.values()}
    groups = {
        code: known.get(code) or RankingGroup(code=code, name_vi=name.vi, name_en=name.en)
        for code, name in new.groups.items()
    }
    return [
        Participant(
            unit=e.unit,
            group=groups[e.group],
            name_vi=e.unit.name_vi,
            name_en=e.unit.name_en,
            type=e.unit.type,
        )
        for e in enrolments
    ]


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
    """Who takes part in which group."""
    taken, wrong = read_taken(asked.typed, asked.units, asked.own)
    asked.errors |= {f"type-{kind}": words for kind, words in wrong.items()}
    codes: dict[str, str] = {}
    groups: dict[str, Text] = {}
    found = []
    for unit in asked.units:
        if unit.pk not in taken:
            continue
        name = taken[unit.pk]
        if not name:
            asked.errors[f"type-{unit.type}"] = gettext(
                "Có đơn vị chưa có khối xếp hạng: ghi ở đây cho cả loại, hoặc ở từng đơn vị."
            )
            continue
        if name not in codes:
            codes[name], groups_name = _group(asked, unit, name, taken=groups)
            groups[codes[name]] = groups_name
        found.append(Enrolment(unit, codes[name]))
    if not taken:
        asked.errors["unit"] = gettext("Hãy chọn ít nhất một đơn vị tham gia.")
    return found, groups


def _group(asked: Asked, unit: Unit, name: str, *, taken: Mapping[str, Text]) -> tuple[str, Text]:
    """The code and both names of a ranking group: the last round's where it had it."""
    before = asked.last_groups.get(name)
    if before is not None and before.code not in taken:
        return before.code, before.name
    reserved = {*taken, *(g.code for g in asked.last_groups.values())}
    code, n = slug(name), 1
    while code in reserved:
        n += 1
        code = f"{slug(name)}-{n}"
    known = type_name(unit.type)
    return code, known if known.vi == name else Text(name)


def _phases(asked: Asked) -> list[PlannedPhase]:
    """The calendar, in order; a row needs both instants, and one without any is a phase that is not used."""
    found, names = [], []
    for kind, turn in calendar_rows(asked.turns):
        name = row_name(kind, turn)
        said = [asked.typed.get(f"{w}-{name}", "").strip() for w in ("opens", "closes")]
        if not any(said):
            continue
        opens, closes = map(_instant, said)
        if opens is None or closes is None:
            asked.errors[f"phase-{name}"] = gettext(
                "Hãy ghi thời điểm mở và thời điểm đóng (ngày, giờ, phút)."
            )
            continue
        found.append(PlannedPhase(kind, opens, closes, turn))
        names.append(name)
    for k, name in enumerate(names or [row_name(Phase.Kind.SELF, 1)], start=1):
        try:
            check_calendar(found[:k])
        except Refused as refusal:
            asked.errors.setdefault(f"phase-{name}", refusal_sentence(refusal.code, refusal.data, language()))
            break  # the first is what the later ones would repeat
    return found


def _instant(text: str) -> datetime | None:
    found = read_instant(text)
    return found if found and 2000 <= found.year <= 2100 else None


def _parts(asked: Asked, groups: Mapping[str, Text]) -> list[Part]:
    """Who appraises what; a stand-in is another unit than the lead. A part of a group that is no more is not
    kept."""
    known = {str(u.pk): u for u in asked.leads}
    found = []
    for row in asked.parts:
        lead, stand_in = (asked.typed.get(f"{w}-{row.name}", "") for w in ("lead", "stand"))
        if row.group is not None and row.group.code not in groups:
            continue
        name = f"part-{row.name}"
        if any(pk and pk not in known for pk in (lead, stand_in)):
            asked.errors[name] = gettext("Cơ quan đã chọn không còn trong danh sách; hãy chọn lại.")
        elif stand_in and not lead:
            asked.errors[name] = gettext("Hãy chọn cơ quan chủ trì trước khi chọn cơ quan thay thế.")
        elif stand_in and stand_in == lead:
            asked.errors[name] = gettext("Cơ quan thay thế phải khác cơ quan chủ trì.")
        elif lead:
            found.append(Part(row.node.code, known[lead], known.get(stand_in), row.group))
    return found
