"""On what a unit that existed for part of the year is assessed in a round."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from parindex.apps.assessments.actions import Assessed, set_basis
from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.permissions import check_round
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import find_unit
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.terms import TERMS
from parindex.web.manage.forms import Field, Form, answer, day, text
from parindex.web.manage.frame import frame
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import round_or_404
from parindex.web.parts.templatetags.parts import said


@require_http_methods(["GET", "HEAD", "POST"])
def basis(request: Desk, *, unit: str, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Whole year, its own period, its predecessors' figures, or not ranked."""
    round_ = round_or_404(request, round)
    check_round(request.rights, Act.ROUND_RUN, round_)
    found = find_unit(unit)
    taking = round_.participants.select_related("unit").filter(unit=found).first() if found else None
    if found is None or taking is None:
        raise Http404(unit)

    def send(desk: Desk) -> tuple[str, str]:
        chosen = text(desk, "basis")
        if chosen not in Participant.Basis.values:
            raise Refused("basis_unknown")
        assessed = Assessed(
            Participant.Basis(chosen),
            day(desk, "first"),
            day(desk, "last"),
            text(desk, "document", limit=250),
        )
        set_basis(participant=taking, assessed=assessed, by=desk.user.ref, at=desk.at)
        return gettext("Đã ghi cách đánh giá."), reverse("manage:unit", args=[unit])

    form = Form(
        title=gettext("Đơn vị hoạt động một phần năm"),
        button=gettext("Ghi cách đánh giá"),
        over=f"{said(taking.name)} · {said(round_.title)}",
        lead=gettext(
            "Không xếp hạng thì đơn vị phải có trong mục không xếp hạng của bộ tiêu chí, để ai tính lại "
            "cũng ra cùng kết quả."
        ),
        crumbs=[(reverse("manage:unit", args=[unit]), said(found.name))],
        fields=[
            Field(
                "basis",
                gettext("Đánh giá theo"),
                "select",
                taking.basis,
                options=[(code, said(words)) for code, words in TERMS["basis"].items()],
            ),
            Field(
                "first",
                gettext("Từ ngày"),
                "date",
                taking.first_day or found.valid_from or "",
                required=False,
                short=True,
            ),
            Field(
                "last",
                gettext("Đến hết ngày"),
                "date",
                taking.last_day or found.valid_to or "",
                required=False,
                short=True,
            ),
            Field("document", gettext("Văn bản căn cứ"), value=taking.basis_document, required=False),
        ],
    )
    return answer(request, form, frame(request, "units", way_up(found)[-1]), send=send)
