"""The signed copy of a round's paper: it comes back, and is fetched."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from parindex.apps.assessments.permissions import check_round
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.queries import find_issued
from parindex.web.papers.views import asked, made
from parindex.web.parts.documents import document_file
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.issuing import Drafted, take_issue


@require_POST
def issue(request: Desk, *, round: str, kind: str) -> HttpResponse:  # noqa: A002  the address's word
    """Say that a paper was issued. Raises Http404, NotAllowed, Refused ``paper_not_ready``."""
    round_, found = asked(request, round, kind)
    check_round(request.rights, Act.ROUND_RUN, round_)
    take_issue(request, Drafted(round_, found.code, made(request, round_, found)))
    return redirect("papers:paper", round_, found.code)


def signed_file(request: Desk, *, round: str, key: int) -> HttpResponse:  # noqa: A002  the address's word
    """The signed file of a paper. Raises Http404."""
    found = find_issued(visible_round(request, round), key)
    return document_file(found.document if found else None)
