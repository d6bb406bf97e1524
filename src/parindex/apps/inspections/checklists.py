"""Areas that can be inspected, and the questions that each of them asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from parindex.apps.frameworks.queries import by_hash
from parindex.apps.inspections.models import Plan, Question, Visit
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.text import Text
from parindex.data.inspections import DUTIES, PROCEDURES, PROCEDURES_NAME


def areas_of(plan: Plan) -> Mapping[str, Text]:
    """Names of what can be inspected, by code: procedure control, then the set's areas with something to
    look at. What surveys measure is not looked at on the spot."""
    framework = by_hash(plan.framework.content_hash)
    named = {a.code: a.name for a in framework.areas if next(_criteria(framework, a.code), None)}
    return {PROCEDURES: PROCEDURES_NAME, **named}


def criteria_of(plan: Plan, areas: Collection[str]) -> Mapping[str, Text]:
    """Names of the criteria and duties of some areas, by code."""
    return {code: name for area in areas for code, name in _asked(plan, area)}


def _asked(plan: Plan, area: str) -> Iterator[tuple[str, Text]]:
    if area == PROCEDURES:
        yield from DUTIES
        return
    yield from _criteria(by_hash(plan.framework.content_hash), area)


def _criteria(framework: Framework, area: str) -> Iterator[tuple[str, Text]]:
    node = framework.nodes.get(area)
    for leaf in node.walk() if node else ():
        if leaf.is_leaf and framework.method_of(leaf.code) != "survey":
            yield leaf.code, leaf.name


def draw_checklist(visit: Visit) -> int:
    """Make a visit's questions anew from its areas, in the caller's transaction; how many."""
    visit.questions.all().delete()
    asked = [(area, *one) for area in visit.areas for one in _asked(visit.plan, area)]
    made = [
        Question(
            visit=visit, position=k, area=area, criterion=code, text_vi=name.vi[:1000], text_en=name.en[:1000]
        )
        for k, (area, code, name) in enumerate(asked, start=1)
    ]
    return len(Question.objects.bulk_create(made))
