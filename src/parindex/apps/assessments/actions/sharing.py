"""What gives an appraiser their own part of what a department appraises: criteria over ranking groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.ledger import round_chain
from parindex.apps.assessments.models import Assignment, Round, Share
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.permissions import rights_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Refused


@transaction.atomic
def share_parts(
    *, round_: Round, person: Person, parts: Mapping[int, Sequence[str]], by: str, at: datetime
) -> list[Share]:
    """Give a person these parts of a round's appraisal, in the place of those they had.

    Args:
        parts: nodes by the key of the assignment that they lie in; one with none is taken away.

    Raises:
        Refused: ``round_over``; ``share_elsewhere`` where the node is not of that assignment;
            ``not_an_appraiser`` where the person may not appraise for its department.
    """
    if round_.state != Round.State.RUNNING:
        raise Refused("round_over")
    framework = by_hash(round_.framework.content_hash)
    found = {
        a.pk: a for a in round_.assignments.select_related("lead", "stand_in", "group").filter(pk__in=parts)
    }
    rights = rights_of(person, at)
    fresh = []
    for key, nodes in parts.items():
        part = found.get(key)
        for node in dict.fromkeys(nodes):
            if part is None or not lies_in(framework, node, part.node):
                raise Refused("share_elsewhere", node=node[:50])
            fresh.append(Share(assignment=part, person=person, node=node))
        leads = {part.lead_id, part.stand_in_id} if part else set()
        if nodes and not leads & rights.units(Act.APPRAISAL_RULE):
            raise Refused("not_an_appraiser", person=person.full_name, unit=part.lead.name_vi if part else "")
    Share.objects.filter(person=person, assignment__in=found).delete()
    made = Share.objects.bulk_create(fresh)
    rows = [[s.assignment.node, _group(s.assignment), s.assignment.lead.code, s.node] for s in made]
    payload = {"v": 1, "person": person.ref, "parts": rows}
    record(
        chain=round_chain(round_), kind="appraisal.shared", subject=round_.code, payload=payload, by=by, at=at
    )
    return made


def lies_in(framework: Framework, node: str, within: str) -> bool:
    """Whether a node is another, or lies below it."""
    known = {**framework.nodes, **framework.extras}
    here = known.get(node)
    while here is not None and here.code != within:
        here = framework.parents.get(here.code)
    return here is not None


def _group(assignment: Assignment) -> str:
    return assignment.group.code if assignment.group else ""
