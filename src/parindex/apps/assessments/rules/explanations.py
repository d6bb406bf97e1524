"""What may be claimed, and until when an explanation is awaited."""

from __future__ import annotations

from datetime import datetime

from parindex.apps.assessments.models import Participant, Phase
from parindex.apps.assessments.rules.time import windows
from parindex.core.kernel.framework import Node
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused, Refused


def check_claim(leaf: Node, participant: Participant, claimed: str) -> None:
    """That claimed points, where there are any, are a number between 0 and the leaf's maximum for the unit.

    Raises:
        Refused: ``claim_unreadable``, ``claim_above_maximum``.
    """
    if not claimed:
        return
    try:
        points = read_number(claimed)
    except AnswerRefused:
        raise Refused("claim_unreadable", text=claimed) from None
    maximum = leaf.max_for(participant.type)
    if not 0 <= points <= maximum:
        raise Refused("claim_above_maximum", points=points, maximum=maximum)


def last_close(participant: Participant, kind: Phase.Kind) -> datetime | None:
    """When the last phase of a kind closes for a participant; None where the round has none."""
    return max((w.closes_at for w in windows(participant) if w.phase.kind == kind), default=None)
