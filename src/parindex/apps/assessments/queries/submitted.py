"""A sheet as it was handed in: what its report says, whatever happened afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy

from django.db.models import Q

from parindex.apps.assessments.models import Participant, Ruling, Submission
from parindex.apps.assessments.queries.sheets import Entry, SheetView, score_one
from parindex.apps.assessments.rules.sheets import place_of
from parindex.apps.frameworks.queries import by_hash


def submitted_rulings(submission: Submission) -> dict[str, Ruling]:
    """What stood for each leaf when a sheet was handed in: the unit's own answers, else what was given at
    opening. One query."""
    own = Q(stage=Ruling.Stage.SELF, turn=submission.turn, at=submission.at)
    given = Q(stage=Ruling.Stage.OPENING, at__lte=submission.at)
    rulings = Ruling.everything.filter(own | given, participant=submission.sheet.participant_id)
    by_stage = sorted(rulings.order_by("id"), key=lambda r: r.stage == Ruling.Stage.SELF)
    return {r.leaf: r for r in by_stage}


def submitted_view(submission: Submission, participant: Participant) -> SheetView:
    """The sheet as it was handed in, scored by the set and the lateness of then. One query."""
    rulings = submitted_rulings(submission)
    own = [r for r in rulings.values() if r.stage == Ruling.Stage.SELF]
    said = next((r.framework_hash for r in own if r.framework_hash), "")
    framework = by_hash(said or participant.round.framework.content_hash)
    then = copy(participant)
    then.late_days = submission.late_days
    written = {code: (rulings[code].answer, "", "") for code in framework.leaves if code in rulings}
    empty = dict.fromkeys(framework.leaves, ("", "", ""))
    assessment = score_one(framework, then, empty | written)
    nodes = assessment.nodes(0)
    entries = {}
    for code, leaf in framework.leaves.items():
        ruling = rulings.get(code)
        given = ruling if ruling is not None and ruling.stage != Ruling.Stage.SELF else None
        place = place_of(framework, participant, leaf, given=given)
        answer, note = (ruling.answer, ruling.note) if ruling else ("", "")
        entries[code] = Entry(leaf, place, answer, note, 0, ruling.by if ruling else "", outcome=nodes[code])
    return SheetView(then, framework, entries, assessment.units[0], nodes)


def handed_in(participants: Iterable[Participant]) -> dict[int, Submission]:
    """The standing submission of each sheet that is handed in, by participant. One query."""
    keys = [p.pk for p in participants]
    found = Submission.objects.filter(sheet__participant__in=keys, withdrawn_at=None).order_by("turn")
    return {one.sheet.participant_id: one for one in found.select_related("sheet")}
