"""Papers of a unit in a round: the appraisal record, and the page for its head."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import can_see_round
from parindex.apps.assessments.queries.rounds import participants_of
from parindex.apps.assessments.rules.explanations import told_from
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.papers import Paper, pdf_file
from parindex.core.papers.brief_docx import brief_docx
from parindex.core.papers.brief_pdf import brief_pdf, brief_picture
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round, visible_sheet
from parindex.web.parts.papers import FORMS, WORD, paper_file
from parindex.web.unit.brief import Standing, brief_of, standing_of
from parindex.web.unit.record import record_of, recorded_of
from parindex.web.unit.sheet import whose_data


PDF, PNG = "application/pdf", "image/png"
DONE = (Round.State.CONCLUDED, Round.State.PUBLISHED)
BRIEFS = {"pdf": (PDF, brief_pdf), "docx": (WORD, brief_docx), "png": (PNG, brief_picture)}


def brief(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """The page for the head as a picture, and its files."""
    participant, standing = _briefed(request, round, unit)
    made = brief_of(standing)
    context = {
        "section": "start",
        "participant": participant,
        "round": participant.round,
        **whose_data(participant),
        "sheeted": participant.round.phases.exists(),
        "brief": made,
        "steps": [f"{s.name}{f': {s.asks}' if s.asks else ''}. {s.gives}" for s in made.steps],
    }
    return render(request, "unit/brief.html", context)


def brief_file(request: Desk, *, round: str, unit: str, kind: str) -> HttpResponse:  # noqa: A002
    """One A4 page: .pdf, .docx, or a picture."""
    participant, standing = _briefed(request, round, unit)
    if kind not in BRIEFS:
        raise Http404(kind)
    media_type, make = BRIEFS[kind]
    name = f"{participant.round.code}-{participant.unit.code}-tom-tat.{kind}"
    return _sent(make(brief_of(standing)), media_type, name, shown=kind == "png")


def _briefed(request: Desk, name: str, unit: str) -> tuple[Participant, Standing]:
    """A participant whose result the person may see, and that result.

    Raises:
        Http404, NotAllowed: as `visible_sheet`. Refused: ``no_result_yet``.
    """
    participant = visible_sheet(request, name, unit)
    round_ = participant.round
    follows = can_see_round(request.rights, round_)
    ready = round_.state == Round.State.PUBLISHED or (follows and round_.state in DONE)
    standing = standing_of(participant) if ready else None
    if standing is None:
        raise Refused("no_result_yet")
    return participant, standing


def record_file(request: Desk, *, round: str, unit: str, kind: str) -> HttpResponse:  # noqa: A002
    """The appraisal record of a unit. Its own people read it once the first appraisal is over."""
    participant = visible_sheet(request, round, unit)
    if kind not in FORMS:
        raise Http404(kind)
    _check_told(request, participant)
    [found] = recorded_of(participant.round, [participant])
    paper = record_of(found, ranked=_ranked(request, participant.round), at=request.at)
    return paper_file(paper, f"{participant.round.code}-{participant.unit.code}-tham-dinh", kind)


def _check_told(request: Desk, participant: Participant) -> None:
    """Raises Refused ``not_told_yet`` for the unit itself while the first appraisal goes on."""
    rights = request.rights
    concerned = can_see_round(rights, participant.round) or rights.units(Act.APPRAISAL_VIEW)
    until = told_from(participant, request.at)
    if until is not None and (rights.belongs_to(participant.unit_id) or not concerned):
        raise Refused("not_told_yet", at=until)


def _ranked(request: Desk, round_: Round) -> bool:
    """Whether grades and ranks may be told."""
    return round_.state == Round.State.PUBLISHED or (
        round_.state in DONE and can_see_round(request.rights, round_)
    )


def records_file(request: Desk, *, round: str) -> FileResponse:  # noqa: A002  the address's word
    """The records of all units of a round as one ZIP of .pdf, for who follows the round."""
    round_ = visible_round(request, round)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, paper in _records(request, round_, request.at):
            archive.writestr(zipfile.ZipInfo(name, request.at.timetuple()[:6]), pdf_file(paper))
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"{round_.code}-bien-ban-tham-dinh.zip")


def _records(request: Desk, round_: Round, at: datetime) -> Iterator[tuple[str, Paper]]:
    """Each unit's paper with its file's name, in the order of the round."""
    ranked = _ranked(request, round_)
    for found in recorded_of(round_, list(participants_of(round_))):
        yield f"{found.participant.unit.code}.pdf", record_of(found, ranked=ranked, at=at)


def _sent(content: bytes, media_type: str, name: str, *, shown: bool = False) -> HttpResponse:
    """A file to be kept, or `shown` in a page; either by the person's own browser only."""
    headers: dict[str, Any] = {
        "Content-Disposition": content_disposition_header(as_attachment=not shown, filename=name),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
