"""Công văn đôn đốc: who is behind in the open phase, and the letter that says so, as a draft to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.assessments.models import Phase, Round, Sheet
from parindex.apps.assessments.permissions import check_round
from parindex.apps.assessments.queries.steering import RoundState, asked_of, round_state
from parindex.apps.assessments.rules.time import window
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.offices import office_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import has_passed, legal_date
from parindex.core.papers import Column, Paper, Paragraph, Row, Table
from parindex.core.papers.rounds.phrases import standing, standing_notation, standing_signer
from parindex.core.wording import dunning as words
from parindex.core.wording.notation import instant
from parindex.core.wording.terms import TERMS
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.papers import paper_file
from parindex.web.steer.overview import frame


@dataclass(frozen=True, slots=True)
class Late:
    """Somebody who is behind: what stands, how much of it is done, and until when there was time."""

    name: Text
    state: Text
    done: int
    todo: int
    closes_at: datetime
    over: bool


def letter(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The list and the letter as they are now."""
    round_ = _assisted(request, round)
    phase = _phase(round_, request)
    late = late_of(round_, phase, request.at) if phase else []
    context: dict[str, Any] = {**frame(request, round_), "phase": phase, "late": late, "paper": None}
    context["choices"] = [p for p in round_.phases.all() if p.kind in words.WHAT and p.opens_at <= request.at]
    if phase and late:
        paper = context["paper"] = _paper(round_, phase, late, at=request.at)
        context["subject"] = f"V/v {paper.about}"
        context["texts"] = [b.text for b in paper.body if isinstance(b, Paragraph)]
    return render(request, "steer/letter.html", context)


def letter_file(request: Desk, *, round: str, kind: str) -> HttpResponse:  # noqa: A002  the address's word
    """The letter: .docx to be worked on, .pdf to be sent on. Raises Http404, Refused ``nobody_late``."""
    round_ = _assisted(request, round)
    phase = _phase(round_, request)
    late = late_of(round_, phase, request.at) if phase else []
    if phase is None or not late:
        raise Refused("nobody_late")
    return paper_file(_paper(round_, phase, late, at=request.at), f"{round_.code}-don-doc", kind)


def _assisted(request: Desk, name: str) -> Round:
    """A round that the person runs or assists. Raises Http404, NotAllowed."""
    round_ = visible_round(request, name)
    if not {round_.territory_id} & request.rights.units(Act.ROUND_RUN, Act.ROUND_ASSIST):
        check_round(request.rights, Act.ROUND_ASSIST, round_)
    return round_


def _phase(round_: Round, request: Desk) -> Phase | None:
    """The phase asked for; else the last that has begun and in which somebody may be late."""
    phases = [p for p in round_.phases.all() if p.kind in words.WHAT and p.opens_at <= request.at]
    asked = request.GET.get("giai-doan", "")
    return next((p for p in phases if str(p.pk) == asked), phases[-1] if phases else None)


def late_of(round_: Round, phase: Phase, at: datetime) -> list[Late]:
    """Who has not done yet what the phase asks, those first whose time is over. A fixed number of queries."""
    state = round_state(round_)
    of_kind = {
        Phase.Kind.SELF.value: _sheets,
        Phase.Kind.EXPLANATION.value: _cases,
        Phase.Kind.APPRAISAL.value: _parts,
    }
    found = of_kind[phase.kind](round_, state, phase, at=at)
    return sorted(found, key=lambda one: (not one.over, one.closes_at))


def _sheets(round_: Round, state: RoundState, phase: Phase, *, at: datetime) -> list[Late]:
    """Units whose sheet is not handed in."""
    found = []
    for unit in state.units:
        sheet = unit.participant.sheet
        handed_in = sheet.state in (Sheet.State.SUBMITTED, Sheet.State.COMPLETE)
        if handed_in or not unit.participant.owes_sheet:
            continue
        closes = sheet.returned_until or window(phase, unit.participant.extensions.all()).closes_at
        said = TERMS["sheet"][sheet.state]
        found.append(Late(unit.participant.name, said, unit.done, unit.todo, closes, has_passed(at, closes)))
    return found


def _cases(round_: Round, state: RoundState, phase: Phase, *, at: datetime) -> list[Late]:
    """Units that owe an explanation."""
    owed, found = asked_of(round_), []
    for unit in state.units:
        waiting, all_ = owed.get(unit.participant.pk, (0, 0))
        if waiting:
            closes = window(phase, unit.participant.extensions.all()).closes_at
            said = TERMS["explanation"]["asked"]
            over = has_passed(at, closes)
            found.append(Late(unit.participant.name, said, all_ - waiting, all_, closes, over))
    return found


def _parts(round_: Round, state: RoundState, phase: Phase, *, at: datetime) -> list[Late]:
    """Lead departments that have not ruled on all of their part, or not signed it off."""
    signed = set(round_.sign_offs.filter(turn=phase.turn).values_list("lead_id", flat=True))
    over = has_passed(at, phase.closes_at)
    return [
        Late(load.lead.name, words.APPRAISING, load.ruled, load.total, phase.closes_at, over)
        for load in state.loads
        if load.lead.pk not in signed
    ]


def _paper(round_: Round, phase: Phase, late: Sequence[Late], *, at: datetime) -> Paper:
    """The letter as plain data."""
    territory, kind, office = round_.territory.name_vi, str(phase.kind), office_of(round_)
    names = [one.name.vi for one in late]
    over = sum(one.over for one in late)
    widths = (6, 40, 22, 14, 24)
    table = Table(
        [Column(head, width) for head, width in zip(words.HEADS, widths, strict=True)],
        [
            Row([str(k), one.name.vi, one.state.vi, f"{one.done}/{one.todo}", instant(one.closes_at, "vi")])
            for k, one in enumerate(late, start=1)
        ],
    )
    opening = words.opening(round_.title_vi, kind, closes=phase.closes_at, at=at, late=len(late), over=over)
    return Paper(
        issuer=standing(office),
        parent=words.parent(territory),
        notation=standing_notation(office, ""),
        place=words.place(territory),
        as_of=legal_date(at),
        about=words.about(kind, round_.year),
        to=names if len(names) <= words.MOST_NAMED else (words.TO_ALL,),
        body=[
            Paragraph(opening),
            table,
            Paragraph(words.asking(standing(office))),
            *(Paragraph(text) for text in words.asked(kind, closes=phase.closes_at, at=at)),
            Paragraph(words.CLOSING),
        ],
        recipients=words.COPIES,
        signatures=(standing_signer(office),),
    )
