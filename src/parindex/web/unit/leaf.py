"""One leaf of a sheet: what it asks, what stands, what it gives, and saving it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.actions import DraftConflict, Typing, finish_handout, save_draft
from parindex.apps.assessments.models import EvidenceLink, Participant
from parindex.apps.assessments.permissions import check_leaf, handed_unit
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.penalties import penalties_of
from parindex.apps.assessments.queries.sheets import Entry, SheetView, sheet_view
from parindex.apps.assessments.rules.bonuses import undecided
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.evidence.models import Document
from parindex.apps.evidence.queries import documents_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.improvement.codes import proofs_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.apps.results.past import past_of
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import Refused
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts.doors import Desk, attempt, scripted
from parindex.web.parts.finding import own_leaf, visible_sheet
from parindex.web.parts.inputs import answer_in, controls_of
from parindex.web.parts.languages import language
from parindex.web.parts.penalties import penalty_rows
from parindex.web.unit import gates, predecessors
from parindex.web.unit.measured import proposal_for, shown
from parindex.web.unit.sheet import frame, row, sentence, totals


NAME = "a"
RECENT = 12


@require_http_methods(["GET", "HEAD", "POST"])
def leaf(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """Show a leaf; save what is typed for it and go on."""
    participant = visible_sheet(request, round, unit)
    node = by_hash(participant.round.framework.content_hash).leaves.get(code)
    if node is None:
        raise Http404(code)
    if request.method == "POST":
        return _save(request, participant, node)
    return _page(request, sheet_view(participant), code)


def _save(request: Desk, participant: Participant, node: Node) -> HttpResponse:
    """Keep what was sent; what cannot be kept is shown again beside the reason, nothing is lost."""
    code = node.code
    check_leaf(request.rights, Act.SHEET_FILL, participant=participant, leaf=code)
    typed = Typing(
        code,
        answer_in(node, NAME, request.POST),
        request.POST.get("note", "").strip()[:4000],
        _version(request.POST.get("version", "0")),
    )
    try:
        rows = save_draft(participant=participant, typed=typed, by=request.user.ref, at=request.at)
    except DraftConflict as conflict:
        return _page(request, sheet_view(participant), code, typed=typed, conflict=conflict, status=409)
    except Refused as refusal:
        return _page(request, sheet_view(participant), code, typed=typed, wrong=sentence(refusal), status=422)
    if request.headers.get("X-Requested-With") == "fetch":
        return _saved(request, sheet_view(participant, rows), code)
    if "next" in request.POST:
        other = _handed(request, participant, code)
        after = _beside(sheet_view(participant), code, step=1, handed=other)
        return redirect(after or reverse("unit:sheet", args=_address(participant)))
    messages.success(request, gettext("Đã lưu tiêu chí %(code)s.") % {"code": code})
    return redirect(request.path)


def _saved(request: Desk, view: SheetView, code: str) -> HttpResponse:
    """What the page's script puts in place after a save: the points as they stand now, and the version."""
    entry = view.entries[code]
    evidence = evidence_of(view.participant) if entry.place is Place.CLAIM else {}
    context = {
        "row": row(view, entry),
        **totals(view),
        "by": request.user.full_name,
        "undecided": _undecided(view, entry, evidence),
    }
    return render(request, "unit/saved.html", context)


def _undecided(view: SheetView, entry: Entry, evidence: Mapping[str, Sequence[EvidenceLink]]) -> bool:
    """Whether a bonus is claimed here and no recognition decision is attached."""
    gives = {entry.leaf.code: entry.outcome.points} if entry.answer else {}
    return entry.place is Place.CLAIM and bool(undecided(view.framework, gives, evidence))


def _proved(view: SheetView, code: str, evidence: Mapping[str, Sequence[EvidenceLink]]) -> list[Document]:
    """What the unit's own finished tasks of the year prove the criterion with, and is not attached yet."""
    attached = {link.document_id for link in evidence.get(code, [])}
    found = proofs_of(view.participant, view.framework).get(code, [])
    return [document for document in found if document.pk not in attached]


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _address(participant: Participant) -> list[Any]:
    return [participant.round, participant.unit.code]


def _page(
    request: Desk,
    view: SheetView,
    code: str,
    *,
    typed: Typing | None = None,
    conflict: DraftConflict | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    """The leaf as it stands, or as it was sent where it could not be kept."""
    participant, entry = view.participant, view.entries[code]
    node = entry.leaf
    answer, note = (typed.answer, typed.note) if typed else (entry.answer, entry.note)
    standing = conflict.draft if conflict else None
    refs = {entry.by} | ({standing.by} if standing else set())
    names = names_of({r for r in refs if r})
    past = past_of(participant).get(node.code)
    evidence = evidence_of(participant)
    other = _handed(request, participant, code)
    guest = request.rights.person is None  # the vault is not theirs to look through
    searched = " ".join(request.GET.get("kho", "").split())[:200]
    context = {
        **frame(request, participant),
        **totals(view),
        "row": row(view, entry),
        "node": node,
        "rule": rule_in_words(node.rule, language()) if node.rule else [],
        "controls": controls_of(node, NAME, answer),
        "note": note,
        "version": standing.version if standing else typed.version if typed else entry.version,
        "wrong": wrong,
        "conflict": {"draft": standing, "name": names.get(standing.by, standing.by)} if standing else None,
        "by": names.get(entry.by, entry.by),
        "documents": evidence.get(node.code, []),
        "proved": [] if guest or other else _proved(view, node.code, evidence),
        "fill": gates.fill_leaf(request, participant, code),
        "keeper": other or participant.unit,
        "keeper_other": other is not None,
        "recent": []
        if guest
        else documents_of(other or participant.unit, query=searched, size=RECENT).documents,
        "guest": guest,
        "searched": searched,
        "attachable": gates.attach(request, participant, code),
        "past": past,
        "measured": shown(
            proposal_for(participant, node.code), answer, note, maximum=node.max_for(participant.type)
        ),
        "own": entry.place in (Place.TODO, Place.CLAIM),
        "undecided": _undecided(view, entry, evidence),
        "inherited": predecessors.shown(request, participant, node),
        "held": entry.place is Place.HELD,
        "cases": _penalties(view, code) if entry.place is Place.HELD else [],
        "before": _beside(view, code, step=-1, handed=other),
        "after": _beside(view, code, step=1, handed=other),
    }
    return scripted(render(request, "unit/leaf.html", context, status=status))


def _penalties(view: SheetView, code: str) -> list[dict[str, Any]]:
    """What was entered against the unit under a penalty item."""
    cases = penalties_of(view.participant, code)
    for case in cases:
        case.participant = view.participant
    return penalty_rows(view.framework, cases)


def _handed(request: Desk, participant: Participant, code: str) -> Unit | None:
    return handed_unit(request.rights, Act.SHEET_FILL, participant=participant, leaf=code)


def _beside(view: SheetView, code: str, *, step: int, handed: Unit | None = None) -> str:
    """The address of the leaf before or after this one, of those handed to one unit; empty at the end."""
    codes = [
        c
        for c, e in view.entries.items()
        if e.place in (Place.TODO, Place.CLAIM)
        and (handed is None or (e.handout is not None and e.handout.unit == handed))
    ]
    if code not in codes:
        return ""
    at = codes.index(code) + step
    if not 0 <= at < len(codes):
        return ""
    return reverse("unit:leaf", args=[*_address(view.participant), codes[at]])


@require_POST
def ready(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """Whoever was handed the leaf says it is ready."""
    participant = own_leaf(request, round, unit, code=code, act=Act.SHEET_FILL)
    handout = participant.handouts.filter(leaf=code).first()
    if handout is None:
        raise Http404(code)
    attempt(request, finish_handout, handout=handout)
    return redirect("unit:leaf", participant.round, unit, code)
