"""What waits for those who run or follow a round."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.assessments.queries import running_rounds
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.core.wording.terms import term
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


def cards(request: Desk) -> list[Card]:
    """Running rounds of the territories in which the person sees everything; where none runs, one to open."""
    territories = request.rights.units(Act.ROUND_VIEW)
    rounds = running_rounds(territories) if territories else []
    found = [
        Card(
            context=round_.territory.name,
            title=said(round_.title),
            url=reverse("steer:round", args=[round_]),
            act=gettext("Theo dõi kỳ đánh giá"),
            state=term("round", round_.state, language()),
        )
        for round_ in rounds
    ]
    idle = request.rights.units(Act.ROUND_RUN) - {round_.territory_id for round_ in rounds}
    return found + [
        Card(
            context=place.name,
            title=gettext("Kỳ đánh giá mới"),
            url=f"{reverse('steer:open_first')}?dia-ban={place.pk}",
            act=gettext("Mở kỳ đánh giá"),
        )
        for place in (managed_units(request.rights, Act.ROUND_RUN) if idle else [])
        if place.pk in idle
    ]
