"""The site's own stores of dossiers on the command line: where they lie, and what is counted of them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from parindex.config.import_commands import BY, territory_named
from parindex.config.site import REFUSED, ready
from parindex.core.dossiers.units import Unit as CountedUnit
from parindex.core.kernel.problems import Refused
from parindex.core.wording.notation import number
from parindex.core.wording.refusals import refusal_sentence


DONE = 0


def site_store(territory: str, language: str) -> tuple[Path, tuple[CountedUnit, ...]]:
    """The folder of a territory's dossiers, and its units as they may occur.

    Raises:
        SystemExit: with `REFUSED`, where there is no such territory, which is told.
    """
    ready(language)
    from parindex.apps.indicators.dossiers import counted_units, store_of
    from parindex.apps.organisations.queries import tree_of

    place = territory_named(territory, language)
    if place is None:
        raise SystemExit(REFUSED)
    return store_of(place), counted_units(tree_of(place))


def record(*, territory: str | None, period: str | None, language: str) -> int:
    """Count a territory's dossiers and record the values. Returns 0, or 2 with a word why."""
    ready(language)
    from parindex.apps.indicators.counting import record_counts
    from parindex.core.dossiers.periods import read_span

    place = territory_named(territory, language)
    if place is None:
        return REFUSED
    try:
        periods = [read_span(period)] if period else None
        found = record_counts(territory=place, periods=periods, by=BY, at=datetime.now(UTC))
    except Refused as refusal:
        print(f"parindex: {refusal_sentence(refusal.code, refusal.data, language)}", file=sys.stderr)
        return REFUSED
    k = 0 if language == "vi" else 1
    recorded, same = number(found.recorded, language), number(found.same, language)
    print((f"{recorded} giá trị mới, {same} không đổi", f"{recorded} values recorded, {same} unchanged")[k])
    if found.strangers:
        said = ("không có trong địa bàn: ", "not in the territory: ")[k]
        print(said + ", ".join(found.strangers), file=sys.stderr)
    return DONE
