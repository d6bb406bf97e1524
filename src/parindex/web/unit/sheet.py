"""The sheet of a unit at a glance: what it has to supply, what it gives so far, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries import keep_windows
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.measured import proposals_for
from parindex.apps.assessments.queries.sheets import Entry, SheetView, sheet_view
from parindex.apps.assessments.queries.stamps import same_until, sheet_stamp
from parindex.apps.assessments.rules.measured import Proposal
from parindex.apps.assessments.rules.sheets import Place, self_window
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.reasons import reason_sentence
from parindex.core.wording.refusals import refusal_sentence
from parindex.core.wording.survey_points import surely
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_sheet
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import TOKEN_HERE
from parindex.web.unit import gates
from parindex.web.unit.kept import Kept
from parindex.web.unit.lines import leaf_addresses, line_of


kept = Kept(most=400)
"""Main parts of sheets, some tens of kilobytes each."""


def sheet(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every leaf in its place; the next thing to do stands first."""
    participant = visible_sheet(request, round, unit)
    mine = request.user.pk if request.GET.get("cua-toi") == "1" else None
    held = (request.rights.held, request.rights.sheet, request.rights.sheet_acts)
    key = (participant.pk, mine, held, language(), sheet_stamp(participant))
    main = kept.get(key, request.at) if settings.PARINDEX_CACHE else None
    if main is None:
        context = _context(request, participant, mine=mine)
        main = render_to_string("unit/sheet_main.html", context | {"csrf_token": TOKEN_HERE})
        kept.keep(key, main, until=same_until(participant, request.at))
    whose = {"section": "start", "participant": participant, **whose_data(participant)}
    return render(request, "unit/sheet.html", {**whose, "main": main})


def _context(request: Desk, participant: Participant, *, mine: int | None) -> dict[str, Any]:
    """All that the page's main part shows."""
    view = sheet_view(participant)
    return {
        **frame(request, participant),
        **totals(view),
        "areas": _areas(view, _beside(participant), chosen=_chosen(request, mine)),
        "mine": mine is not None,
        "supplied": rows(view, view.at(Place.SUPPLIED)),
        "held": rows(view, view.at(Place.HELD)),
        "penalised": any(e.outcome.points for e in view.at(Place.HELD)),
        "not_assessed": rows(view, view.at(Place.NOT_ASSESSED)),
        "submissions": participant.sheet.submissions.order_by("-turn"),
    }


def frame(request: Desk, participant: Participant) -> dict[str, Any]:
    """What every page of a sheet carries: whose it is, its deadline, and what the person may do now."""
    keep_windows(participant)
    window = self_window(participant)
    return {
        "section": "start",
        "participant": participant,
        "round": participant.round,
        **whose_data(participant),
        "closes_at": participant.sheet.returned_until or window.closes_at,
        "extended": window.extended,
        "fill": gates.fill(request, participant),
        "submit": gates.submit(request, participant),
        "withdraw": gates.withdraw(request, participant),
        "hand_out": gates.hand_out(request, participant),
        "sign": gates.sign(request, participant),
        "own_territory": participant.unit_id == participant.round.territory_id,
        "member": request.rights.may(Act.SHEET_VIEW, participant.unit_id),
        "may_hand_out": request.rights.may(Act.SHEET_HAND_OUT, participant.unit_id),
        "sheet_url": reverse("unit:sheet", args=[participant.round, participant.unit.code]),
    }


def whose_data(participant: Participant) -> dict[str, Any]:
    """What the head of the page says of the place."""
    return {
        "illustrative": participant.round.note if participant.unit.illustrative else None,
        "territory": {"name": participant.round.territory.name},
    }


def totals(view: SheetView) -> dict[str, Any]:
    """How far the sheet is and what it gives as it stands."""
    todo = view.at(Place.TODO)
    return {
        "whole": view.whole,
        "percent": view.framework.index.policy != "total",
        "done": len(todo) - len(view.missing),
        "todo": len(todo),
        "missing": rows(view, view.missing),
        "counts": {place.value: len(view.at(place)) for place in Place},
    }


def row(view: SheetView, entry: Entry) -> dict[str, Any]:
    """One leaf for a list."""
    return rows(view, [entry])[0]


def rows(view: SheetView, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Leaves for a list. Why a leaf gives its points is said when a template asks."""
    url = leaf_addresses(view.participant)
    return [
        {
            "code": entry.leaf.code,
            "name": entry.leaf.name,
            "entry": entry,
            "points": entry.outcome.points,
            "maximum": entry.leaf.max_for(view.participant.type),
            "why": partial(said_why, view, entry),
            "handout": entry.handout,
            "url": url(entry.leaf.code),
        }
        for entry in entries
    ]


def said_why(view: SheetView, entry: Entry) -> str:
    """The reason for a leaf's points, as a sentence."""
    reason, outcome = entry.outcome.reason, entry.outcome
    if reason is None:
        return ""
    said_so = reason_sentence(reason, entry.leaf, language(), decimals=view.framework.decimals)
    sure = surely(entry.leaf, outcome.answer, points=outcome.points, maximum=outcome.max, language=language())
    return f"{said_so} {sure}" if sure else said_so


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the answers, by leaf."""

    evidence: Mapping[str, Sequence[Any]]
    measured: Mapping[str, Proposal]


def _beside(participant: Participant) -> _Beside:
    measured = proposals_for(participant.round, [participant])
    return _Beside(evidence_of(participant), {leaf: p for (_, leaf), p in measured.items()})


Chosen = Callable[[Entry], bool]


def _chosen(request: Desk, mine: int | None) -> Chosen:
    """All leaves; or those handed to a person, or to a unit in which they fill in sheets."""
    if mine is None:
        return lambda entry: True
    units = request.rights.units(Act.SHEET_FILL)
    return lambda e: e.handout is not None and (e.handout.person_id == mine or e.handout.unit_id in units)


def _areas(view: SheetView, beside: _Beside, *, chosen: Chosen) -> list[dict[str, Any]]:
    """The unit's own leaves by area, bonus items last; only those that are chosen."""
    found = []
    for area in view.framework.areas:
        codes = [n.code for n in area.walk() if n.is_leaf]
        lines = _own_lines(view, codes, beside, chosen=chosen)
        if lines:
            found.append(
                {"code": area.code, "name": area.name, "node": view.nodes[area.code], "lines": lines}
            )
    claims = _own_lines(view, list(view.framework.extras), beside, chosen=chosen)
    if claims:
        found.append({"code": "", "name": None, "node": None, "lines": claims})
    return found


def _own_lines(view: SheetView, codes: list[str], beside: _Beside, *, chosen: Chosen) -> list[SafeString]:
    own = [view.entries[c] for c in codes if view.entries[c].place in (Place.TODO, Place.CLAIM)]
    own = [e for e in own if chosen(e)]
    url = leaf_addresses(view.participant)
    return [
        line_of(
            e,
            url(e.leaf.code),
            maximum=e.leaf.max_for(view.participant.type),
            documents=len(beside.evidence.get(e.leaf.code, ())),
            proposal=beside.measured.get(e.leaf.code),
        )
        for e in own
    ]


def sentence(refusal: Refused) -> str:
    """A refusal in the page's language."""
    return refusal_sentence(refusal.code, refusal.data, language())
