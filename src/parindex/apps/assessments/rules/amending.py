"""What a new version of the criteria set means for a round that is running, leaf by leaf."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.rules.sheets import applicable_max
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.problems import Refused


@dataclass(frozen=True)
class ChangePlan:
    """How the leaves of the new version stand to those of the old.

    Attributes:
        same: leaves whose answers stay. `renamed`: old code to new; their answers are carried over.
        reset: leaves of the new version that have to be answered anew. `gone`: old codes that are no more.
        outdated: old codes of which nothing ruled so far counts any more.
    """

    same: Sequence[str]
    renamed: Mapping[str, str]
    reset: Sequence[str]
    gone: Sequence[str]
    outdated: Sequence[str]


def plan_change(old: Framework, new: Framework, unreadable: Collection[str] = ()) -> ChangePlan:
    """The plan by the code map.

    Args:
        unreadable: leaves of the new version whose rule cannot read what was answered; they are reset.

    Raises:
        Refused: ``map_missing``: neither version has a code map to the other.
    """
    kept = comparable_codes(new, old)
    if not kept:
        raise Refused("map_missing", old=f"{old.id} {old.version}", new=f"{new.id} {new.version}")
    carried = {
        code: was
        for code, was in kept.items()
        if code in new.leaves
        and was in old.leaves
        and code not in unreadable
        and (code == was or code not in old.leaves)  # a code that meant something else is answered anew
    }
    outdated = [code for code in old.leaves if carried.get(code) != code]
    return ChangePlan(
        same=[code for code, was in carried.items() if code == was],
        renamed={was: code for code, was in carried.items() if code != was},
        reset=[code for code in new.leaves if code not in carried],
        gone=[code for code in outdated if code not in set(carried.values()) and code not in new.leaves],
        outdated=outdated,
    )


def check_changeable(round_: Round, old: Framework, new: Framework, *, types: Collection[str]) -> None:
    """A running round takes another version that knows the types of its units.

    Raises:
        Refused: ``round_not_running``, ``set_is_the_same``, ``set_without_type``.
    """
    if round_.state != Round.State.RUNNING:
        raise Refused("round_not_running")
    if (old.id, old.version) == (new.id, new.version):
        raise Refused("set_is_the_same")
    missing = sorted(t for t in types if new.type_codes and t not in new.type_codes)
    if missing:
        raise Refused("set_without_type", types=tuple(missing))


def tasks_of(framework: Framework, participant: Participant, leaves: Collection[str]) -> list[Node]:
    """Which of these leaves the unit supplies itself: not surveys, not penalties, not what is not for it."""
    held = {n.code for n in framework.penalty.items} if framework.penalty else set()
    return [
        leaf
        for code, leaf in framework.leaves.items()
        if code in leaves
        and code not in held
        and framework.method_of(code) != "survey"
        and applicable_max(framework, participant, leaf)
    ]
