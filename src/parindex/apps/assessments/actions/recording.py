"""The entry that an act on a unit's sheet leaves in the sheet's own chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from parindex.apps.assessments.ledger import sheet_chain
from parindex.apps.assessments.models import Participant
from parindex.apps.audit.record import record


def record_on_sheet(
    participant: Participant,
    kind: str,
    said: Mapping[str, object],
    *,
    by: str,
    at: datetime,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Tell the ledger; the subject is the unit, the payload of version 1."""
    record(
        chain=sheet_chain(participant),
        kind=kind,
        subject=participant.unit.code,
        payload={"v": 1, **said},
        texts=texts,
        by=by,
        at=at,
    )
