"""A round as plain data for its papers, read from the database as of one moment."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from parindex.apps.assessments.models import Round
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.models import GroupResult, Result, UnitResult
from parindex.core.formats.stored import from_stored
from parindex.core.kernel.framework import Framework, LegalBasis
from parindex.core.kernel.numbers import exact
from parindex.core.kernel.time import legal_date
from parindex.core.papers import issuing_body
from parindex.core.papers.rounds import Ground, Group, Line, Progress, RoundFacts, Stage
from parindex.core.wording.reasons import remark_sentence


VI = "vi"
CODE_LENGTH = 12
TOLD = frozenset(
    {"not_ranked", "late_refused", "incomplete", "no_index", "grade_need", "grade_cap", "grade_quota"}
)


def progress_of(round_: Round) -> Progress:
    """What decides which of a round's papers can be made. Two queries."""
    ended = round_.state in (Round.State.CONCLUDED, Round.State.PUBLISHED)
    return Progress(concluded=ended and Result.objects.filter(round=round_).exists())


def facts_of(round_: Round, *, at: datetime, with_areas: bool = False) -> RoundFacts:
    """A round with its kept result, if it has one. A fixed number of queries."""
    result = Result.objects.filter(round=round_).order_by("-id").first()
    framework = by_hash(result.framework_hash if result else round_.framework.content_hash)
    territory = round_.territory
    return RoundFacts(
        territory=territory.name_vi,
        parent=issuing_body(territory.parent.name_vi) if territory.parent else "",
        title=round_.title_vi,
        year=round_.year,
        subject=framework.subject.vi if framework.subject else framework.title.vi,
        framework=framework.title.vi,
        as_of=legal_date(at),
        percent=framework.index.policy != "total",
        decimals=framework.decimals,
        grounds=[_ground(one) for one in framework.legal_basis],
        phases=[Stage(p.kind, p.turn, p.opens_at, p.closes_at) for p in round_.phases.all()],
        groups=_groups(result, framework) if result else (),
        areas=[area.name.vi for area in framework.areas],
        with_areas=with_areas,
        code=code_of(result) if result else "",
        notice=round_.note_vi if territory.illustrative else "",
    )


def code_of(result: Result) -> str:
    """What ties a paper to the result that it tells: twelve signs of what was answered by which set."""
    said = sha256(f"{result.framework_hash}{result.answers_hash}".encode()).digest()
    return b32encode(said).decode()[:CODE_LENGTH]


def _ground(one: LegalBasis) -> Ground:
    return Ground(
        one.document,
        one.issued,
        one.issuer.vi if one.issuer else "",
        one.title.vi if one.title else "",
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
        note=" ".join(_notes(row, framework)),
    )


def _notes(row: UnitResult, framework: Framework) -> Iterator[str]:
    """Why its grade or rank is not what the index alone would give."""
    for stored in row.remarks:
        remark = from_stored(stored)
        if remark.code in TOLD:
            yield remark_sentence(remark, framework, VI)
