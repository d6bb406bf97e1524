"""What the ledger says of the calendar of working days: see `parindex.apps.audit.held`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parindex.apps.audit.held import Act, Key, Table
from parindex.apps.schedule.models import CalendarYear


Rows = Iterator[tuple[Key, Mapping[str, object]]]


def _set(act: Act) -> Rows:
    said = {"document": act.said["document"], "days": sorted(act.said["days"]), "by": act.by, "at": act.at}
    yield (str(act.said["year"]),), said


def _years() -> Rows:
    for one in CalendarYear.objects.prefetch_related("days").order_by("pk").iterator(chunk_size=2000):
        days = sorted([d.day.isoformat(), "worked" if d.worked else "off", d.name] for d in one.days.all())
        yield (str(one.year),), {"document": one.document, "days": days, "by": one.by, "at": one.at}


HELD = (Table("schedule.CalendarYear", ("calendar",), {"calendar.set": _set}, frozenset(), _years),)
