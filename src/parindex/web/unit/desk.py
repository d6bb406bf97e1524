"""What waits for the members of a unit."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from parindex.apps.assessments.models import Explanation, Handout, Participant, Phase, Sheet
from parindex.apps.assessments.queries import participations
from parindex.apps.assessments.queries.explanations import waiting_for
from parindex.apps.assessments.queries.rounds import handed_to
from parindex.apps.assessments.rules.time import windows
from parindex.apps.organisations.roles import Act
from parindex.core.wording.terms import term
from parindex.web.parts.cards import Card
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


def cards(request: Desk) -> list[Card]:
    """What waits to be explained, and the sheets of the person's units in running rounds.

    What is overdue stands first, then what waits, then what is only to be looked at.
    """
    units = request.rights.units(Act.SHEET_VIEW)
    if not units:
        return []
    found = [
        *_explanations(request),
        *(_card(request, p) for p in participations(units)),
        *(_handed(request, p, handouts) for p, handouts in handed_to(units).items()),
    ]
    return sorted(found, key=lambda card: (card.quiet, not card.late))


def _handed(request: Desk, participant: Participant, handouts: Sequence[Handout]) -> Card:
    """What another unit's sheet waits for from the person's unit."""
    left = [h for h in handouts if h.done_at is None]
    due = min((h.due_at for h in left if h.due_at), default=None)
    url = reverse("unit:sheet", args=[participant.round, participant.unit.code])
    words = {"n": len(left), "all": len(handouts)}
    return Card(
        context=participant.round.title,
        title=gettext("Tiêu chí %(unit)s giao cho cơ quan") % {"unit": said(participant.name)},
        url=f"{url}?cua-toi=1",
        act=gettext("Mở tiêu chí được giao"),
        state=gettext("còn %(n)s/%(all)s tiêu chí") % words if left else gettext("đã xong"),
        due_at=due,
        late=due is not None and due < request.at,
        quiet=not left,
    )


def _explanations(request: Desk) -> list[Card]:
    """A card for each sheet with explanations in which it is the unit's turn."""
    found: dict[int, list[Explanation]] = {}
    for case in waiting_for(request.rights.units(Act.EXPLANATION_STATE)):
        found.setdefault(case.participant_id, []).append(case)
    return [_waiting(request, cases) for cases in found.values()]


def _waiting(request: Desk, cases: list[Explanation]) -> Card:
    participant = cases[0].participant
    due = min((c.due_at for c in cases if c.due_at and c.state == Explanation.State.ASKED), default=None)
    return Card(
        context=participant.round.title,
        title=gettext("Giải trình của %(unit)s") % {"unit": said(participant.name)},
        url=reverse("unit:explanations", args=[participant.round, participant.unit.code]),
        act=gettext("Mở hồ sơ giải trình"),
        state=ngettext("%(n)s tiêu chí chờ đơn vị", "%(n)s tiêu chí chờ đơn vị", len(cases))
        % {"n": len(cases)},
        due_at=due,
        late=due is not None and due < request.at,
    )


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
        quiet=not waiting,
    )
