"""What waits for the council."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from parindex.apps.assessments.models import Phase, Round
from parindex.apps.assessments.queries import inside_results, running_rounds
from parindex.apps.assessments.queries.explanations import open_cases
from parindex.apps.organisations.roles import Act
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.templatetags.parts import said


SHOWN = 3


def cards(request: Desk) -> list[Card]:
    """Running rounds whose council sits, for those who follow them; what was published inside their unit."""
    territories = request.rights.units(Act.ROUND_VIEW)
    rounds = running_rounds(territories) if territories else []
    mine = {held.unit for held in request.rights.held}
    published = inside_results(mine) if mine else []
    return [
        *(card for round_ in rounds for card in _card(request, round_)),
        *(
            Card(
                context=round_.territory.name,
                title=said(round_.title),
                url=reverse("council:stages", args=[round_]),
                act=gettext("Xem kết quả"),
                state=gettext("công bố trong nội bộ"),
            )
            for round_ in published[:SHOWN]
        ),
    ]


def _card(request: Desk, round_: Round) -> list[Card]:
    sitting = [p for p in round_.phases.all() if p.kind == Phase.Kind.COUNCIL and p.opens_at <= request.at]
    if not sitting:
        return []
    left = len(open_cases(round_))
    words = ngettext("%(n)s trường hợp chờ kết luận", "%(n)s trường hợp chờ kết luận", left) % {"n": left}
    return [
        Card(
            context=round_.title,
            title=gettext("Hội đồng thẩm định"),
            url=reverse("council:room", args=[round_]),
            act=gettext("Mở phòng họp hội đồng"),
            state=words if left else gettext("không còn trường hợp nào chờ"),
            due_at=sitting[-1].closes_at,
        )
    ]
