"""What a published result leaves to be asked, for members of its units and those who follow its round."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from parindex.apps.improvement.queries import newest_lines, newest_rounds
from parindex.apps.improvement.unanswered import unanswered_of
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import managed_units
from parindex.apps.organisations.roles import Act
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.templatetags.parts import points, said


SHOWN = 3


def cards(request: Desk) -> list[Card]:
    """What is open of the points that their units lost; what heads answer for; the newest result of each of
    the person's units; the newest rounds of those they follow."""
    units, followed = request.rights.units(Act.SHEET_VIEW), request.rights.units(Act.ROUND_VIEW)
    lines = newest_lines(units)[:SHOWN] if units else []
    rounds = newest_rounds(followed)[:SHOWN] if followed else []
    return [
        *_open_losses(request, units),
        *_duties(request),
        *(
            Card(
                context=line.result.round.title,
                title=said(line.participant.name),
                url=reverse("improve:unit", args=[line.result.round, line.participant.unit.code]),
                act=gettext("Vì sao, và làm gì để lên hạng"),
                state=gettext("hạng %(rank)s") % {"rank": line.rank} if line.rank else "",
                quiet=True,
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


def _open_losses(request: Desk, units: frozenset[int]) -> list[Card]:
    """What nothing answers yet, for whoever makes the unit's plans."""
    found = unanswered_of(units & request.rights.units(Act.PLAN_EDIT)) if units else {}
    return [
        Card(
            context=one.line.result.round.title,
            title=said(one.line.participant.name),
            url=reverse("improve:lost", args=[one.line.result.round, one.line.participant.unit.code]),
            act=gettext("Xử lý điểm mất"),
            state=ngettext(
                "%(n)s nội dung mất %(points)s điểm chưa có hướng xử lý",
                "%(n)s nội dung mất %(points)s điểm chưa có hướng xử lý",
                one.places,
            )
            % {"n": one.places, "points": points(one.points)},
        )
        for one in list(found.values())[:SHOWN]
        if one.places
    ]


def _duties(request: Desk) -> list[Card]:
    """A head's own page; the list of heads for who follows them."""
    title = gettext("Nhiệm vụ thuộc trách nhiệm người đứng đầu")
    own = managed_units(request.rights, Act.DUTY_OWN) if request.rights.units(Act.DUTY_OWN) else []
    cards = [
        Card(
            context=unit.name,
            title=title,
            url=reverse("improve:duties", args=[".".join(one.code for one in reversed(way_up(unit)))]),
            act=gettext("Xem việc của tôi"),
        )
        for unit in own[:SHOWN]
    ]
    if request.rights.units(Act.DUTY_VIEW):
        cards.append(
            Card(context="", title=title, url=reverse("improve:heads"), act=gettext("Xem theo đơn vị"))
        )
    return cards
