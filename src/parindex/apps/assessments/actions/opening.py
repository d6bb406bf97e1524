"""Opening a round without an earlier one as its pattern: units, calendar and plan of appraisal in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from parindex.apps.assessments.actions.assigning import Part, assign_parts
from parindex.apps.assessments.actions.rounds import Enrolment, NewRound, open_round
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.rules.steering import check_calendar, check_code
from parindex.core.kernel.problems import Refused


@transaction.atomic
def open_planned(
    *, new: NewRound, enrolments: Sequence[Enrolment], parts: Sequence[Part], by: str, at: datetime
) -> Round:
    """Open a round that runs, with its plan of appraisal; all of it or nothing.

    Raises:
        Refused: ``code_unreadable``, ``round_code_taken``, ``calendar_empty``, ``calendar_overlaps``,
            ``nobody_chosen``, ``node_unknown``, ``part_twice``.
    """
    check_code(new.territory, new.code)
    check_calendar(new.phases)
    if not enrolments:
        raise Refused("nobody_chosen")
    opened = open_round(new=new, enrolments=enrolments, by=by, at=at)
    assign_parts(round_=opened, parts=parts, by=by, at=at)
    return opened
