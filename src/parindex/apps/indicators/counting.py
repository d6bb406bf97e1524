"""Our own count of the dossiers that are kept, recorded as values beside the authoritative ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from parindex.apps.indicators.actions import ValuesRefused, record_values
from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.dossiers import (
    Told,
    counted_units,
    has_store,
    rows_of_counts,
    store_of,
    working_days,
)
from parindex.apps.indicators.models import Value
from parindex.apps.indicators.periods import months
from parindex.apps.indicators.planning import plan_values
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.formats.registers import Outcome, RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.data.indicators import FROM_STORE, OWN_COUNT


BY_STORE = "dossiers:"  # how the origin of a value names the state of the store that was counted
Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Counted:
    """What became of a count: values `recorded`, the `same` as before; units that nobody knows."""

    recorded: int = 0
    same: int = 0
    strangers: tuple[str, ...] = ()


def known_until(territory: Unit) -> date | None:
    """The last day of which the territory's dossiers tell; None where there are none."""
    from parindex.core.dossiers.manifest import read_manifest
    from parindex.core.dossiers.record import moment_of

    latest = read_manifest(store_of(territory)).latest
    return moment_of(latest).date() if latest is not None else None


def usual_periods(day: date) -> list[Period]:
    """The year of a day, its month and the month before."""
    before = day.replace(day=1) - timedelta(days=1)
    return [
        months(day.year, 1, 12),
        months(before.year, before.month, before.month),
        months(day.year, day.month, day.month),
    ]


def record_counts(
    *, territory: Unit, periods: Iterable[Period] | None = None, by: str, at: datetime
) -> Counted:
    """Count a territory's dossiers and record what is new as values of the source `OWN_COUNT`.

    A count that says what stands already makes no new version, however fresh its data are.

    Args:
        periods: first and last days; None: `usual_periods` of the last day that the dossiers tell of.

    Raises:
        Refused: ``dossiers_missing``; ``as_of_older`` as part of ValuesRefused, where the store is older than
            one that was counted before.
        DossiersRefused: the store cannot be read.
    """
    until = known_until(territory) if has_store(store_of(territory)) else None
    if until is None:
        raise Refused("dossiers_missing", unit=territory.name_vi)
    until = min(until, legal_date(at))
    tree = tree_of(territory)
    rows: list[RegisterRow] = []
    strangers: set[str] = set()
    wanted = [p for p in dict.fromkeys(usual_periods(until) if periods is None else periods) if p[0] <= until]
    for start, end in wanted:
        found, unknown = _counted(tree, Told(start, end, min(end, until), OWN_COUNT))
        rows += [replace(row, line=len(rows) + k) for k, row in enumerate(found, start=1)]
        strangers |= unknown
    _keep_procedures(tree, wanted, until)
    define_common(at, by=by)
    new = _new_rows(tree, rows, at=at)
    if new:
        record_values(territory=territory, rows=new, origin=_origin(territory), by=by, at=at)
    return Counted(len(new), len(rows) - len(new), tuple(sorted(strangers)))


def _keep_procedures(tree: Tree, periods: Sequence[Period], until: date) -> None:
    """The longest of the periods by procedure, of all and of each unit, for the public page."""
    from parindex.core.dossiers.procedures import keep_procedures

    if periods:
        start, end = max(periods, key=lambda p: (p[1] - p[0], p[1]))
        keep_procedures(
            store_of(tree.root),
            first=start,
            last=end,
            as_of=min(end, until),
            working_days=working_days(),
            units=counted_units(tree),
        )


def _counted(tree: Tree, told: Told) -> tuple[list[RegisterRow], set[str]]:
    """Rows of a period for every unit below the territory, and units that it does not have."""
    from parindex.core.dossiers.periods import activity

    units = counted_units(tree)
    found = activity(
        store_of(tree.root), first=told.start, last=told.as_of, working_days=working_days(), units=units
    )
    known = {u.code for u in units}
    counts = {str(unit): asdict(counted) for (unit,), counted in found.items() if unit in known}
    strangers = {str(unit) for (unit,) in found} - known
    counts.pop(next(u.code for u in units if not u.parent), None)
    return rows_of_counts(FROM_STORE, counts, told), strangers


def _new_rows(tree: Tree, rows: Sequence[RegisterRow], *, at: datetime) -> list[RegisterRow]:
    """Those that say something else than what stands. Raises ValuesRefused."""
    planned = plan_values(tree, rows, at=at).rows
    if any(p.outcome is Outcome.REFUSED for p in planned):
        raise ValuesRefused(planned)
    return [
        row
        for row, plan in zip(rows, planned, strict=True)
        if plan.outcome is Outcome.ADDED or any(key != "as_of" for key, _, _ in plan.changes)
    ]


def _origin(territory: Unit) -> str:
    from parindex.core.dossiers.manifest import read_manifest

    return f"{BY_STORE}{read_manifest(store_of(territory)).changed}"


def record_all_counts(at: datetime, *, by: str) -> int:
    """Count every territory that keeps dossiers and has taken any in since the last count; how many values.

    Raises:
        ExceptionGroup: what went wrong, after all others were counted.
    """
    recorded, wrong = 0, []
    for territory in Unit.objects.filter(parent=None).order_by("code"):
        try:
            if has_store(store_of(territory)) and not _counted_before(territory):
                recorded += record_counts(territory=territory, by=by, at=at).recorded
        except Exception as error:  # noqa: BLE001  told below, with those of the other territories
            wrong.append(error)
    if wrong:
        raise ExceptionGroup("counting dossiers", wrong)
    return recorded


def _counted_before(territory: Unit) -> bool:
    """Whether this very state of the store was counted."""
    return Value.objects.filter(
        source=OWN_COUNT, origin=_origin(territory), unit__in=[u.pk for u in tree_of(territory).walk()]
    ).exists()
