"""The dossiers that were resolved in a period, one by one: what a sample of those who came is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from parindex.core.dossiers.calendar import WorkingDays
from parindex.core.dossiers.manifest import read_manifest
from parindex.core.dossiers.question import Question
from parindex.core.dossiers.record import minute_of


MOST = 300_000


@dataclass(frozen=True, slots=True)
class Handled:
    """A dossier with its result. `unit`: as it is booked; `field`: "" where the system says none."""

    code: str
    unit: str
    procedure: str
    field: str


def handled(
    store: Path, *, first: date, last: date, working_days: WorkingDays | None = None, most: int = MOST
) -> tuple[list[Handled], bool]:
    """What was resolved from the first day to the last, by code, and whether there is more than `most`.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    # pages know the shape of a row; only who asks for rows waits for the engine
    from parindex.core.dossiers import expressions as ex
    from parindex.core.dossiers.engines import open_engine
    from parindex.core.dossiers.measures import Run

    manifest = read_manifest(store)
    if not manifest.parts():
        return [], False
    since, until = minute_of(datetime.combine(first, time())), minute_of(datetime.combine(last, time(23, 59)))
    question = Question(until, ("unit", "procedure", "field"), since=since)
    run = Run(store, manifest, question, days=working_days or WorkingDays(), units=(), successors="keep")
    place = open_engine("duckdb", run.files(), run.tables)
    rows = place.rows(ex.sql("handled", question, dialect=place.dialect, levels=(most + 1,)))
    return [Handled(*row) for row in rows[:most]], len(rows) > most
