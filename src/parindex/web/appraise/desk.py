"""What waits for those who appraise."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.assessments.queries.appraising import rounds_to_appraise
from parindex.apps.organisations.roles import Act
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk


def cards(request: Desk) -> list[Card]:
    """The queues of running rounds in which the person's departments appraise."""
    leads = request.rights.units(Act.APPRAISAL_VIEW)
    return [
        Card(
            context=round_.territory.name,
            title=gettext("Thẩm định: %(round)s") % {"round": round_.title_vi},
            url=reverse("appraise:queue", args=[round_]),
            act=gettext("Mở danh sách thẩm định"),
        )
        for round_ in (rounds_to_appraise(leads) if leads else [])
    ]
