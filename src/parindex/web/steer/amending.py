"""Another version of the criteria set in a running round: what it would do, then the act itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions.amending import Ground, change_framework
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.permissions import assignment_of, check_round
from parindex.apps.assessments.queries import assignments_of, participants_of
from parindex.apps.assessments.queries.amending import in_dispute, planned_change, successors_of
from parindex.apps.assessments.rules.amending import tasks_of
from parindex.apps.frameworks.models import FrameworkVersion
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Framework
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import visible_round
from parindex.web.parts.instants import read_instant
from parindex.web.steer.overview import frame


@require_http_methods(["GET", "HEAD", "POST"])
def change_set(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Choose a version, see what it does to which leaf and unit, give the document and the deadline."""
    round_ = visible_round(request, round)
    check_round(request.rights, Act.ROUND_RUN, round_)
    versions = successors_of(round_)
    wanted = request.POST.get("version") or request.GET.get("ban", "")
    chosen = next((v for v in versions if v.content_hash == wanted), None)
    typed = {k: request.POST.get(k, "").strip()[:250] for k in ("document", "issued", "until")}
    if request.method == "POST" and chosen is not None:
        ground = _ground(request, typed)
        arguments = {"round_": round_, "version": chosen, "ground": ground, "url": reverse("account:start")}
        if ground is not None and attempt(request, change_framework, **arguments) is not None:
            messages.success(request, gettext("Đã đổi bộ tiêu chí của kỳ và báo cho các đơn vị."))
            return redirect("steer:round", round_)
    context = {
        **frame(request, round_),
        "versions": versions,
        "chosen": chosen,
        "typed": typed,
        "plan": _plan(round_, chosen) if chosen is not None else None,
    }
    return render(request, "steer/change_set.html", context, status=422 if request.method == "POST" else 200)


def _ground(request: Desk, typed: dict[str, str]) -> Ground | None:
    """The document and the deadline; a message where they cannot be read."""
    until = read_instant(typed["until"])
    try:
        issued = date.fromisoformat(typed["issued"])
    except ValueError:
        issued = None
    if until is None or issued is None:
        messages.error(request, gettext("Hãy ghi ngày của văn bản và thời hạn nhập lại (ngày, giờ)."))
        return None
    return Ground(typed["document"], issued, until)


def _plan(round_: Round, version: FrameworkVersion) -> dict[str, Any]:
    """What the version would do, in codes and names."""
    old, new = by_hash(round_.framework.content_hash), by_hash(version.content_hash)
    plan = planned_change(round_, version)
    participants = list(participants_of(round_))
    tasks = [(p, tasks_of(new, p, plan.reset)) for p in participants]
    return {
        "same": len(plan.same),
        "renamed": [(was, code, new.leaves[code].name) for was, code in plan.renamed.items()],
        "reset": [new.leaves[code] for code in plan.reset],
        "gone": [old.leaves[code] for code in plan.gone],
        "units": sum(bool(leaves) for _, leaves in tasks),
        "all_units": len(participants),
        "disputed": [(e.participant.name, e.leaf) for e in in_dispute(round_, list(plan.outdated))],
        "unassigned": _unassigned(round_, new, list(plan.reset)),
    }


def _unassigned(round_: Round, new: Framework, leaves: list[str]) -> list[str]:
    """Leaves that nobody would appraise for some unit."""
    assignments, participants = assignments_of(round_), list(participants_of(round_))
    return [
        code
        for code in leaves
        if any(assignment_of(assignments, new, participant=p, leaf=code) is None for p in participants)
    ]
