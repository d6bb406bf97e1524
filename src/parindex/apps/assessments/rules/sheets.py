"""What a unit may type where and when: which leaves are its own, what they take, how late is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from parindex.apps.assessments.models import Participant, Phase, Ruling, Sheet
from parindex.apps.assessments.rules.time import NotNow, Window, windows
from parindex.core.kernel.answers import NotApplicable, Ruled
from parindex.core.kernel.framework import Framework, LatePolicy, Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.reading import read_answer, score_answer
from parindex.core.kernel.time import has_passed, legal_date


class Place(StrEnum):
    """Where a leaf stands on a unit's sheet."""

    TODO = "todo"  # the unit supplies it
    CLAIM = "claim"  # a bonus: the unit may claim it
    SUPPLIED = "supplied"  # a survey or measured value, from elsewhere
    HELD = "held"  # a penalty: entered by those who hold it
    NOT_ASSESSED = "not_assessed"  # not for this unit


def place_of(framework: Framework, participant: Participant, leaf: Node, *, given: Ruling | None) -> Place:
    """Where a leaf stands. `given`: what was ruled before the unit's own answer, if anything."""
    if not applicable_max(framework, participant, leaf):
        return Place.NOT_ASSESSED
    if given is not None and isinstance(read_answer(leaf, given.answer), NotApplicable):
        return Place.NOT_ASSESSED
    if framework.penalty and leaf in framework.penalty.items:
        return Place.HELD
    if framework.bonus and leaf in framework.bonus.items:
        return Place.CLAIM
    if framework.method_of(leaf.code) == "survey" or given is not None:
        return Place.SUPPLIED
    return Place.TODO


def applicable_max(framework: Framework, participant: Participant, leaf: Node) -> bool:
    """Whether the criteria set itself has the leaf for this unit: a maximum for its type, no exemption."""
    node: Node | None = leaf
    while node is not None:
        if not node.max_for(participant.type) or node.exemption(participant.name_vi, participant.type):
            return False
        node = framework.parents.get(node.code)
    return True


def self_window(participant: Participant) -> Window:
    """The self-assessment phase as it holds for a participant.

    Raises:
        NotNow: ``phase_absent``.
    """
    for window in windows(participant):
        if window.phase.kind == Phase.Kind.SELF:
            return window
    raise NotNow("phase_absent", kind=Phase.Kind.SELF.value)


def check_fillable(framework: Framework, participant: Participant, at: datetime) -> int:
    """That the unit may type and submit now. Returns how many days late that would be.

    A sheet that was returned is open until the minute named with it. After the deadline a sheet stays open as
    long as the criteria set's late policy takes it; without a policy it closes.

    Raises:
        NotNow: ``phase_not_yet``, ``phase_over``, ``phase_absent``, ``too_late`` or ``sheet_locked``.
    """
    sheet = participant.sheet
    if participant.round.state != participant.round.State.RUNNING:
        raise NotNow("phase_absent", kind=Phase.Kind.SELF.value)
    if sheet.state not in (Sheet.State.DRAFT, Sheet.State.RETURNED):
        raise NotNow("sheet_locked", state=sheet.state)
    window = self_window(participant)
    if at < window.phase.opens_at:
        raise NotNow("phase_not_yet", kind=window.phase.kind, opens=window.phase.opens_at)
    if sheet.state == Sheet.State.RETURNED and sheet.returned_until is not None:
        if has_passed(at, sheet.returned_until):
            raise NotNow("phase_over", kind=window.phase.kind, closed=sheet.returned_until)
        return participant.late_days
    if not window.is_over(at):
        return 0
    return _late_days(framework.late_submission, window, at)


def _late_days(policy: LatePolicy | None, window: Window, at: datetime) -> int:
    """Calendar days after the deadline's date, at least 1; the policy may refuse them."""
    days = max((legal_date(at) - legal_date(window.closes_at)).days, 1)
    if policy is None:
        raise NotNow("phase_over", kind=window.phase.kind, closed=window.closes_at)
    if policy.refused_after is not None and days > policy.refused_after:
        raise NotNow("too_late", days=days, limit=policy.refused_after)
    return days


def check_typed(framework: Framework, participant: Participant, leaf: Node, *, text: str) -> None:
    """That a unit may type this for a leaf: an input of its rule, or "no case arose".

    Points are never typed and "not applicable" is granted by a ruling, so both are refused.

    Raises:
        Refused: ``points_are_ruled``, ``not_applicable_is_granted``.
        AnswerRefused: the rule cannot read or accept it.
    """
    answer = read_answer(leaf, text)
    if isinstance(answer, Ruled):
        raise Refused("points_are_ruled")
    if isinstance(answer, NotApplicable):
        raise Refused("not_applicable_is_granted")
    score_answer(leaf, answer, leaf.max_for(participant.type), calendar=framework.calendar)


def leaf_of(framework: Framework, code: str) -> Node:
    """A leaf by its code. Raises Refused ``leaf_unknown``."""
    leaf: Node | None = framework.leaves.get(code)
    if leaf is None:
        raise Refused("leaf_unknown", leaf=code)
    return leaf


def check_own(places: Mapping[str, Place], code: str) -> None:
    """That the unit supplies this leaf itself. Raises Refused ``leaf_not_yours``."""
    if places[code] not in (Place.TODO, Place.CLAIM):
        raise Refused("leaf_not_yours", leaf=code)
