"""A table of units against the units there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from parindex.apps.organisations.imports.plans import by_word, day_in, iso, within
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree
from parindex.apps.organisations.rules import DEEPEST, check_code, check_name, check_period
from parindex.apps.organisations.types import UNIT_TYPES
from parindex.core.formats.registers import CellRefused, Column, Outcome, Planned, RegisterRow, refused_row
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


UNIT_COLUMNS = (
    Column(
        "code",
        Text("Mã đơn vị", "Unit code"),
        required=True,
        hint=Text("chữ thường không dấu, số, gạch nối", "small letters without accents, digits, hyphens"),
    ),
    Column("name", Text("Tên đơn vị", "Unit name"), required=True),
    Column("name_en", Text("Tên đơn vị bằng tiếng Anh", "English name")),
    Column("type", Text("Loại đơn vị", "Type"), required=True),
    Column("group", Text("Khối xếp hạng", "Ranking group")),
    Column(
        "parent",
        Text("Mã cơ quan cấp trên", "Code of the unit above"),
        hint=Text("để trống: trực thuộc địa bàn", "empty: directly below the territory"),
    ),
    Column("from", Text("Hiệu lực từ", "In force since"), hint=Text("ngày/tháng/năm", "day/month/year")),
    Column("to", Text("Hiệu lực đến", "In force until"), hint=Text("ngày/tháng/năm", "day/month/year")),
)
FIELDS = {"name": "name_vi", "name_en": "name_en", "type": "type", "group": "ranking_group"}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row that can be read: the unit as it would be. An empty cell leaves what there is."""

    row: RegisterRow
    code: str
    values: Mapping[str, str]
    parent: str | None  # code of the unit above; "" the territory, None where nothing is said
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What the rows would do, in their order, and what the sound ones say."""

    rows: Sequence[Planned]
    sound: Mapping[int, UnitRow]
    known: Mapping[str, Unit]


def plan_units(tree: Tree, rows: Sequence[RegisterRow]) -> UnitPlan:
    """What each row would do. Nothing is written; an ended unit stays as it is."""
    known: dict[str, Unit] = {}
    double: set[str] = set()
    for unit in list(tree.walk())[1:]:
        if unit.code in known:
            double.add(unit.code)
        known[unit.code] = unit
    types = by_word(UNIT_TYPES) | {u.type: u.type for u in known.values()}
    seen: dict[str, int] = {}
    read: dict[int, UnitRow] = {}
    wrong: dict[int, Planned] = {}
    for row in rows:
        try:
            found = _read(row, types)
            if found.code in seen:
                raise CellRefused("code", Refused("row_repeated", line=seen[found.code]))
            seen[found.code] = row.line
            if found.code in double:
                raise CellRefused("code", Refused("unit_code_double", code=found.code))
            read[row.line] = found
        except CellRefused as refusal:
            wrong[row.line] = refused_row(row, row.get("name"), refusal)
    _check_places(tree, known, read=read, wrong=wrong)
    planned = [
        wrong[row.line] if row.line in wrong else _planned(read[row.line], known, tree) for row in rows
    ]
    planned = [_unless_ended(p, read, known) for p in planned]
    sound = {p.line: read[p.line] for p in planned if p.outcome is not Outcome.REFUSED}
    return UnitPlan(planned, sound, known)


def _read(row: RegisterRow, types: Mapping[str, str]) -> UnitRow:
    """One row by itself. Raises CellRefused."""
    code = row.get("code")
    within("code", lambda: check_code(code))
    within("name", lambda: check_name(row.get("name")))
    type_ = types.get(row.get("type").casefold())
    if type_ is None:
        raise CellRefused("type", Refused("unit_type_unknown", type=row.get("type")[:50]))
    for key in ("name_en", "group"):
        if len(row.get(key)) > 250:
            raise CellRefused(key, Refused("unit_name_long", limit=250))
    first, last = day_in(row, "from"), day_in(row, "to")
    within("to", lambda: check_period(first, last))
    values = {
        "name": row.get("name"),
        "name_en": row.get("name_en"),
        "type": type_,
        "group": row.get("group"),
    }
    parent = row.get("parent") if "parent" in row.letters else None
    return UnitRow(row, code, values, parent, first, last)


def _check_places(
    tree: Tree, known: Mapping[str, Unit], *, read: dict[int, UnitRow], wrong: dict[int, Planned]
) -> None:
    """Every unit above is there, none is above itself or too deep; refused rows leave no children."""
    root = tree.root.code
    while True:
        above = {u.code: _parent_code(tree, u) for u in known.values()}
        above |= {r.code: "" if r.parent == root else r.parent for r in read.values() if r.parent is not None}
        above |= {r.code: above.get(r.code, "") for r in read.values()}
        bad = {}
        for line, found in read.items():
            why = _misplaced(found.code, above)
            if why is not None:
                bad[line] = refused_row(found.row, found.values["name"], CellRefused("parent", why))
        if not bad:
            return
        wrong |= bad
        for line in bad:
            del read[line]


def _parent_code(tree: Tree, unit: Unit) -> str:
    parent = tree.parents[unit.pk]
    return "" if parent.pk == tree.root.pk else parent.code


def _misplaced(code: str, above: Mapping[str, str]) -> Refused | None:
    """Why a unit cannot be where it is said to be."""
    way, here = [code], above[code]
    while here:
        if here not in above:
            return Refused("unit_not_found", unit=here)
        if here in way:
            return Refused("unit_in_circle", way=(*way, here))
        way.append(here)
        here = above[here]
    return Refused("unit_too_deep", limit=DEEPEST) if len(way) >= DEEPEST else None


def _planned(found: UnitRow, known: Mapping[str, Unit], tree: Tree) -> Planned:
    """Added, changed or the same."""
    unit = known.get(found.code)
    name = found.values["name"]
    if unit is None:
        return Planned(found.row.line, found.code, name, Outcome.ADDED)
    changes = [
        (key, getattr(unit, field), found.values[key])
        for key, field in FIELDS.items()
        if found.values[key] and found.values[key] != getattr(unit, field)
    ]
    parent = "" if found.parent == tree.root.code else found.parent
    if parent is not None and parent != _parent_code(tree, unit):
        changes.append(("parent", _parent_code(tree, unit), parent))
    for key, new, old in (("from", found.first, unit.valid_from), ("to", found.last, unit.valid_to)):
        if new is not None and new != old:
            changes.append((key, iso(old), iso(new)))
    outcome = Outcome.CHANGED if changes else Outcome.SAME
    return Planned(found.row.line, found.code, name, outcome, tuple(changes))


def _unless_ended(planned: Planned, read: Mapping[int, UnitRow], known: Mapping[str, Unit]) -> Planned:
    """What has ended is changed no more, and a period stays one."""
    unit = known.get(planned.key)
    if planned.outcome is not Outcome.CHANGED or unit is None:
        return planned
    found = read[planned.line]
    last = unit.valid_to if found.last is None else found.last
    first = unit.valid_from if found.first is None else found.first
    why: Refused | None = None
    if unit.valid_to is not None:
        why = Refused("unit_ended", unit=unit.name_vi, last=unit.valid_to)
    elif first and last and last < first:
        why = Refused("period_reversed", first=first, last=last)
    elif found.last is not None and unit.children.filter(valid_to=None).exists():
        below = tuple(unit.children.filter(valid_to=None).values_list("name_vi", flat=True)[:5])
        why = Refused("unit_has_children", unit=unit.name_vi, below=below)
    if why is None:
        return planned
    return replace(refused_row(found.row, planned.name, CellRefused("code", why)), key="")
