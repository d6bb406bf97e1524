"""Measures as CSV: a line for each row, integers as counted, rates as exact fractions."""

from __future__ import annotations

import csv
import io
from dataclasses import fields

from parindex.core.dossiers.counts import RATES, Counts
from parindex.core.dossiers.measures import Measures


def as_csv(found: Measures) -> str:
    """The keys, every counter, percentiles of working days, every rate as `n/d` in lowest terms."""
    levels = sorted({level for row in found.rows for level in row.percentiles})
    names = [f.name for f in fields(Counts)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*found.by, *names, *(f"days_p{level}" for level in levels), *RATES])
    for row in found.rows:
        rates = [getattr(row.counts, name) for name in RATES]
        writer.writerow(
            [
                *row.key,
                *(getattr(row.counts, name) for name in names),
                *(row.percentiles.get(level, "") for level in levels),
                *("" if rate is None else str(rate) for rate in rates),
            ]
        )
    return out.getvalue()
