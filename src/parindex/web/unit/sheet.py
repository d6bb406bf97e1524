"""The sheet of a unit."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.frameworks.queries import by_hash
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_sheet


def sheet(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every leaf with what stands for it."""
    participant = visible_sheet(request, round, unit)
    framework = by_hash(participant.round.framework.content_hash)
    drafts = {d.leaf: d.answer for d in participant.drafts.all()}
    rows = [
        {"leaf": leaf, "maximum": leaf.max_for(participant.type), "answer": drafts.get(code, "")}
        for code, leaf in framework.leaves.items()
    ]
    context = {"section": "start", "participant": participant, "rows": rows}
    return render(request, "unit/sheet.html", context)
