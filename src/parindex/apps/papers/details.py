"""What single kinds of papers tell beside the result: who is assessed, who sits, what was ruled on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from parindex.apps.assessments.models import Explanation, Participant, Round, Sheet, SignOff
from parindex.apps.assessments.queries import assignments_of
from parindex.apps.assessments.queries.explanations import open_cases
from parindex.apps.organisations.models import Person
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import Role
from parindex.apps.papers.queries import corrected
from parindex.apps.results.minutes import minutes_of
from parindex.apps.results.models import UnitResult
from parindex.apps.results.stages import RoundBook, book_of, overrating_of
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.assessment import TableRefused
from parindex.core.kernel.framework import Framework
from parindex.core.papers.rounds import Appraised, Change, Course, Member, Ruled, Standing
from parindex.core.wording.notation import day


Detail = Callable[[Round, Framework, datetime], dict[str, Any]]
VI = "vi"
SITTING = (Role.CHAIR, Role.MEMBER, Role.SECRETARIAT, Role.ASSISTANT)
WORST = 10


def assessed(round_: Round, framework: Framework, at: datetime) -> dict[str, Any]:
    """Who is assessed, by what, on what days, and by whom it is appraised. Two queries."""
    groups: dict[int, tuple[str, list[str]]] = {}
    participants = round_.participants.exclude(part=Participant.Part.OBSERVER).select_related("group")
    for one in participants.order_by("group__position", "id"):
        groups.setdefault(one.group_id, (one.group.name_vi, []))[1].append(one.name_vi)
    leads: dict[str, list[str]] = {}
    for assignment in assignments_of(round_):
        node = framework.nodes.get(assignment.node) or framework.leaves.get(assignment.node)
        name = f"{assignment.node} {node.name.vi}" if node else assignment.node
        leads.setdefault(assignment.lead.name_vi, []).append(name)
    period = framework.period
    return {
        "assessed": list(groups.values()),
        "scheme": [(area.code, area.name.vi, _most(framework, area.code)) for area in framework.areas],
        "period": (period.start, period.end) if period else None,
        "bands": [(band.name.vi, band.min) for band in framework.grades.bands],
        "leads": list(leads.items()),
    }


def _most(framework: Framework, code: str) -> Fraction:
    """The maximum of an area: the highest where types of units differ."""
    most = framework.nodes[code].max
    return most if isinstance(most, Fraction) else max(most.values(), default=Fraction(0))


def members(round_: Round, framework: Framework, at: datetime) -> dict[str, Any]:
    """Who holds a seat in the council or helps it, the chair first. Three queries."""
    held = holding_in([round_.territory_id], SITTING, at)
    refs = {ref for refs in held.values() for ref in refs}
    keys = [int(ref.removeprefix("person:")) for ref in refs]
    people = {one.ref: one for one in Person.objects.filter(pk__in=keys)}
    found: dict[str, Member] = {}
    for role in SITTING:
        for ref in held.get((round_.territory_id, role), ()):
            one = people[ref]
            found.setdefault(ref, Member(role.value, one.full_name, one.position))
    return {"members": list(found.values())}


def first_appraisal(round_: Round, framework: Framework, at: datetime) -> dict[str, Any]:
    """Each unit's own points and those of the first appraisal, by group."""
    book = book_of(round_)
    try:
        claimed, given = (book.stages[stage] for stage in ("self", "appraised"))
    except TableRefused:
        return {}
    groups: list[tuple[str, list[Appraised]]] = []
    leaves = list(book.framework.leaves)
    for group in in_order(book, given):
        rows = [
            Appraised(
                book.participants[u].name_vi,
                claimed.units[u].points,
                given.units[u].points,
                sum(given.node(u, c).points < claimed.node(u, c).points for c in leaves),
            )
            for u in sorted(group)
        ]
        groups.append((book.participants[group[0]].group.name_vi, rows))
    return {"first": groups}


def in_order(book: RoundBook, assessment: Assessment) -> list[Sequence[int]]:
    """The units of each ranking group in ranking order, groups in the round's order."""
    groups = assessment.groups().values()
    return sorted(groups, key=lambda units: book.participants[units[0]].group.position)


def course(round_: Round, framework: Framework, at: datetime) -> dict[str, Any]:
    """How the round went, in numbers. Five queries beside the book."""
    owing = [p for p in round_.participants.select_related("sheet") if p.owes_sheet]
    handed = (Sheet.State.SUBMITTED, Sheet.State.COMPLETE)
    cases = list(Explanation.objects.filter(participant__round=round_).prefetch_related("statements"))
    ruled = [c for c in cases if any(s.party == "council" for s in c.statements.all())]
    letters = SignOff.objects.filter(round=round_).select_related("lead").order_by("lead_id", "turn")
    return {
        "course": Course(
            units=len(owing),
            handed_in=sum(p.sheet.state in handed for p in owing),
            late=sum(p.late_days > 0 for p in owing),
            explained=len(cases),
            before_council=len(ruled) + len(open_cases(round_)),
            ruled=len(ruled),
            **_overrated(book_of(round_)),
        ),
        "signed_off": [(one.lead.name_vi, f"{one.number}, {day(one.date, VI)}") for one in letters],
        "worst": _worst(book_of(round_)),
    }


def _overrated(book: RoundBook) -> dict[str, Any]:
    try:
        found = overrating_of(book)
    except TableRefused:
        return {}
    return {"overrated": found.points, "assessed": found.maximum, "lowered": found.cases}


def _worst(book: RoundBook) -> list[tuple[str, str, int, Fraction]]:
    """The criteria that were lowered most."""
    try:
        found = book.by_node(book.framework.leaves.values())
    except TableRefused:
        return []
    lowered = [(node.code, node.name.vi, one.cases, one.points) for node, one in found if one.points > 0]
    return lowered[:WORST]


def rulings(round_: Round, framework: Framework, at: datetime) -> dict[str, Any]:
    """Every ruling of the council. Five queries."""
    return {
        "rulings": [
            Ruled(
                item.participant.name_vi,
                item.leaf.code,
                item.leaf.name.vi,
                item.before,
                item.given,
                item.ruling.reason,
                item.claimed,
                item.said,
            )
            for item in minutes_of(round_)
        ]
    }


def adjusted(round_: Round, framework: Framework, at: datetime) -> dict[str, Any]:
    """What a correction changes, and why. Six queries."""
    pair = corrected(round_)
    newest = round_.publications.order_by("-number").first()
    because = round_.corrected_because or (newest.reason if newest else "")
    return {"changes": _changes(*pair, framework) if pair else (), "because": because}


def _changes(before: int, now: int, framework: Framework) -> Sequence[Change]:
    """Whose index, grade or rank differs between two results, in the order of the later one. Two queries."""
    grades = {band.id: band.name.vi for band in framework.grades.bands}

    def standings(result: int) -> dict[int, tuple[UnitResult, Standing]]:
        rows = UnitResult.objects.filter(result=result).defer("nodes", "band")
        rows = rows.select_related("participant", "group").order_by("group__position", "position")
        return {r.participant_id: (r, Standing(r.index, grades.get(r.grade, r.grade), r.rank)) for r in rows}

    was = standings(before)
    nothing = Standing()
    return [
        Change(row.participant.name_vi, row.group.name_vi, old, standing)
        for key, (row, standing) in standings(now).items()
        for old in [was[key][1] if key in was else nothing]
        if old != standing
    ]


DETAILS: Mapping[str, Sequence[Detail]] = {
    "ke-hoach": (assessed,),
    "huong-dan": (assessed,),
    "thanh-lap-hoi-dong": (members,),
    "thong-bao-lan-1": (first_appraisal,),
    "bao-cao-tham-dinh": (assessed, course),
    "bien-ban": (members, rulings),
    "quyet-dinh-dieu-chinh": (adjusted,),
}
"""What each kind needs beside the round and its result."""
