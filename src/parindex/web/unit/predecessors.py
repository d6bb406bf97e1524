"""The figures of the units from which a unit came, beside its own; taking one over is one act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from parindex.apps.assessments.actions import Typing, save_draft
from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries.predecessors import ALL, Inherited, inherited
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import own_sheet
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


LONGEST = 4000


def shown(request: Desk, participant: Participant, leaf: Node) -> list[dict[str, Any]]:
    """What the leaf's page lists."""
    return [
        {
            "one": one,
            "sum": one.key == ALL,
            "names": ", ".join(said(name) for name in one.units),
            "words": _words(leaf, one.answer),
            "why_not": refusal_sentence(one.why_not.code, one.why_not.data, language())
            if one.why_not
            else "",
        }
        for one in inherited(participant, leaf, request.at)
    ]


def _words(leaf: Node, answer: str) -> str:
    try:
        facts = answer_facts(leaf, answer, language())
    except AnswerRefused:
        return answer
    return "; ".join(f"{label}: {value}" if label else value for label, value in facts)


@require_POST
def take(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """Type a predecessor's figure as the answer; the note says from whom. The server reads it anew."""
    participant = own_sheet(request, round, unit, act=Act.SHEET_FILL)
    leaf = by_hash(participant.round.framework.content_hash).leaves.get(code)
    key = request.POST.get("from", "")
    found = [one for one in inherited(participant, leaf, request.at) if one.key == key] if leaf else []
    if not found:
        raise Http404(code)
    stands = participant.drafts.filter(leaf=code).first()
    note = _note(found[0], stands.note if stands else "")
    typed = Typing(code, found[0].answer, note, version=stands.version if stands else 0)
    if attempt(request, save_draft, participant=participant, typed=typed):
        words = gettext("Đã nhận số liệu của %(units)s cho tiêu chí %(code)s.")
        names = ", ".join(said(name) for name in found[0].units)
        messages.success(request, words % {"units": names, "code": code})
    return redirect("unit:leaf", participant.round, unit, code)


def _note(one: Inherited, before: str) -> str:
    """What stood there, and whose figure it is now."""
    line = gettext("Theo số liệu của %(units)s.") % {"units": ", ".join(said(name) for name in one.units)}
    return before if line in before else f"{before}\n{line}".strip()[:LONGEST]
