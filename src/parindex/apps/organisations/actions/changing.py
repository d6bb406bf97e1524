"""What happens to a unit in its life: a new name, type, group or parent; its end; merger and split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from parindex.apps.organisations.actions.units import NewUnit, address_of, make_unit, note, types_in_use
from parindex.apps.organisations.models import Succession, Unit, UnitChange
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.rules import (
    check_began,
    check_document,
    check_living,
    check_name,
    check_no_children,
    check_parent,
    check_period,
    check_type,
)
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Facts:
    """What a unit is from a day on; everything is given, what did not change as it was."""

    name: Text
    type: str
    ranking_group: str
    parent: Unit | None


@dataclass(frozen=True, slots=True)
class Ground:
    """Since when something holds, and by which document."""

    on: date
    document: str = ""


@transaction.atomic
def change_unit(*, unit: Unit, facts: Facts, ground: Ground, by: str, at: datetime) -> list[UnitChange]:
    """Give a unit another name, type, group or parent from a day on; rounds keep what they froze.

    Returns:
        What changed; nothing is written where nothing did.

    Raises:
        Refused: ``unit_name_missing``, ``unit_type_unknown``, ``unit_below_itself``, ``unit_elsewhere``,
            ``unit_too_deep``, ``unit_ended``, ``unit_code_taken``, ``not_in_force_yet``, ``period_reversed``.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    check_living(unit)
    check_name(facts.name.vi)
    check_type(facts.type, {unit.type} | (types_in_use(unit.parent) if unit.parent else set()))
    check_began(ground.on, at)
    check_period(unit.valid_from, ground.on)
    if facts.parent is not None and facts.parent.pk != unit.parent_id:
        _check_move(unit, facts.parent)
    made = _changes(unit, facts, ground)
    english = facts.name.en.strip() != unit.name_en
    if not made and not english:
        return []
    before = address_of(unit)
    unit.name_vi, unit.name_en = facts.name.vi.strip(), facts.name.en.strip()
    unit.type, unit.ranking_group = facts.type, facts.ranking_group.strip()
    if unit.parent_id is not None and facts.parent is not None:
        unit.parent = facts.parent
    unit.save()
    UnitChange.objects.bulk_create(made)
    payload = {
        "v": 1,
        "from": before,
        "changes": [[c.fact, c.before, c.after] for c in made],
        "name": [unit.name_vi, unit.name_en],
        "on": ground.on.isoformat(),
        "document": ground.document.strip(),
    }
    note(unit, "unit.changed", payload, by=by, at=at)
    return made


def _check_move(unit: Unit, parent: Unit) -> None:
    """Within its own territory, not below itself, to a place where its code is free."""
    above = way_up(parent)
    check_parent(unit, parent, above)
    if unit.parent is None or above[-1].pk != way_up(unit)[-1].pk:
        raise Refused("unit_elsewhere", unit=unit.name_vi)
    if parent.children.filter(code=unit.code).exists():
        raise Refused("unit_code_taken", code=unit.code)


def _changes(unit: Unit, facts: Facts, ground: Ground) -> list[UnitChange]:
    """Each fact that is another, before and after."""
    parent = facts.parent or unit.parent
    pairs = (
        (UnitChange.Fact.NAME, unit.name_vi, facts.name.vi.strip()),
        (UnitChange.Fact.TYPE, unit.type, facts.type),
        (UnitChange.Fact.GROUP, unit.ranking_group, facts.ranking_group.strip()),
        (
            UnitChange.Fact.PARENT,
            unit.parent.name_vi if unit.parent else "",
            parent.name_vi if parent and unit.parent else "",
        ),
    )
    return [
        UnitChange(
            unit=unit, fact=fact, before=before, after=after, on=ground.on, document=ground.document.strip()
        )
        for fact, before, after in pairs
        if before != after
    ]


@transaction.atomic
def end_unit(*, unit: Unit, ground: Ground, by: str, at: datetime) -> Unit:
    """The unit exists until a day, that day included; what it did and who held roles in it stays.

    Raises:
        Refused: ``document_needed``, ``unit_ended``, ``unit_has_children``, ``not_in_force_yet``,
            ``period_reversed``, ``territory_ends_not``.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    check_document(ground.document)
    check_began(ground.on, at)
    _end(unit, ground.on)
    payload = {"v": 1, "last": ground.on.isoformat(), "document": ground.document.strip()}
    note(unit, "unit.ended", payload, by=by, at=at)
    return unit


@transaction.atomic
def restore_unit(*, unit: Unit, reason: str, by: str, at: datetime) -> Unit:
    """Take back an end that was entered by mistake; not where another unit came from it.

    Raises:
        Refused: ``reason_needed``, ``unit_not_ended``, ``unit_has_successors``.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if not reason.strip():
        raise Refused("reason_needed")
    if unit.valid_to is None:
        raise Refused("unit_not_ended", unit=unit.name_vi)
    if unit.successions.exists():
        raise Refused("unit_has_successors", unit=unit.name_vi)
    payload: dict[str, object] = {"v": 1, "was": unit.valid_to.isoformat(), "reason": reason.strip()[:500]}
    unit.valid_to = None
    unit.save()
    note(unit, "unit.restored", payload, by=by, at=at)
    return unit


def _end(unit: Unit, last: date) -> None:
    if unit.parent_id is None:
        raise Refused("territory_ends_not", unit=unit.name_vi)
    check_living(unit)
    check_no_children(unit)
    check_period(unit.valid_from, last)
    unit.valid_to = last
    unit.save()


@transaction.atomic
def merge_units(
    *, earlier: Sequence[Unit], into: Unit | NewUnit, ground: Ground, by: str, at: datetime
) -> Unit:
    """Several units become one on a day: a new one, or one that goes on and takes the others in.

    Raises:
        Refused: ``merger_of_one``, and as `end_unit` and `add_unit`.
    """
    _check_ground(ground, at)
    units = _locked(earlier)
    if isinstance(into, NewUnit):
        later = make_unit(parent=_parent_of(units), new=into)
    else:
        later = into
        units = [u for u in units if u.pk != into.pk]
        check_living(later)
    if len(units) + (not isinstance(into, NewUnit)) < 2:
        raise Refused("merger_of_one")
    for unit in units:
        _end(unit, ground.on - timedelta(days=1))
    _succeed([(u, later) for u in units], Succession.Kind.MERGED, ground)
    payload = {
        "v": 1,
        "earlier": [address_of(u) for u in units],
        "name": [later.name_vi, later.name_en],
        "new": isinstance(into, NewUnit),
        "on": ground.on.isoformat(),
        "document": ground.document.strip(),
    }
    note(later, "units.merged", payload, by=by, at=at)
    return later


@transaction.atomic
def split_unit(
    *, unit: Unit, parts: Sequence[NewUnit], goes_on: bool, ground: Ground, by: str, at: datetime
) -> list[Unit]:
    """One unit becomes several on a day (chia), or gives off others and goes on (tách).

    Raises:
        Refused: ``split_in_one``, and as `end_unit` and `add_unit`.
    """
    _check_ground(ground, at)
    (unit,) = _locked([unit])
    if len(parts) + goes_on < 2:
        raise Refused("split_in_one")
    parent = _parent_of([unit])
    if goes_on:
        check_living(unit)
    else:
        _end(unit, ground.on - timedelta(days=1))
    made = [make_unit(parent=parent, new=part) for part in parts]
    _succeed([(unit, later) for later in made], Succession.Kind.SPLIT, ground)
    payload = {
        "v": 1,
        "later": [[u.code, u.name_vi, u.name_en, u.type] for u in made],
        "goes_on": goes_on,
        "on": ground.on.isoformat(),
        "document": ground.document.strip(),
    }
    note(unit, "unit.split", payload, by=by, at=at)
    return made


def _check_ground(ground: Ground, at: datetime) -> None:
    check_document(ground.document)
    check_began(ground.on, at)


def _locked(units: Sequence[Unit]) -> list[Unit]:
    found = Unit.objects.select_for_update().filter(pk__in=[u.pk for u in units]).order_by("code")
    return list(found)


def _parent_of(units: Sequence[Unit]) -> Unit:
    """Where what comes of them belongs: where the first was. Raises Refused ``territory_ends_not``."""
    if not units:
        raise Refused("merger_of_one")
    parent = units[0].parent
    if parent is None:
        raise Refused("territory_ends_not", unit=units[0].name_vi)
    return parent


def _succeed(pairs: Sequence[tuple[Unit, Unit]], kind: Succession.Kind, ground: Ground) -> None:
    Succession.objects.bulk_create(
        Succession(earlier=earlier, later=later, kind=kind, on=ground.on, document=ground.document.strip())
        for earlier, later in pairs
    )
