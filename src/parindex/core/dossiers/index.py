"""In which received month an ended dossier lies, by its code.

Sorted runs of (hash, month) as NumPy files that are looked into without being read whole, so that a day's
dossiers are found in a time that hardly depends on how many there are. A hash that two codes share costs a
look, never a mistake: whoever is told a month compares the codes there.

Memory does not grow with a run: it is written piece by piece, and what was looked into is let go of.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np


ENTRY = np.dtype([("key", "<u8"), ("month", "<i4")])
Keys = "np.ndarray[Any, np.dtype[np.uint64]]"
PIECE = 1 << 18


def write_run(path: Path, pieces: Iterable[tuple[Any, Any]], rows: int) -> None:
    """Write one run from pieces of (keys, months) that are sorted and follow one another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        _write_head(stream, rows)
        for keys, months in pieces:
            piece = np.empty(len(keys), dtype=ENTRY)
            piece["key"], piece["month"] = keys, months
            stream.write(piece.tobytes())


def months_of(paths: Iterable[Path], pieces: Iterable[Any]) -> set[int]:
    """The months in which some of the keys may lie; the keys in sorted pieces."""
    found: set[int] = set()
    runs = list(paths)
    for keys in pieces:
        for path in runs:
            run = np.load(
                path, mmap_mode="r"
            )  # a mapping of its own: its pages are free again after the piece
            first, end = (np.searchsorted(run["key"], keys, side=side) for side in ("left", "right"))
            while (there := first < end).any():  # a dossier that moved to another month has an entry in each
                found |= {int(m) for m in np.unique(run["month"][first[there]])}
                first += 1
    return found


def merge_runs(paths: list[Path], target: Path) -> int:
    """Several runs as one; the number of its entries."""
    sizes = [len(np.load(path, mmap_mode="r")) for path in paths]
    starts = [0] * len(paths)
    with target.open("wb") as stream:
        _write_head(stream, sum(sizes))
        while any(start < size for start, size in zip(starts, sizes, strict=True)):
            pieces = [_piece(path, start) for path, start in zip(paths, starts, strict=True)]
            # the next piece reaches up to the least of the runs' piece ends: nothing smaller follows in any
            bound = min(piece["key"][-1] for piece in pieces if len(piece))
            stops = [int(np.searchsorted(piece["key"], bound, side="right")) for piece in pieces]
            merged = np.concatenate([piece[:stop] for piece, stop in zip(pieces, stops, strict=True)])
            merged.sort(order="key")
            stream.write(merged.tobytes())
            starts = [start + stop for start, stop in zip(starts, stops, strict=True)]
    return sum(sizes)


def _write_head(stream: BinaryIO, rows: int) -> None:
    """What a NumPy file begins with."""
    shape = {"descr": np.lib.format.dtype_to_descr(ENTRY), "fortran_order": False, "shape": (rows,)}
    np.lib.format.write_array_header_1_0(stream, shape)


def _piece(path: Path, start: int) -> Any:
    """The next entries of a run, in memory of their own."""
    return np.array(np.load(path, mmap_mode="r")[start : start + PIECE])
