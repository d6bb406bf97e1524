"""Giải trình: where the unit lost points and why, what it answers or claims, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from parindex.apps.assessments.actions import Said, Shown, accept_reply, explain, to_council
from parindex.apps.assessments.models import Explanation, Participant, Phase, Ruling, Statement
from parindex.apps.assessments.permissions import check_sheet
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.explanations import UNITS_TURN, Dispute, dispute, disputes
from parindex.apps.assessments.rules.explanations import last_close, told_from
from parindex.apps.evidence.queries import document_by_key, documents_of
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts.disputes import SHOWN, names_in, stages_of, thread_of
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet, visible_sheet
from parindex.web.parts.gates import Gate
from parindex.web.parts.languages import language
from parindex.web.unit import gates
from parindex.web.unit.sheet import frame, sentence


MOST = 4000
VAULT = 200


def explanations(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every leaf that is being explained or lost points; what waits for the unit stands first."""
    participant = visible_sheet(request, round, unit)
    untold = told_from(participant, request.at)
    found = [d for d in disputes(participant) if d.case or not untold]
    turns = [d for d in found if d.case and d.case.state in UNITS_TURN]
    context = {
        **frame(request, participant),
        **_explaining(request, participant),
        "untold": untold,
        "waiting": [_row(d) for d in turns],
        "running": [_row(d) for d in found if d.case and d not in turns],
        "lost": [_row(d) for d in found if not d.case],
    }
    return render(request, "unit/explanations.html", context)


def _explaining(request: Desk, participant: Participant) -> dict[str, Any]:
    """Until when the unit may explain, and whether it may now."""
    return {
        "explain_until": last_close(participant, Phase.Kind.EXPLANATION),
        "explain": gates.explain(request, participant, None),
    }


def _row(d: Dispute) -> dict[str, Any]:
    ruling = d.standing
    lowered = ruling is not None and ruling.stage != Ruling.Stage.SELF
    return {
        "code": d.leaf.code,
        "name": d.leaf.name,
        "maximum": d.leaf.max_for(d.participant.type),
        "own": d.points.get(Ruling.Stage.SELF),
        "now": d.now if lowered else None,
        "lost": d.lost,
        "reason": ruling.reason if lowered and ruling else "",
        "case": d.case,
        "url": reverse("unit:explanation", args=[*_address(d.participant), d.leaf.code]),
    }


def _address(participant: Participant) -> list[Any]:
    return [participant.round, participant.unit.code]


@require_http_methods(["GET", "HEAD", "POST"])
def explanation(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002
    """One leaf with its whole thread; POST says what the unit has to say."""
    participant = visible_sheet(request, round, unit)
    found = dispute(participant, code)
    if found is None:
        raise Http404(code)
    if request.method == "POST":
        return _say(request, found)
    return _page(request, found)


def _say(request: Desk, found: Dispute) -> HttpResponse:
    """Keep the unit's turn; what cannot be kept is shown again beside the reason."""
    participant, code = found.participant, found.leaf.code
    check_sheet(request.rights, Act.EXPLANATION_STATE, participant)
    chosen = set(request.POST.getlist("link"))
    links = [k for k in evidence_of(participant).get(code, []) if str(k.pk) in chosen]
    if len(links) != len(chosen):
        raise Http404("link")
    said = Said(
        request.POST.get("text", "").strip()[:MOST],
        request.POST.get("claimed", "").strip()[:60],
        [link.as_row for link in links],
    )
    try:
        shown = _shown(request, participant, code)
        explain(
            participant=participant, leaf=code, said=said, shown=shown, by=request.user.ref, at=request.at
        )
    except Refused as refusal:
        return _page(request, found, typed=said, wrong=sentence(refusal), status=422)
    messages.success(request, gettext("Đã gửi giải trình tiêu chí %(code)s.") % {"code": code})
    return redirect(request.path)


def _shown(request: Desk, participant: Participant, code: str) -> list[Shown]:
    """The document of the unit's vault that is attached with it, if one was chosen."""
    key = request.POST.get("document", "")
    if not key:
        return []
    document = document_by_key(key, units=[participant.unit_id])
    if document is None:
        raise Refused("document_of_other_unit", document=key)
    return [Shown(code, document, request.POST.get("page", "").strip()[:100])]


def _page(
    request: Desk, found: Dispute, *, typed: Said | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:
    """The case as it stands, or as it was sent where it could not be kept."""
    participant, case, leaf = found.participant, found.case, found.leaf
    names = names_in([found])
    untold = told_from(participant, request.at)
    attached = evidence_of(participant).get(leaf.code, [])
    known = {link.document_id for link in attached}
    vault = documents_of(participant.unit, size=VAULT).documents
    context = {
        **frame(request, participant),
        **_explaining(request, participant),
        "untold": untold,
        "row": _row(found),
        "leaf": leaf,
        "rule": rule_in_words(leaf.rule, language()) if leaf.rule else [],
        "stages": stages_of(found, names, only=SHOWN[:1] if untold else SHOWN),
        "case": case,
        "thread": thread_of(found, names),
        "explain": gates.explain(request, participant, case),
        "accept": gates.accept(request, participant, case) if case else Gate(False),
        "to_council": gates.to_council(request, participant, case) if case else Gate(False),
        "attached": attached,
        "vault": [d for d in vault if d.pk not in known],
        "typed": typed or Said("", ""),
        "wrong": wrong,
    }
    return render(request, "unit/explanation.html", context, status=status)


def _own_case(request: Desk, names: tuple[str, str], code: str) -> Explanation:
    """A case of the person's own unit. Raises Http404, NotAllowed."""
    participant = own_sheet(request, *names, act=Act.EXPLANATION_STATE)
    case = participant.explanations.filter(leaf=code).first()
    if case is None:
        raise Http404(code)
    return case


@require_POST
def accept(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002
    """Accept the lead department's reply."""
    case = _own_case(request, (round, unit), code)
    if attempt(request, accept_reply, explanation=case):
        messages.success(request, gettext("Đã ghi nhận đơn vị đồng ý; hồ sơ được kết luận."))
    return redirect("unit:explanation", case.participant.round, unit, code)


@require_POST
def before_council(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002
    """Put the case before the council."""
    case = _own_case(request, (round, unit), code)
    text = request.POST.get("text", "").strip()[:MOST]
    if attempt(request, to_council, explanation=case, party=Statement.Party.UNIT, text=text):
        messages.success(request, gettext("Đã trình hội đồng thẩm định."))
    return redirect("unit:explanation", case.participant.round, unit, code)
