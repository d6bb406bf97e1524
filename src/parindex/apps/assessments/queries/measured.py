"""What was measured for the leaves of a round: pulled from the room below, as proposals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.rules.measured import Key, Proposal, proposal_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.indicators.queries import standing_values, values_by_datum
from parindex.core.kernel.framework import Framework, Node


def periods_of(round_: Round, framework: Framework, leaf: Node) -> list[tuple[date, date]]:
    """The periods whose value answers a leaf, the first that has one goes before: the leaf's own or the
    set's, then the calendar year of the round."""
    window = leaf.period or framework.period
    own = [(window.start, window.end)] if window else []
    return [*own, (date(round_.year, 1, 1), date(round_.year, 12, 31))]


def proposals_for(
    round_: Round,
    participants: Iterable[Participant],
    *,
    leaves: Collection[str] | None = None,
    at: datetime | None = None,
) -> dict[Key, Proposal]:
    """What was measured for participants of a round, by participant's key and leaf. One query, none where no
    leaf names an indicator.

    Args:
        leaves: only these. `at`: what was known then; None: what is known now.
    """
    framework = by_hash(round_.framework.content_hash)
    asked = [n for c, n in framework.leaves.items() if n.indicator and (leaves is None or c in leaves)]
    people = list(participants)
    if not asked or not people:
        return {}
    periods = {n.code: periods_of(round_, framework, n) for n in asked}
    known = values_by_datum(
        standing_values(
            units={p.unit_id for p in people},
            indicators={n.indicator for n in asked},
            periods={p for some in periods.values() for p in some},
            at=at,
        )
    )
    found: dict[Key, Proposal] = {}
    for participant in people:
        for leaf in asked:
            datum = ((participant.unit_id, leaf.indicator, *p) for p in periods[leaf.code])
            value = next((known[d] for d in datum if d in known), None)
            if value is not None and leaf.max_for(participant.type):
                found[participant.pk, leaf.code] = proposal_of(framework, participant, leaf, value=value)
    return found
