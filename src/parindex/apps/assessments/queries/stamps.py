"""What tells one state of a sheet from the next: cheap to ask, and never the same twice."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta

from django.db.models import Count, Max, Sum

from parindex.apps.assessments.ledger import round_chain, sheet_chain
from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.rules.time import windows
from parindex.apps.audit.models import Entry
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.indicators.models import Value
from parindex.core.kernel.time import LEGAL_ZONE


MINUTE = timedelta(minutes=1)


def sheet_stamp(participant: Participant) -> Hashable:
    """Changes with every act on the sheet or its round, with every draft, and with every measured value.

    Acts are told by the ends of their chains in the ledger; drafts, which are not in it before the
    submission, by their versions, which only grow. Two queries; a third where
    the criteria set measures anything.
    """
    chains = Entry.objects.filter(chain__in=(sheet_chain(participant), round_chain(participant.round)))
    ends = chains.order_by().values_list("chain").annotate(end=Max("position"))
    drafts = participant.drafts.aggregate(leaves=Count("pk"), saves=Sum("version"))
    framework = by_hash(participant.round.framework.content_hash)
    values = {}
    if any(leaf.indicator for leaf in framework.leaves.values()):
        values = Value.objects.filter(unit=participant.unit_id).aggregate(newest=Max("pk"), all=Count("pk"))
    return (participant.round.framework_id, *sorted(ends), *drafts.values(), *values.values())


def same_until(participant: Participant, at: datetime) -> datetime:
    """The next instant at which the clock alone changes what may be done to a sheet: a phase or an extension
    begins or ends, the time to complete it is over, or a day more is late. Two queries unless prefetched.
    """
    local = at.astimezone(LEGAL_ZONE)
    turns = [(local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)]
    for window in windows(participant):
        turns += [window.phase.opens_at, window.closes_at]
    if participant.sheet.returned_until is not None:
        turns.append(participant.sheet.returned_until)
    ends = [turn.replace(second=0, microsecond=0) + MINUTE for turn in turns]
    return min(turn for turn in [*turns, *ends] if turn > at)
