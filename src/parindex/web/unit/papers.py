"""Papers of a unit in a round: the appraisal record, and the page for its head."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import can_see_round, check_round
from parindex.apps.assessments.queries.rounds import participants_of
from parindex.apps.assessments.rules.explanations import told_from
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.models import RECORD
from parindex.apps.papers.queries import find_issued, records_of
from parindex.core.kernel.problems import Refused
from parindex.core.papers import Paper, pdf_file
from parindex.core.papers.brief_docx import brief_docx
from parindex.core.papers.brief_pdf import brief_pdf, brief_picture
from parindex.web.parts.documents import document_file
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round, visible_sheet
from parindex.web.parts.issuing import Drafted, issues_shown, take_issue
from parindex.web.parts.papers import FORMS, WORD, pages_of, paper_file, paper_page
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


def record(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """The appraisal record of a unit as pictures, and how it came back signed."""
    participant, paper = _recorded(request, round, unit)
    where = [participant.round, participant.unit.code]
    first = reverse("unit:record_page", args=[*where, 1])
    context = {
        "section": "start",
        "participant": participant,
        "round": participant.round,
        **whose_data(participant),
        "sheeted": participant.round.phases.exists(),
        "pages": [
            {"shown": page, "url": f"{first.replace('trang-1.', f'trang-{page.number}.')}?v={page.mark}"}
            for page in pages_of(paper)
        ],
        **issues_shown(
            request,
            participant.round,
            records_of([participant]).get(participant.pk, ()),
            url=lambda one: reverse("unit:record_signed", args=[*where, one.pk]),
        ),
        "issue_url": reverse("unit:record_issue", args=where),
    }
    return render(request, "unit/record.html", context)


def record_page(request: Desk, *, round: str, unit: str, number: int) -> HttpResponse:  # noqa: A002
    """A page of the record as a picture."""
    _, paper = _recorded(request, round, unit)
    return paper_page(paper, number)


@require_POST
def record_issue(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002
    """Say that the record was issued: as of every paper of the round, by who runs it."""
    participant = visible_sheet(request, round, unit)
    check_round(request.rights, Act.ROUND_RUN, participant.round)
    _, paper = _recorded(request, round, unit)
    take_issue(request, Drafted(participant.round, RECORD, paper, participant))
    return redirect("unit:record", participant.round, participant.unit.code)


def record_signed(request: Desk, *, round: str, unit: str, key: int) -> HttpResponse:  # noqa: A002
    """The signed file of the record, for all who may read the record."""
    participant = visible_sheet(request, round, unit)
    _check_told(request, participant)
    found = find_issued(participant.round, key, participant)
    return document_file(found.document if found else None)


def _recorded(request: Desk, name: str, unit: str) -> tuple[Participant, Paper]:
    """A participant whose record the person may read, and that record.

    Raises:
        Http404, NotAllowed: as `visible_sheet`. Refused: ``not_told_yet``.
    """
    participant = visible_sheet(request, name, unit)
    _check_told(request, participant)
    [found] = recorded_of(participant.round, [participant])
    return participant, record_of(found, ranked=_ranked(request, participant.round), at=request.at)


def record_file(request: Desk, *, round: str, unit: str, kind: str) -> HttpResponse:  # noqa: A002
    """The appraisal record of a unit. Its own people read it once the first appraisal is over."""
    if kind not in FORMS:
        raise Http404(kind)
    participant, paper = _recorded(request, round, unit)
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
