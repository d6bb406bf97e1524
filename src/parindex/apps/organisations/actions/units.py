"""What changes units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.chains import units_chain
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.rules import (
    DEEPEST,
    check_code,
    check_living,
    check_name,
    check_period,
    check_type,
)
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as it is handed in: code (part of its address), names, type; group and validity where known."""

    code: str
    name: Text
    type: str
    ranking_group: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def found_territory(*, code: str, name: Text, type_: str, illustrative: bool, by: str, at: datetime) -> Unit:
    """The root of a tree, made once; called again it returns what stands."""
    territory, made = Unit.objects.get_or_create(
        parent=None,
        code=code,
        defaults={"name_vi": name.vi, "name_en": name.en, "type": type_, "illustrative": illustrative},
    )
    if made:
        payload = {"v": 1, "name": name.vi, "type": type_, "illustrative": illustrative}
        record(chain=f"unit:{code}", kind="territory.founded", subject=code, payload=payload, by=by, at=at)
    return territory


@transaction.atomic
def add_units(*, territory: Unit, units: Sequence[NewUnit], by: str, at: datetime) -> dict[str, Unit]:
    """Add the units that are not there yet; returns every named one by code. One ledger entry for the whole
    act.

    Raises:
        Refused: ``period_reversed``.
    """
    known = {u.code: u for u in territory.children.all()}
    missing = [u for u in units if u.code not in known]
    for u in missing:
        check_period(u.valid_from, u.valid_to)
    Unit.objects.bulk_create(
        Unit(
            parent=territory,
            code=u.code,
            name_vi=u.name.vi,
            name_en=u.name.en,
            type=u.type,
            valid_from=u.valid_from,
            valid_to=u.valid_to,
            illustrative=territory.illustrative,
        )
        for u in missing
    )
    if missing:
        days = {u.code: [d and d.isoformat() for d in (u.valid_from, u.valid_to)] for u in missing}
        payload = {
            "v": 1,
            "units": [[u.code, u.name.vi, u.name.en, u.type] for u in missing],
            "days": {code: pair for code, pair in days.items() if any(pair)},
        }
        record(
            chain=f"unit:{territory.code}",
            kind="units.added",
            subject=territory.code,
            payload=payload,
            by=by,
            at=at,
        )
    wanted = {u.code for u in units}
    return {u.code: u for u in territory.children.filter(code__in=wanted)}


@transaction.atomic
def add_unit(*, parent: Unit, new: NewUnit, by: str, at: datetime, document: str = "") -> Unit:
    """Add one unit below another, from its first day on.

    Raises:
        Refused: ``unit_code_unusable``, ``unit_code_taken``, ``unit_name_missing``, ``unit_type_unknown``,
            ``unit_too_deep``, ``unit_ended``, ``period_reversed``.
    """
    made = make_unit(parent=parent, new=new)
    payload = {
        "v": 1,
        "name": [made.name_vi, made.name_en],
        "type": made.type,
        "group": made.ranking_group,
        "parent": address_of(parent),
        "from": made.valid_from and made.valid_from.isoformat(),
        "document": document.strip(),
    }
    note(made, "unit.added", payload, by=by, at=at)
    return made


def make_unit(*, parent: Unit, new: NewUnit) -> Unit:
    """A new row, checked; whoever asked for it writes the ledger. Raises as `add_unit`."""
    check_code(new.code)
    check_name(new.name.vi)
    check_type(new.type, types_in_use(parent))
    check_period(new.valid_from, new.valid_to)
    check_living(parent)
    if len(way_up(parent)) >= DEEPEST:
        raise Refused("unit_too_deep", limit=DEEPEST)
    if parent.children.filter(code=new.code).exists():
        raise Refused("unit_code_taken", code=new.code)
    return Unit.objects.create(
        parent=parent,
        code=new.code,
        name_vi=new.name.vi.strip(),
        name_en=new.name.en.strip(),
        type=new.type,
        ranking_group=new.ranking_group.strip()[:250],
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        illustrative=parent.illustrative,
    )


def types_in_use(parent: Unit) -> set[str]:
    """Types that units of the same place have already."""
    return set(parent.children.values_list("type", flat=True).distinct().order_by())


def address_of(unit: Unit) -> str:
    """The way to a unit by codes, as its address has it: ``minh-hoa.so-y-te``."""
    return ".".join(u.code for u in reversed(way_up(unit)))


def note(unit: Unit, kind: str, payload: dict[str, object], *, by: str, at: datetime) -> None:
    """An act about a unit, in the chain of its territory."""
    record(chain=units_chain(unit), kind=kind, subject=address_of(unit), payload=payload, by=by, at=at)
