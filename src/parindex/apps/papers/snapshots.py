"""A round as plain data for its papers, read from the database as of one moment."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from parindex.apps.assessments.models import Phase, Round
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import Role
from parindex.apps.papers.details import DETAILS, in_order
from parindex.apps.papers.offices import office_of
from parindex.apps.papers.queries import corrected, issued_of, standing_result
from parindex.apps.results.models import GroupResult, Result, UnitResult
from parindex.apps.results.stages import book_of
from parindex.core.formats.stored import from_stored
from parindex.core.kernel.assessment import TableRefused
from parindex.core.kernel.framework import Framework, LegalBasis
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.time import has_passed, legal_date
from parindex.core.papers import issuing_body
from parindex.core.papers.rounds import Ground, Group, Issued, Line, Progress, RoundFacts, Stage
from parindex.core.wording.reasons import remark_sentence


VI = "vi"
CODE_LENGTH = 12
TOLD = frozenset(
    {"not_ranked", "late_refused", "incomplete", "no_index", "grade_need", "grade_cap", "grade_quota"}
)
AS_IT_STANDS = frozenset({"bao-cao-tham-dinh", "bien-ban"})
"""Papers for the council, which tell the result as it stands while the round runs."""


def progress_of(round_: Round, at: datetime) -> Progress:
    """What decides which of a round's papers can be made. Six queries at most."""
    phases = list(round_.phases.all())
    first = next((p for p in phases if p.kind == Phase.Kind.APPRAISAL), None)
    council = next((p for p in phases if p.kind == Phase.Kind.COUNCIL), None)
    concluded = standing_result(round_) is not None
    return Progress(
        phases=bool(phases),
        seated=bool(holding_in([round_.territory_id], [Role.CHAIR], at)),
        appraised=first is not None and has_passed(at, first.closes_at),
        sits=council is not None and council.opens_at <= at,
        concluded=concluded,
        published=concluded and round_.state == Round.State.PUBLISHED,
        corrected=bool(corrected(round_)),
    )


def facts_of(round_: Round, kind: str, *, at: datetime, with_areas: bool = False) -> RoundFacts:
    """A round with what one kind of paper tells. A fixed number of queries."""
    result = standing_result(round_)
    framework = by_hash(result.framework_hash if result else round_.framework.content_hash)
    territory = round_.territory
    facts = RoundFacts(
        territory=territory.name_vi,
        parent=issuing_body(territory.parent.name_vi) if territory.parent else "",
        office=office_of(round_),
        title=round_.title_vi,
        year=round_.year,
        subject=framework.subject.vi if framework.subject else framework.title.vi,
        framework=framework.title.vi,
        as_of=legal_date(at),
        percent=framework.index.policy != "total",
        decimals=framework.decimals,
        grounds=[_ground(one) for one in framework.legal_basis],
        phases=[Stage(p.kind, p.turn, p.opens_at, p.closes_at) for p in round_.phases.all()],
        groups=_groups(result, framework) if result else _as_it_stands(round_, kind),
        areas=[area.name.vi for area in framework.areas],
        with_areas=with_areas,
        code=code_of(result) if result else "",
        notice=round_.note_vi if territory.illustrative else "",
        issued={code: Issued(rows[-1].number, rows[-1].date) for code, rows in issued_of(round_).items()},
    )
    for detail in DETAILS.get(kind, ()):
        facts = replace(facts, **detail(round_, framework, at))
    return facts


def code_of(result: Result) -> str:
    """What ties a paper to the result that it tells: twelve signs of what was answered by which set."""
    said = sha256(f"{result.framework_hash}{result.answers_hash}".encode()).digest()
    return b32encode(said).decode()[:CODE_LENGTH]


def _ground(one: LegalBasis) -> Ground:
    return Ground(
        one.document, one.issued, one.issuer.vi if one.issuer else "", one.title.vi if one.title else ""
    )


def _groups(result: Result, framework: Framework) -> list[Group]:
    """The ranking groups in their order, each with its lines in ranking order. Two queries."""
    lines: dict[int, list[UnitResult]] = {}
    rows = UnitResult.objects.filter(result=result).defer("nodes", "band").select_related("participant")
    for row in rows.order_by("position"):
        lines.setdefault(row.group_id, []).append(row)
    kept = GroupResult.objects.filter(result=result).select_related("group").order_by("group__position")
    return [
        Group(
            one.group.name_vi,
            [_line(row, framework) for row in lines.get(one.group_id, ())],
            [(band.name.vi, one.grades.get(band.id, 0)) for band in framework.grades.bands],
        )
        for one in kept
    ]


def _line(row: UnitResult, framework: Framework) -> Line:
    grades = {band.id: band.name.vi for band in framework.grades.bands}
    return Line(
        unit=row.participant.name_vi,
        points=row.points,
        maximum=row.applicable_max,
        index=row.index,
        grade=grades.get(row.grade, ""),
        rank=row.rank,
        areas=[None if area is None else exact(area) for area in row.areas],
        note=" ".join(_notes(map(from_stored, row.remarks), framework)),
    )


def _notes(remarks: Iterable[Reason], framework: Framework) -> Iterator[str]:
    """Why a grade or rank is not what the index alone would give."""
    return (remark_sentence(one, framework, VI) for one in remarks if one.code in TOLD)


def _as_it_stands(round_: Round, kind: str) -> list[Group]:
    """The result of a running round by what stands, for the council's papers; none where an answer cannot be
    scored, which conclusion will name."""
    if kind not in AS_IT_STANDS:
        return []
    book = book_of(round_)
    try:
        assessment = book.now
    except TableRefused:
        return []
    framework = book.framework

    def line(unit: int) -> Line:
        outcome, participant = assessment.units[unit], book.participants[unit]
        return Line(
            unit=participant.name_vi,
            points=outcome.points,
            maximum=outcome.applicable_max,
            index=outcome.index,
            grade=outcome.grade.name.vi if outcome.grade else "",
            rank=outcome.rank,
            areas=[assessment.node(unit, area.code).index for area in framework.areas],
            note=" ".join(_notes(outcome.remarks, framework)),
        )

    groups = []
    for members in in_order(book, assessment):
        lines = [line(unit) for unit in members]
        group = book.participants[members[0]].group
        counts = [(b.name.vi, sum(one.grade == b.name.vi for one in lines)) for b in framework.grades.bands]
        groups.append(Group(group.name_vi, lines, counts))
    return groups
