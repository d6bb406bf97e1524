"""Dossiers counted: by unit, procedure, field, month, for any unit of a tree, as they stood at a moment.

The moment is always said, never looked up. Where it is not before anything that the store knows, what ended
dossiers say can no longer change, and open ones only turn overdue: each file is counted once, which is kept
beside the store; then only new files are looked at. Any other moment counts all rows. Both ways give the same
digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np

from parindex.core.dossiers import expressions as ex
from parindex.core.dossiers.calendar import WorkingDays
from parindex.core.dossiers.counts import Counts
from parindex.core.dossiers.engines import Duck, Rows, open_engine
from parindex.core.dossiers.kept import Kept, worth_keeping
from parindex.core.dossiers.manifest import Manifest, read_manifest
from parindex.core.dossiers.problems import refuse
from parindex.core.dossiers.question import KEYS, Key, Question
from parindex.core.dossiers.record import minute_of, moment_of
from parindex.core.dossiers.units import Successors, Unit, boundaries, counted_for


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: the values of the keys, the counters, and percentiles of working days by their per cent."""

    key: tuple[str | int, ...]
    counts: Counts
    percentiles: dict[int, int]


@dataclass(frozen=True, slots=True)
class Measures:
    """Rows in the order of their keys.

    Attributes:
        by: what the keys are; as_of: the moment, in Việt Nam's time; dossiers: how many the store holds.
    """

    by: tuple[Key, ...]
    as_of: datetime
    rows: tuple[Measure, ...]
    dossiers: int

    def total(self) -> Counts:
        """All rows together; of use where no unit stands above another."""
        return sum((row.counts for row in self.rows), Counts())


def measure(
    store: Path,
    *,
    as_of: datetime | None = None,
    by: Sequence[Key] = ("unit", "month"),
    working_days: WorkingDays | None = None,
    units: Sequence[Unit] = (),
    successors: Successors = "keep",
    of: Literal["unit", "centre"] = "unit",
    months: tuple[int | None, int | None] = (None, None),
    levels: Sequence[int] = (50, 90),
    engine: str = "duckdb",
) -> Measures:
    """Count the dossiers of a store.

    Args:
        as_of: wall-clock moment in Việt Nam; None: the last one that the store knows of.
        by: keys, in the order in which rows are sorted; weeks (ISO), months and years are those of receipt.
        units: the tree; each unit then counts for itself and all above it, for the day of receipt. Without
            it a unit counts as the files name it.
        successors: see `units.counted_for`.
        of: the unit that resolves, whose lateness it is, or the centre that receives.
        months: only dossiers received from the first to the last (202503).
        levels: per cents of the percentiles.

    Raises:
        DossiersRefused: `store_broken`, `key_not_known`, `engine_unknown`, `engine_missing`, `engine_failed`.
    """
    for key in by:
        if key not in KEYS:
            raise refuse("by", "key_not_known", key=key, known=KEYS)
    manifest = read_manifest(store)
    latest = manifest.latest or 0
    at = minute_of(as_of) if as_of else latest
    question = Question(at, tuple(by), boundaries(units) if units else (), of, bool(units), *months)
    run = Run(
        store, manifest, question, days=working_days or WorkingDays(), units=units, successors=successors
    )
    keep = engine == "duckdb" and at >= latest and worth_keeping(question)
    rows = (run.from_kept(levels) if keep else run.whole(engine, levels)) if manifest.parts() else ()
    return Measures(tuple(by), as_of or moment_of(at), tuple(rows), manifest.rows)


class Run:
    """One question over one store."""

    def __init__(
        self,
        store: Path,
        manifest: Manifest,
        question: Question,
        *,
        days: WorkingDays,
        units: Sequence[Unit],
        successors: Successors,
    ) -> None:
        self.store, self.manifest, self.question, self.days = store, manifest, question, days
        self.tables: dict[str, dict[str, Any]] = {"calendar": days.positions(), "workdays": days.workdays()}
        if units:
            self.tables["tree"] = self.tree(units, successors)

    def tree(self, units: Sequence[Unit], successors: Successors) -> dict[str, Any]:
        """Which units' figures a dossier of a unit enters, by the era of its receipt."""
        known = {u.code: u for u in units}
        starts = [self.question.eras[0] - 1 if self.question.eras else 0, *self.question.eras]
        found = [
            (code, era, above)
            for code in known
            for era, day in enumerate(starts)
            for above in counted_for(code, day, known, successors=successors)
        ]
        unit, era, counted = zip(*found, strict=True)
        return {
            "unit": np.array(unit, dtype=object),
            "era": np.array(era, dtype=np.int32),
            "counted": np.array(counted, dtype=object),
        }

    def files(self) -> list[Path]:
        """Every file that holds dossiers."""
        return [(self.store / p.path).absolute() for p in self.manifest.parts()]

    def whole(self, engine: str, levels: Sequence[int]) -> Iterator[Measure]:
        """Count every row, wherever the engine runs."""
        place = open_engine(engine, self.files(), self.tables)
        place.hold("cells", ex.sql("cells", self.question, dialect=place.dialect))
        found = place.rows(ex.sql("counters", self.question, dialect=place.dialect))
        ranks = []
        if levels:
            ranks = place.rows(ex.sql("percentiles", self.question, dialect=place.dialect, levels=levels))
        return self.measures(found, ranks, levels)

    def from_kept(self, levels: Sequence[int]) -> Iterator[Measure]:
        """Count what has not been counted yet, and add it to what was."""
        queries = [ex.sql("kept counters", self.question, dialect=Duck.dialect)]
        if levels:
            queries.append(ex.sql("kept percentiles", self.question, dialect=Duck.dialect, levels=levels))
        found = self.kept("counted", "histogram").rows(Duck((), self.tables), queries)
        if found is None:
            return self.whole("duckdb", levels)
        return self.measures(found[0], found[1] if levels else [], levels)

    def activity(self, engine: str) -> Rows:
        """Rows of a period: the keys, how many dossiers, and what `Activity` counts."""
        if engine == "duckdb" and worth_keeping(self.question):
            query = ex.sql("kept activity", self.question, dialect=Duck.dialect)
            if found := self.kept("period").rows(Duck((), self.tables), [query]):
                return found[0]
        place = open_engine(engine, self.files(), self.tables)
        return place.rows(ex.sql("activity", self.question, dialect=place.dialect))

    def kept(self, *kinds: str) -> Kept:
        """What was counted of this question before."""
        return Kept(self.store, self.manifest, question=self.question, days=self.days, kinds=kinds)

    def measures(
        self, found: list[tuple[Any, ...]], ranks: list[tuple[Any, ...]], levels: Sequence[int]
    ) -> Iterator[Measure]:
        """Rows of both queries joined by their keys."""
        width = len(self.question.by)
        shares = {row[:width]: dict(zip(levels, map(int, row[width:]), strict=True)) for row in ranks}
        for row in found:
            key = row[:width]
            yield Measure(key, Counts(*row[width:]), shares.get(key, {}))
