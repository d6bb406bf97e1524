"""What waits for the members of a unit."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from parindex.apps.assessments.models import Participant, Phase, Sheet
from parindex.apps.assessments.queries import participations
from parindex.apps.assessments.rules.time import windows
from parindex.apps.organisations.roles import Act
from parindex.core.wording.terms import term
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


def cards(request: Desk) -> list[Card]:
    """The sheets of the person's units in running rounds."""
    units = request.rights.units(Act.SHEET_VIEW)
    return [_card(request, p) for p in participations(units)] if units else []


def _card(request: Desk, participant: Participant) -> Card:
    mine = next(w for w in windows(participant) if w.phase.kind == Phase.Kind.SELF)
    waiting = participant.sheet.state in (Sheet.State.DRAFT, Sheet.State.RETURNED)
    return Card(
        context=participant.round.title,
        title=said(participant.name),
        url=reverse("unit:sheet", args=[participant.round, participant.unit.code]),
        act=gettext("Nhập bảng tự chấm") if waiting else gettext("Xem bảng tự chấm"),
        state=term("sheet", participant.sheet.state, language()),
        due_at=mine.closes_at,
        late=waiting and mine.is_over(request.at),
    )
