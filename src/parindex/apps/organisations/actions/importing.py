"""What brings in units and people from a table, all or nothing, in one transaction and one ledger entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.imports.people import CONTACT, PeoplePlan, PersonRow, plan_people
from parindex.apps.organisations.imports.plans import digest_of, iso
from parindex.apps.organisations.imports.units import FIELDS, UnitPlan, UnitRow, plan_units
from parindex.apps.organisations.models import Grant, Person, Unit, UnitChange
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.formats.registers import Outcome, Planned, RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


DOES = (Outcome.ADDED, Outcome.CHANGED)


@transaction.atomic
def import_units(
    *, territory: Unit, rows: Sequence[RegisterRow], shown: str, by: str, at: datetime
) -> Sequence[Planned]:
    """Bring in units as they were shown.

    Args:
        shown: the digest of the plan that was looked at.

    Returns:
        What each row did.

    Raises:
        Refused: ``upload_changed`` where the plan would be another by now; ``rows_refused``.
    """
    locked = (
        Unit.objects.select_for_update(of=("self",)).select_related("parent__parent").get(pk=territory.pk)
    )
    tree = tree_of(locked)
    plan = plan_units(tree, rows)
    _check(plan.rows, shown)
    doing = [plan.sound[p.line] for p in plan.rows if p.outcome in DOES]
    if not doing:
        return plan.rows
    units = {**plan.known, "": locked, locked.code: locked}
    _add_units([r for r in doing if r.code not in plan.known], units, locked)
    _change_units(plan, units, at)
    told = [
        [p.key, p.outcome.value, *_unit_cells(plan.sound[p.line])] for p in plan.rows if p.outcome in DOES
    ]
    record(
        chain=f"unit:{tree.prefix.partition('.')[0]}",
        kind="units.imported",
        subject=tree.prefix,
        payload={"v": 1, "rows": told},
        by=by,
        at=at,
    )
    return plan.rows


def _check(rows: Sequence[Planned], shown: str) -> None:
    if digest_of(rows) != shown:
        raise Refused("upload_changed")
    if any(p.outcome is Outcome.REFUSED for p in rows):
        raise Refused("rows_refused")


def _unit_cells(found: UnitRow) -> list[str]:
    return [*(found.values[k] for k in FIELDS), found.parent or "", iso(found.first), iso(found.last)]


def _add_units(new: Sequence[UnitRow], units: dict[str, Unit], territory: Unit) -> None:
    """Level by level: a unit after the one above it."""
    waiting = list(new)
    while waiting:
        ready = [r for r in waiting if (r.parent or "") in units]
        made = Unit.objects.bulk_create(
            Unit(
                parent=units[r.parent or ""],
                code=r.code,
                illustrative=territory.illustrative,
                valid_from=r.first,
                valid_to=r.last,
                **{field: r.values[key] for key, field in FIELDS.items()},
            )
            for r in ready
        )
        units |= {u.code: u for u in made}
        waiting = [r for r in waiting if r not in ready]


def _change_units(plan: UnitPlan, units: dict[str, Unit], at: datetime) -> None:
    """Each changed unit, and what is told of it in its history."""
    day = legal_date(at)
    changed, history = [], []
    for planned in plan.rows:
        if planned.outcome is not Outcome.CHANGED:
            continue
        unit, found = units[planned.key], plan.sound[planned.line]
        for key, before, after in planned.changes:
            if key in FIELDS:
                setattr(unit, FIELDS[key], after)
            elif key == "parent":
                before, after = units[before].name_vi, units[after].name_vi
                unit.parent = units[found.parent or ""]
            if key in UnitChange.Fact.values:
                history.append(UnitChange(unit=unit, fact=key, before=before, after=after, on=day))
        unit.valid_from = found.first or unit.valid_from
        unit.valid_to = found.last or unit.valid_to
        changed.append(unit)
    Unit.objects.bulk_update(changed, [*FIELDS.values(), "parent", "valid_from", "valid_to"], batch_size=200)
    UnitChange.objects.bulk_create(history, batch_size=500)


@transaction.atomic
def import_people(
    *,
    territory: Unit,
    rows: Sequence[RegisterRow],
    shown: str,
    may_change: Callable[[Person], Refused | None],
    by: str,
    at: datetime,
) -> Sequence[Planned]:
    """Bring in people and their roles as they were shown; nobody gets a password by it.

    Raises:
        Refused: ``upload_changed`` or ``rows_refused``.
    """
    locked = (
        Unit.objects.select_for_update(of=("self",)).select_related("parent__parent").get(pk=territory.pk)
    )
    tree = tree_of(locked)
    plan = plan_people(tree, rows, at=at, may_change=may_change)
    _check(plan.rows, shown)
    doing = [(p, plan.sound[p.line]) for p in plan.rows if p.outcome in DOES]
    if not doing:
        return plan.rows
    people = _keep_people(plan, doing, tree)
    Grant.objects.bulk_create(
        (
            Grant(
                person=people[found.username.casefold()],
                role=found.role.value,
                unit=found.unit,
                valid_from=found.first,
                valid_to=found.last,
            )
            for planned, found in doing
            if found.role and found.unit and any(key == "role" for key, _, _ in planned.changes)
        ),
        batch_size=500,
    )
    told = [_person_cells(planned, found, people) for planned, found in doing]
    record(
        chain=f"people:{tree.prefix.partition('.')[0]}",
        kind="people.imported",
        subject=tree.prefix,
        payload={"v": 2, "rows": told},
        by=by,
        at=at,
    )
    return plan.rows


def _keep_people(
    plan: PeoplePlan, doing: Sequence[tuple[Planned, PersonRow]], tree: Tree
) -> dict[str, Person]:
    """New persons, and what changed of those there were; by sign-in name in small letters."""
    people = dict(plan.known)
    new = [found for planned, found in doing if planned.outcome is Outcome.ADDED]
    fresh = []
    for found in new:
        person = Person(username=found.username, illustrative=tree.root.illustrative, **found.contact)
        person.set_password(None)
        fresh.append(person)
    for person in Person.objects.bulk_create(fresh, batch_size=500):
        people[person.username.casefold()] = person
    changed = {}
    for planned, found in doing:
        for key, _, after in planned.changes:
            if key in CONTACT:
                person = people[found.username.casefold()]
                setattr(person, key, after)
                changed[person.pk] = person
    Person.objects.bulk_update(changed.values(), CONTACT, batch_size=200)
    return people


def _person_cells(planned: Planned, found: PersonRow, people: dict[str, Person]) -> list[object]:
    """A row of the entry: who by reference, which fields, which role where and when; no free words."""
    person = people[found.username.casefold()]
    fields = sorted(key for key, _, _ in planned.changes if key in CONTACT)
    role = [found.role.value, found.unit.code] if found.role and found.unit else ["", ""]
    return [
        person.ref,
        planned.outcome.value,
        fields,
        *role,
        iso(found.first),
        iso(found.last),
    ]
