"""The one-stop system's report of a period: looked at, then kept as a file with the values that it gives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from parindex.apps.evidence.actions import upload_document
from parindex.apps.evidence.inspecting import Inspected
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.rules import Metadata
from parindex.apps.indicators.actions import ValuesRefused, record_values
from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.dossiers import Told
from parindex.apps.indicators.models import Value
from parindex.apps.indicators.periods import said_period
from parindex.apps.indicators.planning import plan_values
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import Tree, tree_of
from parindex.core.formats.registers import Outcome, Planned, RegisterRow


BY_DOCUMENT = "document:"  # how the origin of a value names the kept file


def plan_report(tree: Tree, rows: Sequence[RegisterRow], *, by: str, at: datetime) -> Sequence[Planned]:
    """What the values of a report would do. Indicators that nobody has defined yet count as they are shipped;
    nothing is kept."""
    with transaction.atomic():
        define_common(at, by=by)
        planned = plan_values(tree, rows, at=at).rows
        transaction.set_rollback(True)
    return planned


@transaction.atomic
def record_report(
    *,
    territory: Unit,
    upload: Inspected,
    told: Told,
    rows: Sequence[RegisterRow],
    shown: str,
    despite: Collection[str] = (),
    by: str,
    at: datetime,
) -> Sequence[Planned]:
    """Keep a report as a document of the territory, and the values that it gives with their way to it.

    Args:
        rows: as `parindex.apps.indicators.dossiers.rows_of_report` makes them.
        shown: the digest of the plan that was looked at.

    Raises:
        ValuesRefused, Refused: as `record_values`.
        EvidenceRefused: as `upload_document`.
    """
    define_common(at, by=by)
    title = f"Báo cáo tình hình giải quyết hồ sơ TTHC, {said_period(told.start, told.end).vi}"
    kept = upload_document(
        unit=territory, upload=upload, metadata=Metadata(title=title), despite=despite, by=by, at=at
    )
    origin = BY_DOCUMENT + kept.document.key
    return record_values(territory=territory, rows=rows, origin=origin, shown=shown, by=by, at=at)


def document_of(value: Value) -> str:
    """The key of the file that a value came with; "" where it came in another way."""
    return value.origin.removeprefix(BY_DOCUMENT) if value.origin.startswith(BY_DOCUMENT) else ""


def units_told_by(document: Document) -> set[int]:
    """The units of which a kept file gave a value. One query."""
    found = Value.objects.filter(origin=BY_DOCUMENT + document.key)
    return set(found.order_by().values_list("unit_id", flat=True).distinct())


def reported_periods(territory: Unit) -> set[tuple[date, date]]:
    """The periods of which a report was kept of any unit of a territory. One query, and the tree's."""
    units = [u.pk for u in tree_of(territory).walk()]
    found = Value.objects.filter(unit__in=units, origin__startswith=BY_DOCUMENT)
    return set(found.order_by().values_list("start", "end").distinct())


@transaction.atomic
def record_with_evidence(
    *, territory: Unit, row: RegisterRow, upload: Inspected, by: str, at: datetime
) -> Planned:
    """Keep one value that somebody types, with the document that says it; a value that stands does nothing.

    Args:
        row: cells by the keys of `parindex.apps.indicators.planning.COLUMNS`.

    Returns:
        What the row did.

    Raises:
        ValuesRefused: its one row says which cell and why.
        EvidenceRefused: as `upload_document`.
    """
    tree = tree_of(territory)
    (planned,) = plan_values(tree, [row], at=at).rows
    if planned.outcome is Outcome.REFUSED:
        raise ValuesRefused([planned])
    if planned.outcome is Outcome.SAME:
        return planned
    kept = upload_document(unit=territory, upload=upload, metadata=None, by=by, at=at)
    origin = BY_DOCUMENT + kept.document.key
    (done,) = record_values(territory=territory, rows=[row], origin=origin, by=by, at=at)
    return done
