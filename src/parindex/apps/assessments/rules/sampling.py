"""How a sample is drawn for verification on the spot; what must hold when a leaf is marked once more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from parindex.apps.assessments.models import Participant, Round, Ruling, Visit
from parindex.apps.assessments.rules.appraising import points_of
from parindex.apps.assessments.rules.time import NotNow
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


MOST_EACH = 50
Place = tuple[str, str]  # unit, leaf


def drawn(places: Iterable[Place], *, seed: str, each: int) -> list[Place]:
    """`each` leaves of every unit: those with the smallest SHA-256 of ``seed|unit|leaf`` in hexadecimal.

    Anybody can repeat it by hand; the order in which places come changes nothing.
    """
    by_unit: dict[str, list[Place]] = {}
    for place in places:
        by_unit.setdefault(place[0], []).append(place)
    chosen: list[Place] = []
    for _, own in sorted(by_unit.items()):
        chosen += sorted(own, key=lambda place: lot(place, seed))[:each]
    return chosen


def lot(place: Place, seed: str) -> str:
    """What decides whether a place is drawn."""
    return hashlib.sha256("|".join((seed, *place)).encode()).hexdigest()


def check_draw(round_: Round, *, each: int) -> None:
    """That a sample may be drawn now.

    Raises:
        NotNow: the round is not running. Refused: ``sample_size_wrong``.
    """
    if round_.state != Round.State.RUNNING:
        raise NotNow("phase_absent", kind="appraisal")
    if not 1 <= each <= MOST_EACH:
        raise Refused("sample_size_wrong", most=MOST_EACH)


def check_marker(visit: Visit, first: Ruling | None, by: str) -> None:
    """That somebody may mark a leaf a second time.

    Raises:
        Refused: ``visit_marked``: it has been; ``visit_own_marking``: they appraised it themselves.
    """
    if visit.at is not None:
        raise Refused("visit_marked", leaf=visit.leaf)
    if first is not None and first.by == by:
        raise Refused("visit_own_marking", leaf=visit.leaf)


def check_marked(
    framework: Framework,
    participant: Participant,
    leaf: Node,
    *,
    answer: str,
    on: date | None,
    since: datetime,
    at: datetime,
) -> None:
    """That the second marking can be scored and its day is possible.

    Raises:
        Refused: ``visit_unmarked``, ``visit_incomplete``, ``visit_before_draw``. AnswerRefused.
    """
    if not answer:
        raise Refused("visit_unmarked")
    if on is None:
        raise Refused("visit_incomplete")
    if not legal_date(since) <= on <= legal_date(at):
        raise Refused("visit_before_draw")
    points_of(framework, participant, leaf, answer=answer)
