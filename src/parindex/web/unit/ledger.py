"""What the ledger holds of one unit's sheet, for the unit itself and those who follow the round."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from parindex.apps.assessments.ledger import round_name, sheet_chain
from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import can_see_round
from parindex.apps.assessments.queries import find_participant
from parindex.apps.assessments.rules.explanations import told_from
from parindex.apps.audit.queries import Wanted, entries_of_chain
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.roles import Act
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import round_or_404
from parindex.web.parts.ledger import lines_of
from parindex.web.unit.sheet import frame


APPRAISED = frozenset({"leaves.appraised"})
MARKED = frozenset({"visit.marked"})


def sheet_ledger(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """The chain of one sheet in words; of one leaf where asked."""
    participant = _readable(request, round, unit)
    framework = by_hash(participant.round.framework.content_hash)
    leaf = request.GET.get("tieu-chi", "")
    if leaf and leaf not in framework.leaves:
        raise Http404(leaf)
    wanted = Wanted(chain=sheet_chain(participant), without=_untold(request, participant))
    entries = entries_of_chain(round_name(participant.round), wanted)
    context = {
        **frame(request, participant),
        "leaf": leaf,
        "leaves": [(code, node.name) for code, node in framework.leaves.items()],
        "lines": lines_of(participant.round, entries, only=leaf),
        "untold": bool(wanted.without & APPRAISED),
    }
    return render(request, "unit/ledger.html", context)


def _readable(request: Desk, name: str, unit: str) -> Participant:
    """A sheet whose chain the person may read: of their own unit, or of a round that they follow or audit.

    Lead departments see sheets, but not what others ruled on them. Raises Http404, NotAllowed.
    """
    round_ = round_or_404(request, name)
    found = find_participant(round_, unit)
    if found is None:
        raise Http404(unit)
    if not _follows(request, round_):
        request.rights.check(Act.SHEET_VIEW, found.unit_id)
    return found


def _follows(request: Desk, round_: Round) -> bool:
    return can_see_round(request.rights, round_) or request.rights.may(Act.LEDGER_READ, round_.territory_id)


def _untold(request: Desk, participant: Participant) -> frozenset[str]:
    """Kinds of entries that the unit is not shown yet: rulings until the first appraisal is over, the second
    marking until the round is."""
    if _follows(request, participant.round):
        return frozenset()
    hidden = APPRAISED if told_from(participant, request.at) else frozenset()
    return hidden | MARKED if participant.round.state == Round.State.RUNNING else hidden
