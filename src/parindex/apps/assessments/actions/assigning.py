"""What says who appraises what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.ledger import round_chain
from parindex.apps.assessments.models import Assignment, RankingGroup, Round
from parindex.apps.assessments.rules.assigning import check_parts
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Unit


@dataclass(frozen=True, slots=True)
class Part:
    """A node of the criteria set for a lead department; `stand_in` rules on the department itself."""

    node: str
    lead: Unit
    stand_in: Unit | None = None
    group: RankingGroup | None = None


@transaction.atomic
def assign_parts(*, round_: Round, parts: Sequence[Part], by: str, at: datetime) -> list[Assignment]:
    """Put a whole plan of appraisal in the place of the one before; one ledger entry.

    Raises:
        Refused: ``node_unknown`` or ``part_twice``; nothing changes.
    """
    check_parts(
        by_hash(round_.framework.content_hash), [(p.node, p.group.code if p.group else None) for p in parts]
    )
    Assignment.objects.filter(round=round_).delete()
    made = Assignment.objects.bulk_create(
        Assignment(round=round_, node=p.node, group=p.group, lead=p.lead, stand_in=p.stand_in) for p in parts
    )
    rows = [
        [p.node, p.group.code if p.group else "", p.lead.code, p.stand_in.code if p.stand_in else ""]
        for p in parts
    ]
    record(
        chain=round_chain(round_),
        kind="appraisal.assigned",
        subject=round_.code,
        payload={"v": 1, "parts": rows},
        by=by,
        at=at,
    )
    return made
