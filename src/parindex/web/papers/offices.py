"""What the office behind a round's papers says once for all of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from parindex.apps.assessments.permissions import check_round
from parindex.apps.organisations.roles import Act
from parindex.apps.papers.offices import describe_office, find_office, standing_choices
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.papers.views import frame
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.languages import language


ASKED = ("standing", "grounds", "copies")
LONGEST = 20_000


def office(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Standing body, grounds and recipients of all papers of the territory; a refusal keeps what was typed.

    Raises:
        Http404. NotAllowed: the person does not run the round.
    """
    round_ = visible_round(request, round)
    check_round(request.rights, Act.ROUND_RUN, round_)
    if request.method == "POST":
        said = {name: request.POST.get(name, "")[:LONGEST] for name in ASKED}
        try:
            describe_office(territory=round_.territory, by=request.user.ref, at=request.at, **said)
        except Refused as refusal:
            messages.error(request, refusal_sentence(refusal.code, refusal.data, language()))
        else:
            messages.success(request, gettext("Đã lưu. Các dự thảo từ nay theo thông tin này."))
            return redirect("papers:papers", round_)
    else:
        found = find_office(round_.territory)
        standing = found.standing.code if found and found.standing else ""
        texts = (found.grounds, found.copies) if found else ("", "")
        said = dict(zip(ASKED, (standing, *texts), strict=True))
    context = {
        **frame(request, round_),
        "said": said,
        "choices": standing_choices(round_.territory, request.at),
    }
    return render(request, "papers/office.html", context)
