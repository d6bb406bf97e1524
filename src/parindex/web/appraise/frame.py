"""What every page of appraising carries: the round, its open turn, what is signed, how far the part is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from parindex.apps.assessments.models import Phase, Round
from parindex.apps.assessments.queries.appraising import Case, Part, Standing
from parindex.apps.assessments.rules.appraising import check_turn
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.organisations.roles import Act
from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.doors import Desk
from parindex.web.parts.languages import language


TABS = (Standing.WAITING, Standing.DONE, Standing.EXPLAINING, None)


@dataclass(frozen=True)
class Turn:
    """The appraisal phase that is open, if any, and which departments have signed off in it."""

    phase: Phase | None
    round: Round
    signed: frozenset[int]
    closed: str = ""

    def why_not(self, lead: int, *, rights_ok: bool = True) -> str:
        """Why nothing can be ruled for a department now, as a sentence; empty where it can."""
        if self.phase is None:
            return self.closed
        if lead in self.signed:
            return sentence(Refused("part_closed"))
        return "" if rights_ok else sentence(Refused("not_allowed", act=Act.APPRAISAL_RULE.value))


def turn_of(request: Desk, round_: Round) -> Turn:
    """The turn at the request's instant."""
    try:
        phase = check_turn(round_, request.at)
    except NotNow as closed:
        return Turn(None, round_, frozenset(), sentence(closed))
    signed = round_.sign_offs.filter(turn=phase.turn)
    return Turn(phase, round_, frozenset(signed.values_list("lead_id", flat=True)))


def frame(request: Desk, part: Part, turn: Turn) -> dict[str, Any]:
    """The context of every page."""
    return {
        "section": "start",
        "round": part.round,
        "territory": {"name": part.round.territory.name},
        "phase": turn.phase,
        "why_not": next((turn.why_not(lead) for lead in sorted(_leads(part.cases))), ""),
        "may_sign": bool(request.rights.units(Act.APPRAISAL_SIGN) & part.leads),
        "counts": counts(part.cases),
        "penalises": any(case.held for case in part.cases),
    }


def counts(cases: Iterable[Case]) -> dict[str, int]:
    """How many cases stand where; `doubtful` of those that wait; `all` but those with nothing to do."""
    found = dict.fromkeys((*Standing, "doubtful", "all", "plain"), 0)
    for case in cases:
        standing = case.standing
        found[standing] += 1
        found["all"] += standing is not Standing.FREE
        found["doubtful"] += standing is Standing.WAITING and bool(case.doubts)
        found["plain"] += case.is_plain
    return {str(key): count for key, count in found.items()}


def first_doubtful(cases: Iterable[Case]) -> list[Case]:
    """What deserves a look first: an answered explanation, then the most doubts, else in the old order."""
    return sorted(cases, key=lambda c: (c.explanation is None, -len(c.doubts)))


def sentence(refusal: Refused) -> str:
    """A refusal in the page's language."""
    return refusal_sentence(refusal.code, refusal.data, language())


def _leads(cases: Sequence[Case]) -> set[int]:
    return {c.lead for c in cases}
