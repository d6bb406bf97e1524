"""The year's work as values: what rooms above count of it is recorded here, once, where it is new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from parindex.apps.indicators.actions import ValuesRefused, record_values
from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.planning import plan_values
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree
from parindex.core.formats.registers import Outcome, RegisterRow


class Recorder(Protocol):
    """Counts one territory; returns how many values are new."""

    def __call__(self, *, territory: Unit, by: str, at: datetime) -> int: ...


def record_counted(tree: Tree, rows: Sequence[RegisterRow], *, origin: str, by: str, at: datetime) -> int:
    """Record what is new of counted rows as values of their sources; how many. The same again: none.

    Raises:
        ValuesRefused: a row does not fit its indicator.
    """
    if not rows:
        return 0
    define_common(at, by=by)
    new = _new_rows(tree, rows, at=at)
    if new:
        record_values(territory=tree.root, rows=new, origin=origin, by=by, at=at)
    return len(new)


def _new_rows(tree: Tree, rows: Sequence[RegisterRow], *, at: datetime) -> list[RegisterRow]:
    """Those that say something else than what stands."""
    planned = plan_values(tree, rows, at=at).rows
    if any(p.outcome is Outcome.REFUSED for p in planned):
        raise ValuesRefused(planned)
    return [
        row
        for row, plan in zip(rows, planned, strict=True)
        if plan.outcome is Outcome.ADDED or any(key != "as_of" for key, _, _ in plan.changes)
    ]


def in_every_territory(record: Recorder, *, what: str, by: str, at: datetime) -> int:
    """Count every territory; how many values are new.

    Raises:
        ExceptionGroup: what went wrong, after all were counted.
    """
    recorded, wrong = 0, []
    for territory in Unit.objects.filter(parent=None).order_by("code"):
        try:
            recorded += record(territory=territory, by=by, at=at)
        except Exception as error:  # noqa: BLE001  told below, with those of the other territories
            wrong.append(error)
    if wrong:
        raise ExceptionGroup(what, wrong)
    return recorded
