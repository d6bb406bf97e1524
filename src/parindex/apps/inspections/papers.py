"""What the papers of a visit are made from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from parindex.apps.evidence.photos import as_jpeg
from parindex.apps.inspections.actions.inspecting import FOLDER
from parindex.apps.inspections.checklists import areas_of, criteria_of
from parindex.apps.inspections.models import Finding, IssuedPaper, Photo, Question, Visit
from parindex.apps.inspections.queries import findings_of_visit, questions_of
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import legal_date
from parindex.core.papers.inspections import (
    Advice,
    Found,
    InspectionFacts,
    Looked,
    Person,
    Shot,
    Signed,
)
from parindex.core.wording.terms import term


VI = "vi"
NOTICE = "Dữ liệu minh họa"
WIDEST = 960
"""Pixels: 300 to the inch, as wide as a page prints a photo."""
NAME = 20
WORDS = tuple(term("met", met, VI) for met in Question.Met.values if met)


def facts_of(visit: Visit, at: datetime, *, photos: bool = True) -> InspectionFacts:
    """A visit as of an instant, with or without the photos of its findings: nine queries."""
    plan, names = visit.plan, areas_of(visit.plan)
    signed = {p.kind: Signed(p.number, p.on, p.signer) for p in visit.papers.all()}
    criteria = criteria_of(plan, visit.areas)
    team = visit.members.select_related("person")
    return InspectionFacts(
        territory=plan.territory.name_vi,
        unit=visit.unit.name_vi,
        plan=plan.title,
        planned=Signed(plan.number, plan.issued_on),
        starts=visit.starts,
        ends=visit.ends,
        announced=visit.announced,
        as_of=legal_date(at),
        words=WORDS,
        team=[Person(m.person.full_name, m.person.position, m.leads) for m in team],
        present=visit.present,
        summary=visit.summary,
        looked=[
            Looked(
                names[q.area].vi if q.area in names else q.area,
                q.criterion,
                q.text_vi,
                term("met", q.met, VI) if q.met else "",
                q.note,
            )
            for q in questions_of(visit)
        ],
        found=[
            _found(
                one,
                names[one.area].vi if one.area in names else one.area,
                criteria.get(one.criterion),
                photos=one.photos.all() if photos else (),
            )
            for one in findings_of_visit(visit)
            if not one.withdrawn_because
        ],
        minutes=signed.get(IssuedPaper.Kind.MINUTES.value, Signed()),
        conclusion=signed.get(IssuedPaper.Kind.CONCLUSION.value, Signed()),
        notice=NOTICE if plan.territory.illustrative else "",
    )


def _found(finding: Finding, area: str, criterion: Text | None, *, photos: Iterable[Photo]) -> Found:
    about = f"{finding.criterion} {criterion.vi}" if criterion else area
    named = [finding.person.full_name if finding.person else ""]
    named += [finding.division.name_vi if finding.division else "", finding.responsible]
    return Found(
        number=finding.number,
        about=about,
        text=finding.text,
        severity=term("severity", finding.severity, VI),
        responsible="; ".join(filter(None, named)),
        advice=[
            Advice(f"{finding.number}.{one.number}", one.text, one.due)
            for one in finding.recommendations.all()
            if one.state != "withdrawn"
        ],
        shots=[_shot(one) for one in photos],
    )


def _shot(photo: Photo) -> Shot:
    """Its largest size that a page needs."""
    fitting = [size for size in photo.sizes if size[0] <= WIDEST] or photo.sizes[:1]
    sha256 = fitting[-1][3]
    return Shot(photo.number, sha256[:NAME], as_jpeg(sha256, FOLDER), photo.caption)
