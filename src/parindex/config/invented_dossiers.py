"""The demonstration's dossiers: exported as a system would, read like any other, counted like any other."""

from __future__ import annotations

import csv
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from parindex.apps.indicators.counting import record_counts
from parindex.apps.indicators.dossiers import counted_units, has_store, store_of
from parindex.apps.indicators.periods import months
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of
from parindex.data import minhhoa
from parindex.data.minhhoa import dossiers


BY = "demo"


def store(at: datetime) -> bool:
    """A year's dossiers of the invented province's agencies, and our count of them."""
    from parindex.core.dossiers.store import ingest

    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    place = store_of(territory)
    if has_store(place):
        return False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ho-so-2025.csv"
        with path.open("w", newline="", encoding="utf-8-sig") as stream:
            writer = csv.writer(stream)
            writer.writerow(dossiers.HEADINGS)
            writer.writerows(dossiers.rows())
        _, refused = ingest([path], store=place, units=counted_units(tree_of(territory)))
        for refusal in refused:
            raise refusal
    start, end, last = dossiers.period()
    before = last.replace(day=1) - timedelta(days=1)
    periods = [
        (start, end),
        months(last.year, last.month, last.month),
        months(before.year, before.month, before.month),
    ]
    record_counts(territory=territory, periods=periods, by=BY, at=at)
    return True
