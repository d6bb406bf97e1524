"""Dossiers without a result that are late, or soon will be: of one unit with all that stands below it.

Only the file of open dossiers is read, and of that the unit's own, however many ended ones the store holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from parindex.core.dossiers.calendar import WorkingDays
from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.record import minute_of, moment_of
from parindex.core.dossiers.units import Unit, boundaries


MOST = 20_000


@dataclass(frozen=True, slots=True)
class Pending:
    """A dossier without a result.

    Attributes:
        unit: the one that resolves it, as it is booked; division, officer: "" where the system says none.
        overdue: past its deadline; paused: the clock stands (then it was late before it stopped).
        days: working days from the deadline where it is overdue, else those that are left; 0: that very day.
    """

    code: str
    unit: str
    division: str
    officer: str
    procedure: str
    field: str
    status: int
    received: datetime
    deadline: datetime
    overdue: bool
    paused: bool
    days: int


@dataclass(frozen=True, slots=True)
class PendingList:
    """As it stood at `as_of`, the longest overdue first; `more`: there are more than were asked for."""

    as_of: datetime
    rows: tuple[Pending, ...]
    more: bool = False


def pending(
    store: Path,
    *,
    unit: str,
    within: int,
    units: Sequence[Unit],
    as_of: datetime | None = None,
    working_days: WorkingDays | None = None,
    most: int = MOST,
) -> PendingList | None:
    """What is overdue, or due within so many working days; None where the store holds nothing.

    Args:
        unit: its code; successors have what their predecessors left open.
        as_of: wall-clock moment in Việt Nam; None: the last one that the store knows of.
        most: how many at most, those due first.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    # pages know the shape of a row; only who asks for rows waits for the engine
    from parindex.core.dossiers import expressions as ex
    from parindex.core.dossiers.engines import open_engine
    from parindex.core.dossiers.measures import Run
    from parindex.core.dossiers.question import Question

    manifest = read_manifest(store)
    if manifest.latest is None:
        return None
    at = minute_of(as_of) if as_of else manifest.latest
    if manifest.open is None:
        return PendingList(moment_of(at), ())
    question = Question(at, ("unit",), boundaries(units), rolled=True)
    run = Run(store, manifest, question, days=working_days or WorkingDays(), units=units, successors="carry")
    tree = run.tables["tree"]
    only = {str(u) for u, counted in zip(tree["unit"], tree["counted"], strict=True) if counted == unit}
    question = replace(question, only=tuple(sorted(only)), counted=unit)
    place = open_engine("duckdb", [store / manifest.open.path], run.tables)
    found = place.rows(ex.sql("pending", question, dialect=place.dialect, levels=(within, most + 1)))
    rows = tuple(
        Pending(*row[:7], moment_of(row[7]), moment_of(row[8]), *row[9:])  # type: ignore[call-arg]
        for row in found[:most]
    )
    return PendingList(moment_of(at), rows, len(found) > most)
