"""What changes units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit as it is handed in: code (part of its address), names, type."""

    code: str
    name: Text
    type: str


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
    act."""
    known = {u.code: u for u in territory.children.all()}
    missing = [u for u in units if u.code not in known]
    Unit.objects.bulk_create(
        Unit(
            parent=territory,
            code=u.code,
            name_vi=u.name.vi,
            name_en=u.name.en,
            type=u.type,
            illustrative=territory.illustrative,
        )
        for u in missing
    )
    if missing:
        payload = {"v": 1, "units": [[u.code, u.name.vi, u.name.en, u.type] for u in missing]}
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
