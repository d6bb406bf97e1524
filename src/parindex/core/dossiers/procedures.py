"""What a period held by procedure, counted once and kept beside the store, where a public page reads it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from parindex.core.dossiers.activity import Activity
from parindex.core.dossiers.calendar import WorkingDays


FILE = "counts/procedures.json"
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
) -> Procedures:
    """Count a period by procedure and keep what was counted in the place of what was kept before.

    Raises:
        DossiersRefused: `store_broken`, `store_format`.
    """
    from parindex.core.dossiers.periods import activity

    found = activity(store, first=first, last=as_of, by=("procedure", "field"), working_days=working_days)
    rows = [
        Procedure(str(code), str(field), counts)
        for (code, field), counts in found.items()
        if counts.came or counts.handled
    ]
    rows.sort(key=lambda p: (-p.counts.came - p.counts.handled, p.code, p.field))
    kept = Procedures(first, last, as_of, tuple(rows))
    path = store / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")  # another process may be counting too
    draft.write_text(json.dumps(_plain(kept), ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
    return kept


def kept_procedures(store: Path) -> Procedures | None:
    """What was kept; None where nothing was, or by another version."""
    try:
        given = json.loads((store / FILE).read_text(encoding="utf-8"))
        if given["format"] != FORMAT:
            return None
        first, last, as_of = (date.fromisoformat(given[key]) for key in ("first", "last", "as_of"))
        rows = [Procedure(code, field, Activity(**counts)) for code, field, counts in given["rows"]]
        return Procedures(first, last, as_of, tuple(rows))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _plain(kept: Procedures) -> dict[str, object]:
    rows: Sequence[object] = [[p.code, p.field, asdict(p.counts)] for p in kept.rows]
    days = {key: getattr(kept, key).isoformat() for key in ("first", "last", "as_of")}
    return {"format": FORMAT, **days, "rows": rows}
