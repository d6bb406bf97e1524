"""What passes on the part of somebody who leaves in inspections."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from parindex.apps.inspections.actions.planning import change_team
from parindex.apps.inspections.chains import lock_visit, tell_visit
from parindex.apps.inspections.models import Finding, Member
from parindex.apps.organisations.models import Person


@transaction.atomic
def pass_on_places(*, members: Collection[Member], to: Person, by: str, at: datetime) -> None:
    """Put another into the teams in one person's place, as their leader where that person led.

    Raises:
        Refused: as `change_team`.
    """
    for member in members:
        team = list(member.visit.members.all())
        leader = next((m.person_id for m in team if m.leads), member.person_id)
        others = [m.person_id for m in team if m.person_id not in (member.person_id, leader)]
        change_team(
            visit=member.visit,
            leader=to.pk if leader == member.person_id else leader,
            members=[*others, to.pk],
            by=by,
            at=at,
        )


@transaction.atomic
def pass_on_findings(*, findings: Collection[Finding], to: Person, by: str, at: datetime) -> None:
    """Let another of the unit answer for findings that are not put right yet; an entry for each visit.

    The papers that were issued keep the name they were signed with.
    """
    by_visit: dict[int, list[Finding]] = {}
    for finding in findings:
        by_visit.setdefault(finding.visit_id, []).append(finding)
    for _, theirs in sorted(by_visit.items()):
        visit = lock_visit(theirs[0].visit)
        was = theirs[0].person
        Finding.objects.filter(pk__in=[f.pk for f in theirs]).update(person=to)
        said = {"findings": [f.number for f in theirs], "person": was.ref if was else "", "to": to.ref}
        tell_visit(visit, "inspection.handed_over", said, by=by, at=at)
