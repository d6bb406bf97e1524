"""From counts of dossiers to rows of values, whoever counted: the one-stop system, or we ourselves."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from parindex.apps.organisations.models import Succession, Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.apps.schedule.models import CalendarDay
from parindex.core.dossiers.calendar import WorkingDays, from_days
from parindex.core.dossiers.manifest import NAME, Ingested, read_manifest
from parindex.core.dossiers.procedures import Procedures, has_procedures, kept_procedures
from parindex.core.dossiers.record import moment_of
from parindex.core.dossiers.report import OURS, Difference, Report, differences, look_at_report
from parindex.core.dossiers.units import Unit as CountedUnit
from parindex.core.formats.registers import RegisterRow
from parindex.data.indicators import FROM_REPORT, FromDossiers


if TYPE_CHECKING:
    from parindex.core.dossiers.pending import PendingList
    from parindex.core.dossiers.periods import Index766

STORES = "dossiers"
SINGLE = {names[0]: key for key, names in OURS.items() if len(names) == 1}


@dataclass(frozen=True, slots=True)
class Told:
    """What the values to be recorded share: the period's first and last day, how fresh, whose figures."""

    start: date
    end: date
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A value that a report gives: its row, and where its figures stand in the file."""

    row: RegisterRow
    line: int
    keys: tuple[str, ...]


def store_of(territory: Unit) -> Path:
    """Where the dossiers of a territory lie, if there are any: ``PARINDEX_HOME/dossiers/CODE``."""
    return Path(settings.PARINDEX_HOME) / STORES / territory.code


def has_store(store: Path) -> bool:
    """Whether any dossier was ever put there."""
    return (store / NAME).exists()


def counted_units(tree: Tree) -> tuple[CountedUnit, ...]:
    """A territory's units as dossiers know them, by code, or by the whole way where two have that code.

    A unit that was split has no one successor: what it had stays its own.
    """
    units = list(tree.walk())
    code = codes_of(tree, units)
    later: dict[int, list[int]] = {}
    for one in Succession.objects.filter(earlier__in=[u.pk for u in units]):
        later.setdefault(one.earlier_id, []).append(one.later_id)
    return tuple(
        CountedUnit(
            code[u.pk],
            name=u.name_vi,
            parent=code[tree.parents[u.pk].pk] if u.pk in tree.parents else "",
            valid_from=u.valid_from,
            valid_to=u.valid_to,
            successor=_successor(later.get(u.pk, []), code) if u.valid_to else "",
        )
        for u in units
    )


def codes_of(tree: Tree, units: Iterable[Unit]) -> dict[int, str]:
    """How each unit is named in dossiers."""
    known = list(units)
    count: dict[str, int] = {}
    for unit in known:
        count[unit.code] = count.get(unit.code, 0) + 1
    return {u.pk: u.code if count[u.code] == 1 else tree.address(u) for u in known}


def _successor(later: Sequence[int], code: Mapping[int, str]) -> str:
    return code.get(later[0], "") if len(later) == 1 else ""


def working_days() -> WorkingDays:
    """Every day off and day worked in exchange that was decided. One query."""
    days = list(CalendarDay.objects.all())
    return from_days([d.day for d in days if not d.worked], [d.day for d in days if d.worked])


def look(path: Path, tree: Tree) -> Report:
    """A report, its rows recognised among a territory's units. Raises DossiersRefused."""
    return look_at_report(path, counted_units(tree))


def compare(report: Report, tree: Tree, told: Told) -> list[Difference] | None:
    """Where a report parts from our own count of its period; None where no dossiers are kept.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    store = store_of(tree.root)
    if not has_store(store):
        return None
    from parindex.core.dossiers.periods import activity

    counted = activity(
        store, first=told.start, last=told.as_of, working_days=working_days(), units=counted_units(tree)
    )
    return differences(report, counted)


def rows_of_report(report: Report, told: Told) -> list[ReportRow]:
    """Every value that a report gives; a figure that is not in it makes none."""
    found: list[ReportRow] = []
    for reported in report.rows:
        counts = {ours: reported.figures[key] for ours, key in SINGLE.items() if key in reported.figures}
        for one in FROM_REPORT:
            names = tuple(dict.fromkeys((*one.part, *one.whole)))
            if all(name in counts for name in names):
                row = _row(len(found) + 1, one, reported.unit, counts=counts, told=told)
                found.append(ReportRow(row, reported.row, tuple(SINGLE[name] for name in names)))
    return found


def rows_of_counts(
    measured: Sequence[FromDossiers], counted: Mapping[str, Mapping[str, int]], told: Told
) -> list[RegisterRow]:
    """A row for each unit and indicator, from counts by unit and name."""
    found: list[RegisterRow] = []
    for unit, counts in sorted(counted.items()):
        for one in measured:
            found.append(_row(len(found) + 1, one, unit, counts=counts, told=told))
    return found


def _row(
    line: int, measured: FromDossiers, unit: str, *, counts: Mapping[str, int], told: Told
) -> RegisterRow:
    part = str(sum(counts[name] for name in measured.part))
    value = (
        {"numerator": part, "denominator": str(sum(counts[name] for name in measured.whole))}
        if measured.whole
        else {"value": part}
    )
    cells = {
        "indicator": measured.indicator,
        "unit": unit,
        "from": told.start.isoformat(),
        "to": told.end.isoformat(),
        "as_of": told.as_of.isoformat(),
        "source": told.source,
        **value,
    }
    return RegisterRow(line, cells, {})


def pending_of(unit: Unit, *, within: int, most: int | None = None) -> PendingList | None:
    """What of a unit's dossiers is overdue, or due within so many working days, as the store knows it; None
    where nothing is kept.

    Args:
        most: how many at most; None: as many as a page looks through.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    territory = way_up(unit)[-1]
    store = store_of(territory)
    if not has_store(store):
        return None
    from parindex.core.dossiers.pending import MOST, pending

    tree = tree_of(territory)
    return pending(
        store,
        unit=codes_of(tree, tree.walk())[unit.pk],
        within=within,
        most=most or MOST,
        units=counted_units(tree),
        working_days=working_days(),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A territory's store: how many dossiers, `pending` of them, up to which day, its files in order."""

    count: int
    pending: int
    until: date
    files: Sequence[Ingested]


def kept_dossiers(territory: Unit) -> Kept | None:
    """What is kept; None where nothing is. Raises DossiersRefused `store_broken`, `store_format`."""
    manifest = read_manifest(store_of(territory))
    if manifest.latest is None:
        return None
    files = list(manifest.files.values())
    pending = manifest.open.rows if manifest.open else 0
    return Kept(manifest.rows, pending, moment_of(manifest.latest).date(), files)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that an ingestion refused.

    Attributes:
        row: its number in the file. `column`: the heading as the file writes it; `field`: what it was read
            as; both "" where the whole row could not be read.
        value: what stood there; "" where that may be a person's, and then nothing of it was kept.
        code: the dossier's code, where the same holds.
    """

    row: int
    column: str
    field: str
    reason: str
    value: str
    code: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """What an ingestion refused: its file, and where the whole list lies."""

    file: Ingested
    path: Path

    @property
    def count(self) -> int:
        """How many rows."""
        return sum(self.file.refused.values())

    def rows(self, first: int, last: int) -> list[RefusedRow]:
        """A part of the list, counted from 0, the last one not included."""
        with self.path.open(newline="", encoding="utf-8-sig") as stream:
            return [
                RefusedRow(int(r["row"]), *(r[k] for k in ("column", "field", "reason", "value", "code")))
                for r in islice(csv.DictReader(stream), first, last)
            ]


def refusals_of(territory: Unit, number: int) -> Refusals | None:
    """The rows that an ingestion refused, by its number; None where there are none that the store knows.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    store, name = store_of(territory), f"refused/{number:06}.csv"
    found = next((f for f in read_manifest(store).files.values() if f.refusals == name), None)
    return Refusals(found, store / name) if found and (store / name).is_file() else None


def procedures_of(unit: Unit) -> Procedures | None:
    """What a territory, or a unit of it with all below, had by procedure when dossiers were last counted;
    None where it had none, or they never were."""
    territory = way_up(unit)[-1]
    if unit.pk == territory.pk:
        return kept_procedures(store_of(territory))
    tree = tree_of(territory)
    return kept_procedures(store_of(territory), codes_of(tree, tree.walk())[unit.pk])


def with_procedures(tree: Tree, units: Iterable[Unit]) -> set[int]:
    """Of some units of a territory those of which `procedures_of` has anything."""
    store, code = store_of(tree.root), codes_of(tree, tree.walk())
    return {u.pk for u in units if has_procedures(store, code[u.pk])}


def index_of_766(tree: Tree, first: date, last: date) -> list[tuple[Unit, Index766]]:
    """What dossiers say of Decision 766 in a period, for the territory and each unit that has any.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    from parindex.core.dossiers.periods import activity, index766

    found = index766(
        activity(
            store_of(tree.root),
            first=first,
            last=last,
            by=("unit", "procedure"),
            working_days=working_days(),
            units=counted_units(tree),
        )
    )
    code = codes_of(tree, tree.walk())
    return [(unit, found[code[unit.pk]]) for unit in tree.walk() if code[unit.pk] in found]
