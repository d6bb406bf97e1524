"""One page for whoever asks: why are we there, what would take us up, and what if?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from parindex.apps.improvement.permissions import sees_others
from parindex.apps.improvement.queries import standing_of
from parindex.core.kernel.improvement import falls_of, moves_of
from parindex.web.improve import against, trial, ways
from parindex.web.improve.asked import read, tried
from parindex.web.improve.gates import asked_unit, frame
from parindex.web.improve.otherwise import read_otherwise
from parindex.web.improve.outcomes import outcome
from parindex.web.parts.doors import Desk


def unit(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """A unit's difference to another, the cheapest ways to a goal, and what changes would do."""
    participant = asked_unit(request, round, unit)
    standing, sent = standing_of(participant), request.GET
    framework = standing.assessment.framework
    asked = read(sent, list(framework.nodes))
    moves = standing.moves(asked.efforts)
    above = moves_of(standing.assessment, standing.unit, efforts=asked.efforts)
    falls, otherwise = falls_of(standing.assessment, standing.unit), read_otherwise(sent, standing)
    levels = {code: move for code, move in tried(sent, above, falls).items() if code not in otherwise.answers}
    trying = trial.Trial(above, falls, levels, otherwise)
    others = sees_others(request.rights, participant.round)
    context = {
        **frame(participant, "unit"),
        "percent": framework.index.policy != "total",
        "now": outcome(standing, standing.assessment),
        "size": len(standing.rivals) + 1,
        "beside": against.compared(standing, sent.get("voi", ""), others=others),
        "goals": ways.goals(standing),
        "chosen": {
            "beside": sent.get("voi", ""),
            "goal": sent.get("muc-tieu", ""),
            "index": sent.get("chi-so", ""),
            "margin": sent.get("cong", ""),
        },
        "wrong": [*asked.wrong, *otherwise.wrong],
        "left": [framework.nodes[code] for code in sorted(asked.left)],
        "ways": ways.found(sent, standing, asked, moves=moves),
        "weighs": "cong-suc" in sent or bool(asked.efforts),
        "weigh_url": f"?{ways.question(sent, {'cong-suc': '1'})}#thu",
        "areas": trial.areas(standing, trying, sent=sent),
        "opened": sorted(otherwise.open),
        "trial": trial.outcome_of(standing, trying, sent=sent),
    }
    return render(request, "improve/unit.html", context)
