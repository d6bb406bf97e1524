"""Dossiers resolved in a period as those who came: how many of which unit and procedure, and which."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parindex.apps.indicators.dossiers import codes_of, counted_units, has_store, store_of, working_days
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.dossiers.frames import MOST, handled
from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.record import day_number, moment_of
from parindex.core.dossiers.units import counted_for
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True, slots=True)
class Cases:
    """Dossiers resolved in a period, alike in unit, procedure and field. `unit`: one of those asked about."""

    unit: Unit
    procedure: str
    field: str
    count: int


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier that was resolved in the period."""

    unit: Unit
    procedure: str
    field: str
    code: str


def told_until(territory: Unit) -> date | None:
    """The last day that the dossiers above or of a territory tell of; None where none are kept.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    manifest = read_manifest(store_of(way_up(territory)[-1]))
    return moment_of(manifest.latest).date() if manifest.latest is not None else None


def cases_of(
    territory: Unit, units: Sequence[Unit], *, first: date, last: date, day: date
) -> tuple[list[Cases], int]:
    """How many dossiers each of the units resolved in a period, with all below it and what its predecessors
    did; and how many belong to none of them.

    Args:
        day: on which the units live.

    Raises:
        Refused: ``dossiers_missing``. DossiersRefused: `store_broken`, `store_format`.
    """
    from parindex.core.dossiers.periods import activity

    tree = _tree(territory)
    found = activity(
        store_of(tree.root),
        first=first,
        last=last,
        by=("unit", "procedure", "field"),
        working_days=working_days(),
    )
    place = _place(tree, {str(key[0]) for key in found}, (units, day))
    counts: dict[tuple[int, str, str], int] = {}
    left = 0
    for (booked, procedure, field), counted in found.items():
        unit = place[str(booked)]
        if unit is None:
            left += counted.handled
        elif counted.handled:
            key = (unit.pk, str(procedure or ""), str(field or ""))
            counts[key] = counts.get(key, 0) + counted.handled
    known = {u.pk: u for u in units}
    return [Cases(known[pk], procedure, field, n) for (pk, procedure, field), n in counts.items()], left


def each_case(
    territory: Unit, units: Sequence[Unit], *, first: date, last: date, day: date
) -> Iterator[Case]:
    """The dossiers of `cases_of` one by one, by code.

    Raises:
        Refused: ``dossiers_missing``; ``survey_frame_many``: more than can be drawn from at a time.
        DossiersRefused: `store_broken`, `store_format`.
    """
    tree = _tree(territory)
    found, more = handled(store_of(tree.root), first=first, last=last, working_days=working_days())
    if more:
        raise Refused("survey_frame_many", limit=MOST)
    place = _place(tree, {one.unit for one in found}, (units, day))
    return (
        Case(unit, one.procedure or "", one.field or "", one.code)
        for one in found
        if (unit := place[one.unit]) is not None
    )


def _tree(territory: Unit) -> Tree:
    tree = tree_of(way_up(territory)[-1])
    if not has_store(store_of(tree.root)):
        raise Refused("dossiers_missing", unit=tree.root.name_vi)
    return tree


def _place(
    tree: Tree, booked: Collection[str], among: tuple[Sequence[Unit], date]
) -> Mapping[str, Unit | None]:
    """By the unit that dossiers are booked on, which of the units of a day they belong to."""
    units, day = among
    known = {u.code: u for u in counted_units(tree)}
    code = codes_of(tree, tree.walk())
    wanted = {code[u.pk]: u for u in units if u.pk in code}
    at = day_number(day)
    return {
        one: next((wanted[c] for c in counted_for(one, at, known, successors="carry") if c in wanted), None)
        for one in booked
    }
