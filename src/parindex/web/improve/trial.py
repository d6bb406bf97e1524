"""What if: every leaf of the unit at another level or answered otherwise, and what that would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from parindex.apps.improvement.queries import Standing
from parindex.core.kernel.assess import Assessment
from parindex.core.kernel.framework import Node
from parindex.core.kernel.improvement import Move
from parindex.core.kernel.text import Text
from parindex.web.improve.asked import EFFORT, LESS, LEVEL
from parindex.web.improve.otherwise import Otherwise, answerable, without_trial
from parindex.web.improve.outcomes import anew, outcome
from parindex.web.improve.ways import question


Moves = Mapping[str, Sequence[Move]]


@dataclass(frozen=True)
class Trial:
    """What is tried.

    Attributes:
        moves, falls: levels above and below what is held. levels: those that were chosen.
        otherwise: leaves answered by their own form; there the answer goes before the level.
    """

    moves: Moves
    falls: Moves
    levels: Mapping[str, Move]
    otherwise: Otherwise

    @property
    def codes(self) -> frozenset[str]:
        """Leaves that are changed."""
        return frozenset(self.levels) | frozenset(self.otherwise.answers)


def areas(standing: Standing, trial: Trial, *, sent: QueryDict) -> list[dict[str, Any]]:
    """Every leaf by area, then bonus and penalty; an area opens where something is tried."""
    leaves = {leaf.code: leaf for leaf in answerable(standing)}
    framework, found = standing.assessment.framework, []
    groups: list[tuple[Text | str, Sequence[Node]]] = [
        *((area.name, list(area.walk())) for area in framework.areas),
        (gettext("Điểm thưởng"), framework.bonus.items if framework.bonus else ()),
        (gettext("Điểm trừ"), framework.penalty.items if framework.penalty else ()),
    ]
    for name, nodes in groups:
        shown = [node for node in nodes if node.code in leaves]
        if shown:
            found.append(_area(standing, name, shown, trial=trial, sent=sent))
    return found


def _area(
    standing: Standing, name: Text | str, nodes: Sequence[Node], *, trial: Trial, sent: QueryDict
) -> dict[str, Any]:
    held = [standing.assessment.node(standing.unit, node.code) for node in nodes]
    inside = any(node.code in standing.assessment.framework.nodes for node in nodes)
    lost = sum((one.max - one.points for one in held), Fraction(0))
    return {
        "name": name,
        "rows": [_row(standing, node, trial=trial, sent=sent) for node in nodes],
        "lost": lost if inside else None,
        "open": any(node.code in trial.codes | trial.otherwise.open for node in nodes),
    }


def _row(standing: Standing, node: Node, *, trial: Trial, sent: QueryDict) -> dict[str, Any]:
    code, chosen = node.code, trial.levels.get(node.code)
    return {
        "node": node,
        "held": standing.assessment.node(standing.unit, code),
        "above": _levels(trial.moves.get(code, ()), chosen, ""),
        "below": _levels(trial.falls.get(code, ()), chosen, LESS),
        "name": LEVEL + code,
        "effort_name": EFFORT + code,
        "effort": sent.get(EFFORT + code, ""),
        "weighed": code in trial.moves and standing.assessment.framework.method_of(code) != "survey",
        "controls": trial.otherwise.controls(node),
    }


def _levels(options: Sequence[Move], chosen: Move | None, before: str) -> list[dict[str, Any]]:
    return [
        {"value": f"{before}{k}", "move": move, "chosen": chosen == move}
        for k, move in enumerate(options, start=1)
    ]


def outcome_of(standing: Standing, trial: Trial, *, sent: QueryDict) -> dict[str, Any] | None:
    """The whole computed anew with what is tried, how sure the rank would be, whom the unit passes and who
    passes it; None where nothing is tried."""
    if not trial.codes:
        return None
    then = anew(standing, trial.levels.values(), trial.otherwise.answers)
    before, after = standing.outcome, then.units[standing.unit]
    gain = None if before.index is None or after.index is None else after.index - before.index
    return {
        "then": outcome(standing, then),
        "gain": gain,
        "count": len(trial.codes),
        "changes": _changes(standing, then, trial),
        "passed": _moved(standing, then, ahead=True),
        "passing": _moved(standing, then, ahead=False),
        "was": standing.spread(standing.assessment),
        "band": standing.spread(then),
        "clear_url": f"?{question(without_trial(sent), {})}#thu",
    }


def _changes(standing: Standing, then: Assessment, trial: Trial) -> list[dict[str, Any]]:
    """Each leaf that is changed: its points before and after."""
    return [
        {
            "node": leaf,
            "held": standing.assessment.node(standing.unit, code),
            "then": then.node(standing.unit, code),
        }
        for code, leaf in standing.assessment.framework.leaves.items()
        if code in trial.codes
    ]


def _moved(standing: Standing, then: Assessment, *, ahead: bool) -> list[Text]:
    """Whom the unit passes, or who passes it."""
    own, own_then = standing.outcome.rank, then.units[standing.unit].rank
    found = []
    for place, rival in standing.rivals:
        other, other_then = standing.assessment.units[place].rank, then.units[place].rank
        if own and own_then and other and other_then:
            passed = own > other and own_then < other_then
            passing = own < other and own_then > other_then
            if passed if ahead else passing:
                found.append(rival.name)
    return found
