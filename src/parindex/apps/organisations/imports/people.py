"""A table of people and their roles against those there are: one row for each role."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from parindex.apps.organisations.imports.plans import by_word, day_in, iso, within
from parindex.apps.organisations.models import Grant, Person, Unit
from parindex.apps.organisations.queries import Tree
from parindex.apps.organisations.queries.people import holds_on
from parindex.apps.organisations.roles import ROLES, Role
from parindex.apps.organisations.rules import check_own_role, check_period, check_person, check_username
from parindex.core.formats.registers import CellRefused, Column, Outcome, Planned, RegisterRow, refused_row
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date


PEOPLE_COLUMNS = (
    Column("username", Text("Tên đăng nhập", "Sign-in name"), required=True),
    Column("full_name", Text("Họ tên", "Name"), required=True),
    Column("position", Text("Chức vụ", "Office held")),
    Column("email", Text("Thư điện tử", "E-mail")),
    Column("phone", Text("Điện thoại", "Telephone")),
    Column("role", Text("Vai trò", "Role"), hint=Text("mỗi vai trò một dòng", "one row for each role")),
    Column("unit", Text("Mã đơn vị", "Unit code")),
    Column("from", Text("Từ ngày", "From"), hint=Text("ngày/tháng/năm", "day/month/year")),
    Column("to", Text("Đến ngày", "Until"), hint=Text("ngày/tháng/năm", "day/month/year")),
)
CONTACT = ("full_name", "position", "email", "phone")
LIMITS = {"full_name": 200, "position": 200, "email": 254, "phone": 30}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that can be read. `role` and `unit` are None where it speaks of the person alone."""

    row: RegisterRow
    username: str
    contact: Mapping[str, str]
    role: Role | None
    unit: Unit | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """What the rows would do, in their order, and what the sound ones say."""

    rows: Sequence[Planned]
    sound: Mapping[int, PersonRow]
    known: Mapping[str, Person]


class _Known:
    """The people there are, and the places where roles can be given."""

    def __init__(self, tree: Tree, rows: Sequence[RegisterRow], at: datetime) -> None:
        self.day = legal_date(at)
        self.units: dict[str, Unit] = {}
        self.double: set[str] = set()
        for unit in tree.walk():
            if unit.code in self.units:
                self.double.add(unit.code)
            self.units[unit.code] = unit
        self.root = tree.root.pk
        self.inner = {parent.pk for parent in tree.parents.values()} | {tree.root.pk}
        self.roles = by_word({role: info.name for role, info in ROLES.items()})
        names = {row.get("username").casefold() for row in rows}
        found = Person.objects.prefetch_related("grants__unit__parent__parent__parent")
        self.people = {p.username.casefold(): p for p in found if p.username.casefold() in names}


def plan_people(
    tree: Tree, rows: Sequence[RegisterRow], *, at: datetime, may_change: Callable[[Person], Refused | None]
) -> PeoplePlan:
    """What each row would do. Nothing is written.

    Args:
        may_change: why the account of a person is not to be changed by whoever imports; None where it is.
    """
    known = _Known(tree, rows, at)
    first_said: dict[str, PersonRow] = {}
    given: dict[tuple[str, str, int, str], int] = {}
    read: dict[int, PersonRow] = {}
    planned: list[Planned] = []
    for row in rows:
        try:
            found = _read(row, known)
            _check_agrees(found, first_said)
            if found.role and found.unit:
                place = (found.username.casefold(), found.role.value, found.unit.pk, iso(found.first))
                if place in given:
                    raise CellRefused("role", Refused("row_repeated", line=given[place]))
                given[place] = row.line
            one = _planned(found, known, may_change, is_first=first_said[found.username.casefold()] is found)
        except CellRefused as refusal:
            planned.append(refused_row(row, row.get("full_name"), refusal))
        else:
            planned.append(one)
            read[row.line] = found
    return PeoplePlan(planned, read, known.people)


def _read(row: RegisterRow, known: _Known) -> PersonRow:
    """One row by itself. Raises CellRefused."""
    within("username", lambda: check_username(row.get("username")))
    contact = {key: row.get(key) for key in CONTACT}
    within("full_name", lambda: check_person(full_name=contact["full_name"], email=""))
    within("email", lambda: check_person(full_name="x", email=contact["email"]))
    for key, limit in LIMITS.items():
        if len(contact[key]) > limit:
            raise CellRefused(key, Refused("text_too_long", limit=limit))
    role, unit = _place(row, known)
    first, last = day_in(row, "from"), day_in(row, "to")
    within("to", lambda: check_period(first, last))
    return PersonRow(row, row.get("username"), contact, role, unit, first, last)


def _place(row: RegisterRow, known: _Known) -> tuple[Role | None, Unit | None]:
    """The role and where it is held. Raises CellRefused."""
    word, code = row.get("role"), row.get("unit")
    if not word and not code:
        return None, None
    role = known.roles.get(word.casefold())
    if role is None:
        raise CellRefused("role", Refused("role_unknown", role=word))
    unit = known.units.get(code)
    if unit is None:
        raise CellRefused("unit", Refused("unit_not_found", unit=code))
    if code in known.double:
        raise CellRefused("unit", Refused("unit_code_double", code=code))
    if ROLES[role].held_in == "territory" and unit.pk not in known.inner:
        raise CellRefused("unit", Refused("role_of_territory", role=ROLES[role].name, unit=unit.name_vi))
    if unit.pk == known.root:
        within("role", lambda: check_own_role(role, unit))
    return role, unit


def _check_agrees(found: PersonRow, first_said: dict[str, PersonRow]) -> None:
    """Rows of one person say the same of them. Raises CellRefused ``person_rows_differ``."""
    first = first_said.setdefault(found.username.casefold(), found)
    for key in CONTACT:
        if first.contact[key] != found.contact[key]:
            raise CellRefused(key, Refused("person_rows_differ", line=first.row.line))


def _planned(
    found: PersonRow, known: _Known, may_change: Callable[[Person], Refused | None], *, is_first: bool
) -> Planned:
    """Added, changed or the same; the person's own facts count once. Raises CellRefused."""
    person = known.people.get(found.username.casefold())
    name = found.contact["full_name"]
    changes: list[tuple[str, str, str]] = []
    if person is not None and is_first:
        changes += [
            (key, getattr(person, key), found.contact[key])
            for key in CONTACT
            if found.contact[key] and found.contact[key] != getattr(person, key)
        ]
        why = Refused("person_inactive", person=person.full_name) if not person.is_active else None
        why = why or (may_change(person) if changes else None)
        if why is not None:
            raise CellRefused("username", why)
    if found.role and found.unit and not _stands(found, person, known.day):
        if found.unit.valid_to is not None:
            last = found.unit.valid_to
            raise CellRefused("unit", Refused("unit_ended", unit=found.unit.name_vi, last=last))
        period = "–".join(filter(None, (iso(found.first), iso(found.last))))
        changes.append(("role", "", " ".join(filter(None, (found.role.value, found.unit.code, period)))))
    outcome = Outcome.CHANGED if changes else Outcome.SAME
    outcome = Outcome.ADDED if person is None and is_first else outcome
    return Planned(found.row.line, found.username, name, outcome, tuple(changes))


def _stands(found: PersonRow, person: Person | None, day: date) -> bool:
    """Whether the role is held already. Raises CellRefused ``role_held`` where it is held for other days."""
    if person is None or found.unit is None or found.role is None:
        return False
    same = [g for g in person.grants.all() if g.unit_id == found.unit.pk and g.role == found.role.value]
    if any((g.valid_from, g.valid_to) == (found.first, found.last) for g in same):
        return True
    if found.first is None and found.last is None and any(holds_on(g, day) for g in same):
        return True
    if any(_overlaps(g, found) for g in same):
        raise CellRefused("role", Refused("role_held", role=ROLES[found.role].name, unit=found.unit.name_vi))
    return False


def _overlaps(grant: Grant, found: PersonRow) -> bool:
    return (grant.valid_from or date.min) <= (found.last or date.max) and (found.first or date.min) <= (
        grant.valid_to or date.max
    )
