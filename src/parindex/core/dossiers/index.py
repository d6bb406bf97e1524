"""In which received month an ended dossier lies, by its code.

Sorted runs of (hash, month) as NumPy files that are looked into without being read whole, so that a day's
dossiers are found in a time that hardly depends on how many there are. A hash that two codes share costs a
look, never a mistake: whoever is told a month compares the codes there.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np


ENTRY = np.dtype([("key", "<u8"), ("month", "<i4")])
Keys = "np.ndarray[Any, np.dtype[np.uint64]]"
PIECE = 1 << 20


def write_run(path: Path, pieces: Iterable[tuple[Any, Any]], rows: int) -> None:
    """Write one run from pieces of (keys, months) that are sorted and follow one another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    run = np.lib.format.open_memmap(path, mode="w+", dtype=ENTRY, shape=(rows,))
    at = 0
    for keys, months in pieces:
        run["key"][at : at + len(keys)] = keys
        run["month"][at : at + len(keys)] = months
        at += len(keys)
    run.flush()


def months_of(paths: Iterable[Path], keys: Any) -> set[int]:
    """The months in which some of the keys may lie."""
    found: set[int] = set()
    for path in paths:
        run = np.load(path, mmap_mode="r")
        if not len(run):
            continue
        places = np.searchsorted(run["key"], keys)
        places = np.minimum(places, len(run) - 1)
        hit = run["key"][places] == keys
        found |= {int(m) for m in np.unique(run["month"][places[hit]])}
    return found


def merge_runs(paths: list[Path], target: Path) -> int:
    """Several runs as one; the number of its entries."""
    runs = [np.load(p, mmap_mode="r") for p in paths]
    rows = sum(len(r) for r in runs)
    merged = np.lib.format.open_memmap(target, mode="w+", dtype=ENTRY, shape=(rows,))
    at = 0
    starts = [0] * len(runs)
    while at < rows:
        # the next piece reaches up to the least of the runs' piece ends: nothing smaller follows in any run
        ends = [r["key"][min(s + PIECE, len(r)) - 1] for r, s in zip(runs, starts, strict=True) if s < len(r)]
        bound = min(ends)
        stops = [
            int(np.searchsorted(r["key"][s:], bound, side="right")) + s
            for r, s in zip(runs, starts, strict=True)
        ]
        piece = np.concatenate([r[s:e] for r, s, e in zip(runs, starts, stops, strict=True)])
        piece.sort(order="key")
        merged[at : at + len(piece)] = piece
        at, starts = at + len(piece), stops
    merged.flush()
    return rows
