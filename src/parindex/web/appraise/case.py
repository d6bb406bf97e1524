"""One case: everything about it, and the ruling on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import Verdict, appraise, ask_explanation, reply
from parindex.apps.assessments.models import Explanation, Round
from parindex.apps.assessments.permissions import assignment_of, check_appraise
from parindex.apps.assessments.queries import assignments_of
from parindex.apps.assessments.queries.appraising import Case, part_of, reasons_used
from parindex.apps.improvement.codes import tasks_for
from parindex.apps.organisations.queries import names_of
from parindex.apps.organisations.roles import Act
from parindex.apps.plans.permissions import can_see
from parindex.apps.plans.rules import status_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.appraise.frame import frame, sentence, turn_of
from parindex.web.appraise.rows import name_of, row, rule_words, sent_before
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.doors import LOG, Desk
from parindex.web.parts.finding import appraised_round
from parindex.web.parts.inputs import answer_in, controls_of
from parindex.web.parts.languages import language


ANCHOR = re.compile(r"[-a-z0-9.A-Z]{1,150}")
MOST_TASKS = 12
BACK = {"tieu-chi": "appraise:leaf", "don-vi": "appraise:unit"}


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Desk, *, round: str, unit: str, code: str) -> HttpResponse:  # noqa: A002  the address's word
    """Show a case whole; rule on it, or ask the unit to explain it."""
    round_ = appraised_round(request, round)
    part = part_of(round_, request.rights, request.at, leaf=code, unit=unit)
    if not part.cases:
        raise Http404(code)
    found = part.cases[0]
    if request.method != "POST":
        return _page(request, round_, found)
    check_rights(request, round_, found)
    try:
        _act(request, round_, found)
    except Refused as refusal:
        LOG.warning(
            "refused %s %s: %s", request.method, request.path, refusal.code, extra={"code": refusal.code}
        )
        return _page(request, round_, found, wrong=sentence(refusal), posted=request.POST, status=422)
    return redirect(_after(request.POST, round_, found))


def check_rights(request: Desk, round_: Round, found: Case) -> None:
    """Whoever rules holds the right in the ruling department and is not of the unit. Raises NotAllowed."""
    given = assignment_of(
        assignments_of(round_), found.framework, participant=found.participant, leaf=found.leaf.code
    )
    check_appraise(request.rights, Act.APPRAISAL_RULE, participant=found.participant, assignment=given)


def _act(request: Desk, round_: Round, found: Case) -> None:
    """Do what the button says. Raises Refused."""
    posted, by, at = request.POST, request.user.ref, request.at
    if posted.get("act") == "ask":
        if found.lead in turn_of(request, round_).signed:
            raise Refused("part_closed")
        question = posted.get("question", "").strip()[:4000]
        ask_explanation(participant=found.participant, leaf=found.leaf.code, question=question, by=by, at=at)
        messages.success(request, gettext("Đã yêu cầu đơn vị giải trình."))
        return
    verdict = verdict_in(found, posted)
    if found.explanation is not None and found.explanation.state == Explanation.State.ANSWERED:
        reply(explanation=found.explanation, verdict=verdict, by=by, at=at)
    else:
        appraise(round_=round_, verdicts=[verdict], by=by, at=at)
    words = {"code": found.leaf.code, "unit": found.participant.name_vi}
    messages.success(request, gettext("Đã kết luận tiêu chí %(code)s của %(unit)s.") % words)


def verdict_in(found: Case, posted: QueryDict) -> Verdict:
    """What the form says. Raises Refused ``ruling_missing`` where it says nothing."""
    seen = posted.get("seen", "")
    common: dict[str, Any] = {
        "participant": found.participant.pk,
        "leaf": found.leaf.code,
        "reason": posted.get("reason", "").strip()[:4000],
        "seen": int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 18 else -1,
    }
    if posted.get("act") == "accept":
        return Verdict(answer=found.said.answer if found.said else "", **{**common, "reason": ""})
    return Verdict(answer=_answer(found, posted), **common)


def _answer(found: Case, posted: QueryDict) -> str:
    how = posted.get("how", "answer")
    if how == "keep":
        return found.stood.answer if found.stood else ""
    if how == "na":
        return "n/a"
    if how == "points":
        points = posted.get("points", "").strip()
        return f"points:{points}" if points else _missing()
    answer = answer_in(found.leaf, name_of(found), posted)
    return answer or _missing()


def _missing() -> str:
    raise Refused("ruling_missing")


def _after(posted: Mapping[str, str], round_: Round, found: Case) -> str:
    """Back to the list the case was ruled in, at the case that follows."""
    back = posted.get("back", "")
    if back not in BACK:
        return reverse("appraise:case", args=[round_, found.participant.unit.code, found.leaf.code])
    key = found.leaf.code if back == "tieu-chi" else found.participant.unit.code
    then, tab, group = (posted.get(k, "") for k in ("then", "muc", "khoi"))
    query = "&".join(f"{k}={v}" for k, v in (("muc", tab), ("khoi", group)) if v and ANCHOR.fullmatch(v))
    anchor = f"#{then}" if ANCHOR.fullmatch(then) else ""
    return reverse(BACK[back], args=[round_, key]) + (f"?{query}" if query else "") + anchor


def _page(
    request: Desk,
    round_: Round,
    found: Case,
    *,
    wrong: str = "",
    posted: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The case as it stands, or as it was sent where nothing could be ruled."""
    turn = turn_of(request, round_)
    part = part_of(round_, request.rights, request.at, leaf=found.leaf.code, unit=found.participant.unit.code)
    reasons = reasons_used(found.lead, [found.leaf.code])
    shown = row(found, turn, reasons=reasons)
    if posted is not None:
        shown["controls"] = controls_of(
            found.leaf, name_of(found), answer_in(found.leaf, name_of(found), posted)
        )
    rulings = list(found.participant.rulings.filter(leaf=found.leaf.code).order_by("id"))
    thread = list(found.explanation.statements.all()) if found.explanation else []
    names = names_of({r.by for r in rulings} | {s.by for s in thread})
    context = {
        **frame(request, part, turn),
        "row": shown,
        "node": found.leaf,
        "participant": found.participant,
        "rule": rule_words(found),
        "wrong": wrong,
        "sent": sent_before(posted),
        "rulings": [
            {"ruling": r, "name": names[r.by], "facts": answer_facts(found.leaf, r.answer, language())}
            for r in rulings
        ],
        "thread": [{"said": s, "name": names[s.by]} for s in thread],
        "tasks": _tasks(request, found),
        **_way_back(request.GET if posted is None else posted),
    }
    return render(request, "appraise/case.html", context, status=status)


def _tasks(request: Desk, found: Case) -> list[dict[str, Any]]:
    """What the unit planned to do for the criterion, and where that stands. Three queries at most."""
    day = legal_date(request.at)
    tasks = tasks_for(found.participant, found.framework, found.leaf.code)
    return [
        {"task": task, "status": status_of(task, day), "linked": can_see(request.rights, task.plan)}
        for task in tasks[:MOST_TASKS]
    ]


def _way_back(given: Mapping[str, str]) -> dict[str, str]:
    """The list that the case was opened from."""
    return {
        "back": given.get("back", ""),
        "then": given.get("then", ""),
        "tab": given.get("muc", ""),
        "group_code": given.get("khoi", ""),
    }
