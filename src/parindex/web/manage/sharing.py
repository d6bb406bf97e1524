"""What an appraiser appraises of a round: criteria over ranking groups, out of their department's part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import share_parts
from parindex.apps.assessments.actions.sharing import lies_in
from parindex.apps.assessments.models import Assignment, Round, Share
from parindex.apps.assessments.queries import assignments_of, running_rounds
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Person, Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights, check_over, rights_of
from parindex.apps.organisations.queries import find_person
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.framework import Framework, Node
from parindex.web.manage.frame import frame, place_of
from parindex.web.parts.doors import Desk, attempt
from parindex.web.parts.finding import round_or_404
from parindex.web.parts.gates import gate


DEEP = 2  # areas and criteria; a single leaf is handed out in the queue


def rounds_of(person: Person, rights: Rights) -> list[Round]:
    """Running rounds in which somebody's departments appraise. Two queries."""
    leads = rights.units(Act.APPRAISAL_RULE)
    keys = Assignment.objects.filter(lead__in=leads).values_list("round_id", flat=True) if leads else ()
    return [r for r in running_rounds() if r.pk in set(keys)] if leads else []


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Desk, *, username: str, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Tick the parts; unticked ones go back to the whole department."""
    may = request.rights.units(Act.PEOPLE_MANAGE, Act.APPRAISAL_SIGN)
    if not may:
        raise NotAllowed("not_allowed", act=Act.APPRAISAL_SIGN.value)
    round_, person = round_or_404(request, round), find_person(username)
    if person is None:
        raise Http404(username)
    mine = _parts(round_, person, request)
    if not mine:
        raise NotAllowed("not_allowed", act=Act.APPRAISAL_SIGN.value)
    if request.method == "POST":
        parts = {a.pk: request.POST.getlist(f"part-{a.pk}") for a in mine}
        made = attempt(request, share_parts, round_=round_, person=person, parts=parts)
        if made is not None:
            messages.success(request, gettext("Đã chia %(n)s phần thẩm định.") % {"n": len(made)})
            return redirect(request.path)
    framework = by_hash(round_.framework.content_hash)
    context: dict[str, Any] = {
        **frame(request, "people", place_of(person)),
        "person": person,
        "round": round_,
        "parts": _shown(framework, mine, person),
        "others": _others(mine, person),
    }
    return render(request, "manage/share.html", context)


def _parts(round_: Round, person: Person, request: Desk) -> list[Assignment]:
    """The assignments that the person may appraise for, and that whoever asks may share."""
    theirs = rights_of(person, request.at).units(Act.APPRAISAL_RULE)
    signs = request.rights.units(Act.APPRAISAL_SIGN)
    return [
        a
        for a in assignments_of(round_)
        if a.lead_id in theirs and (a.lead_id in signs or _managed(request, a.lead))
    ]


def _managed(request: Desk, lead: Unit) -> bool:
    return gate(lambda: check_over(request.rights, Act.PEOPLE_MANAGE, lead)).is_open


def _shown(framework: Framework, mine: list[Assignment], person: Person) -> list[dict[str, Any]]:
    """Each assignment with what may be ticked in it."""
    given = set(Share.objects.filter(person=person, assignment__in=mine).values_list("assignment_id", "node"))
    return [
        {
            "assignment": a,
            "nodes": [
                {"node": n, "depth": d, "given": (a.pk, n.code) in given}
                for n, d in _nodes(framework, a.node)
            ],
        }
        for a in mine
    ]


def _nodes(framework: Framework, within: str) -> Iterator[tuple[Node, int]]:
    """The node itself and those below it, as deep as they are shared."""
    for code, node in {**framework.nodes, **framework.extras}.items():
        if lies_in(framework, code, within):
            depth, here = 0, node
            while here.code != within:
                here = framework.parents[here.code]
                depth += 1
            if depth <= DEEP:
                yield node, depth


def _others(mine: list[Assignment], person: Person) -> list[Share]:
    """What others of the department have."""
    found = Share.objects.filter(assignment__in=mine).exclude(person=person).select_related("person")
    return list(found.order_by("person__full_name", "id")[:200])
