"""The codes that tasks of a year name, in the set of another round: by the code maps alone (decision 8).

A task names a criterion of its year's set; a task of a remediation plan one of the set whose lost points it
answers. Equal codes of two sets prove nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.evidence.models import Document
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.plans.models import Plan, Task
from parindex.apps.plans.queries import documents_for
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Framework


def codes_of_next_year(participant: Participant, framework: Framework) -> Mapping[str, str] | None:
    """Codes of the set of the round after this one, each with the code of `framework` that it may be compared
    with; None where no such round is known yet, so that tasks can name no other set. One query."""
    following = Round.objects.filter(
        previous=participant.round, year=participant.round.year + 1, participants__unit=participant.unit_id
    )
    found = following.order_by("pk").values_list("framework__content_hash", flat=True).first()
    return None if found is None else comparable_codes(by_hash(found), framework)


def proofs_of(participant: Participant, framework: Framework) -> dict[str, list[Document]]:
    """By criterion of the round's set: the documents of the unit's finished tasks of the year that prove it.
    Two queries, three where a plan answered the year before."""
    unit, year = participant.unit_id, participant.round.year
    found = documents_for(unit, year)
    answering = documents_for(unit, year, remedies=True)
    before = _set_before(participant.round) if answering else None
    if before is None:
        return found
    for code, old in comparable_codes(framework, before).items():
        own = found.setdefault(code, []) if old in answering else []
        own += [document for document in answering.get(old, ()) if document not in own]
    return found


def tasks_for(participant: Participant, framework: Framework, code: str) -> list[Task]:
    """The unit's tasks of the assessed year, of issued and closed plans, that are to earn points at a
    criterion. Two queries."""
    before = _set_before(participant.round)
    old = comparable_codes(framework, before).get(code, "") if before else ""
    named = Q(plan__remedies_year=None, criterion=code)
    if old:
        named |= Q(plan__remedies_year__isnull=False, criterion=old)
    found = Task.objects.filter(named, plan__unit=participant.unit_id, plan__year=participant.round.year)
    found = found.exclude(plan__state=Plan.State.DRAFT).select_related("plan__unit", "indicator")
    return list(found.order_by("plan", "number"))


def _set_before(round_: Round) -> Framework | None:
    """The criteria set of the round before. One query."""
    hashes = Round.objects.filter(following=round_).values_list("framework__content_hash", flat=True)
    found = hashes.first()
    return by_hash(found) if found else None
