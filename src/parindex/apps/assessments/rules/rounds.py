"""When a running round may end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from parindex.apps.assessments.models import Phase, Round
from parindex.apps.assessments.rules.time import NotNow
from parindex.apps.assessments.states import ROUND_STEPS, RoundStep, after
from parindex.apps.organisations.models import Unit
from parindex.core.kernel.problems import Refused


def usual_audience(territory: Unit, units: Iterable[Unit]) -> Round.Audience:
    """Everybody sees a territory's round of its units. What a unit asks of its divisions stays inside, and so
    does what a territory says of itself to whoever is above it."""
    inside = territory.parent_id is not None or any(u.pk == territory.pk for u in units)
    return Round.Audience.INSIDE if inside else Round.Audience.PUBLIC


def check_conclude(round_: Round, cases: int, at: datetime) -> Round.State:
    """That the council has met and left nothing open. Returns the state that leads to.

    Args:
        cases: how many are open before the council.

    Raises:
        WrongState: it is not running. NotNow: ``council_not_yet``. Refused: ``cases_open``.
    """
    then = after(ROUND_STEPS, RoundStep.CONCLUDE, round_.state)
    opens = [p.opens_at for p in round_.phases.all() if p.kind == Phase.Kind.COUNCIL]
    if opens and at < min(opens):
        raise NotNow("council_not_yet", opens=min(opens))
    if cases:
        raise Refused("cases_open", count=cases)
    return then
