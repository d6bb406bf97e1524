"""What a period held by procedure, counted once and kept beside the store, where a public page reads it.

STORE/counts/procedures.json    over all units
STORE/procedures/DIGEST.json    of one unit with all below it, named by the hash of its code
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from parindex.core.dossiers.activity import Activity
from parindex.core.dossiers.calendar import WorkingDays
from parindex.core.dossiers.units import Unit


FILE, FOLDER = "counts/procedures.json", "procedures"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure's counts; field: "" where the system says none."""

    code: str
    field: str
    counts: Activity


@dataclass(frozen=True, slots=True)
class Procedures:
    """Every procedure of a period, the one with most dossiers first. `as_of`: the last day they tell of."""

    first: date
    last: date
    as_of: date
    rows: tuple[Procedure, ...]


def keep_procedures(
    store: Path,
    *,
    first: date,
    last: date,
    as_of: date,
    working_days: WorkingDays | None = None,
    units: Sequence[Unit] = (),
) -> Procedures:
    """Count a period by procedure and keep what was counted in the place of what was kept before.

    Args:
        units: the tree; what each of its units, with those below it, had is kept too.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    from parindex.core.dossiers.periods import activity

    counted = partial(activity, store, first=first, last=as_of, working_days=working_days)
    kept = Procedures(first, last, as_of, _rows(counted(by=("procedure", "field"))))
    _write(store / FILE, kept)
    if units:
        by_unit: dict[str, dict[tuple[str | int, ...], Activity]] = {}
        for (unit, *key), counts in counted(by=("unit", "procedure", "field"), units=units).items():
            by_unit.setdefault(str(unit), {})[tuple(key)] = counts
        for unit, rows in by_unit.items():
            _write(store / _of_unit(unit), Procedures(first, last, as_of, _rows(rows)))
        alive = {(store / _of_unit(unit)).name for unit in by_unit}
        for path in (store / FOLDER).glob("*.json"):
            if path.name not in alive:
                path.unlink(missing_ok=True)
    return kept


def kept_procedures(store: Path, unit: str = "") -> Procedures | None:
    """What was kept, over all units or of one; None where nothing was, or by another version."""
    try:
        given = json.loads((store / (_of_unit(unit) if unit else FILE)).read_text(encoding="utf-8"))
        if given["format"] != FORMAT:
            return None
        first, last, as_of = (date.fromisoformat(given[key]) for key in ("first", "last", "as_of"))
        rows = [Procedure(code, field, Activity(**counts)) for code, field, counts in given["rows"]]
        return Procedures(first, last, as_of, tuple(rows))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def has_procedures(store: Path, unit: str) -> bool:
    """Whether anything was kept of a unit."""
    return (store / _of_unit(unit)).is_file()


def _of_unit(unit: str) -> str:
    return f"{FOLDER}/{hashlib.sha256(unit.encode()).hexdigest()[:24]}.json"


def _rows(found: Mapping[tuple[str | int, ...], Activity]) -> tuple[Procedure, ...]:
    """Those of which anything came or was handled, the one with most dossiers first."""
    rows = [
        Procedure(str(code), str(field), counts)
        for (code, field), counts in found.items()
        if counts.came or counts.handled
    ]
    rows.sort(key=lambda p: (-p.counts.came - p.counts.handled, p.code, p.field))
    return tuple(rows)


def _write(path: Path, kept: Procedures) -> None:
    """The whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")  # another process may be counting too
    draft.write_text(json.dumps(_plain(kept), ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def _plain(kept: Procedures) -> dict[str, object]:
    rows: Sequence[object] = [[p.code, p.field, asdict(p.counts)] for p in kept.rows]
    days = {key: getattr(kept, key).isoformat() for key in ("first", "last", "as_of")}
    return {"format": FORMAT, **days, "rows": rows}
