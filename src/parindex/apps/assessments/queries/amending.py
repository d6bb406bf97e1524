"""What a round's answers say to a new version of its criteria set."""

from __future__ import annotations

from parindex.apps.assessments.models import Explanation, Round, Ruling
from parindex.apps.assessments.rules.amending import ChangePlan, plan_change
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash, versions_for
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer, score_answer


def planned_change(round_: Round, version: FrameworkVersion) -> ChangePlan:
    """What putting this version in the place of the round's would do. Raises Refused ``map_missing``."""
    old, new = by_hash(round_.framework.content_hash), by_hash(version.content_hash)
    return plan_change(old, new, unreadable_leaves(round_, old, new))


def unreadable_leaves(round_: Round, old: Framework, new: Framework) -> frozenset[str]:
    """Leaves of the new version whose rule cannot read or score something that was ruled. One query."""
    today = {was: code for code, was in comparable_codes(new, old).items() if code in new.leaves}
    rulings = Ruling.objects.filter(participant__round=round_, leaf__in=today)
    rows = rulings.order_by().values_list("leaf", "answer", "se", "n", "participant__type").distinct()
    found: set[str] = set()
    for leaf, answer, se, n, unit_type in rows:
        node = new.leaves[today[leaf]]
        try:
            read = read_answer(node, answer, se=se, n=n)
            if maximum := node.max_for(unit_type):
                score_answer(node, read, maximum, calendar=new.calendar)
        except AnswerRefused:
            found.add(node.code)
    return frozenset(found)


def in_dispute(round_: Round, leaves: list[str]) -> list[Explanation]:
    """Open explanations on any of these leaves."""
    found = Explanation.objects.filter(participant__round=round_, leaf__in=leaves)
    return list(found.exclude(state=Explanation.State.CLOSED).select_related("participant"))


def successors_of(round_: Round) -> list[FrameworkVersion]:
    """Stored versions that have a code map to the round's version, or the other way round; newest first."""
    old = by_hash(round_.framework.content_hash)
    others = [v for v in versions_for([round_.territory_id]) if v.pk != round_.framework_id]
    versions = sorted(others, key=lambda v: (v.stored_at, v.pk), reverse=True)
    return [v for v in versions if comparable_codes(by_hash(v.content_hash), old)]
