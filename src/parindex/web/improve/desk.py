"""What a published result leaves to be asked, for members of its units and those who follow its round."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.improvement.queries import newest_lines, newest_rounds
from parindex.apps.organisations.roles import Act
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.templatetags.parts import said


SHOWN = 3


def cards(request: Desk) -> list[Card]:
    """The newest result of each of the person's units; the newest rounds of those they follow."""
    units, followed = request.rights.units(Act.SHEET_VIEW), request.rights.units(Act.ROUND_VIEW)
    lines = newest_lines(units)[:SHOWN] if units else []
    rounds = newest_rounds(followed)[:SHOWN] if followed else []
    return [
        *(
            Card(
                context=line.result.round.title,
                title=said(line.participant.name),
                url=reverse("improve:unit", args=[line.result.round, line.participant.unit.code]),
                act=gettext("Vì sao, và làm gì để lên hạng"),
                state=gettext("hạng %(rank)s") % {"rank": line.rank} if line.rank else "",
            )
            for line in lines
        ),
        *(
            Card(
                context=round_.territory.name,
                title=said(round_.title),
                url=reverse("improve:round", args=[round_]),
                act=gettext("Xem vì sao từng đơn vị ở thứ hạng đó"),
            )
            for round_ in rounds
        ),
    ]
