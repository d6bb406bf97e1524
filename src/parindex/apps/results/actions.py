"""What computes results, and what keeps published figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.apps.assessments.models import Participant, RankingGroup, Round, Ruling
from parindex.apps.assessments.queries import answer_table
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.models import GroupResult, PublishedFigure, Result, UnitResult
from parindex.core.formats.answers_hash import answers_hash
from parindex.core.formats.stored import to_stored
from parindex.core.kernel.answers import Input
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.insights import group_medians
from parindex.core.kernel.robustness import Robustness, simulate
from parindex.core.kernel.rules.base import Ratio


DRAWS = 2000
WEIGHTS = 0.25
SEED = 1


@transaction.atomic
def compute_result(*, round_: Round, by: str, at: datetime) -> Result:
    """Compute a whole round from its standing answers and keep the result with every reason.

    Raises:
        TableRefused: an answer cannot be scored; nothing is kept.
    """
    framework = by_hash(round_.framework.content_hash)
    table, participants = answer_table(round_)
    assessment = assess(framework, table)
    spread = (
        simulate(assessment, draws=DRAWS, weights=WEIGHTS, seed=SEED) if round_.publishes_rank_bands else None
    )
    result = Result.objects.create(
        round=round_,
        stage=Ruling.Stage.COUNCIL,
        framework_hash=round_.framework.content_hash,
        answers_hash=answers_hash(table),
        robustness=spread.recipe() if spread else None,
        computed_at=at,
    )
    groups = {g.code: g for g in round_.groups.all()}
    for code, members in assessment.groups().items():
        _keep_group(result, groups[code], assessment=assessment, members=members)
        lines = _Lines(members, participants, spread)
        _keep_units(result, groups[code], assessment=assessment, lines=lines)
    payload = {
        "v": 1,
        "framework": result.framework_hash,
        "answers": result.answers_hash,
        "units": len(participants),
    }
    chain = f"round:{round_.territory.code}/{round_.code}"
    record(chain=chain, kind="result.computed", subject=round_.code, payload=payload, by=by, at=at)
    return result


class _Lines:
    """What `_keep_units` needs of one group: unit positions in ranking order, their participants, the rank
    bands."""

    def __init__(
        self, members: Sequence[int], participants: Sequence[Participant], spread: Robustness | None
    ) -> None:
        self.members = members
        self.participants = participants
        self.spread = spread

    def band(self, unit: int) -> dict[str, Any] | None:
        """Low, median and high rank and the odds, where the analysis was made and the unit is ranked."""
        found = self.spread.units[unit] if self.spread else None
        if found is None or found.median_rank is None:
            return None
        return {
            "low": found.low_rank,
            "median": found.median_rank,
            "high": found.high_rank,
            "grades": dict(found.grades),
            "tier": found.tier,
        }


def _keep_group(
    result: Result, group: RankingGroup, *, assessment: Assessment, members: Sequence[int]
) -> None:
    """A group's size, grade counts and medians."""
    outcomes = [assessment.units[u] for u in members]
    GroupResult.objects.create(
        result=result,
        group=group,
        size=len(outcomes),
        ranked=sum(o.rank is not None for o in outcomes),
        grades=dict(Counter(o.grade.id for o in outcomes if o.grade)),
        medians={c: None if m is None else str(m) for c, m in group_medians(assessment, members).items()},
        measures=_measures(assessment, members),
    )


def _measures(assessment: Assessment, members: Sequence[int]) -> dict[str, list[str]]:
    """Measured ratios added up over a group: numerator and denominator of each leaf that counts cases."""
    framework, found = assessment.framework, {}
    for code, leaf in framework.nodes.items():
        if leaf.is_leaf and framework.method_of(code) == "measured" and code in assessment.table.columns:
            column = assessment.table.columns[code]
            answers = [column.distinct[column.index[u]] for u in members]
            ratios = [a.value for a in answers if isinstance(a, Input) and isinstance(a.value, Ratio)]
            if ratios:
                found[code] = [str(sum(r.part for r in ratios)), str(sum(r.whole for r in ratios))]
    return found


def _keep_units(result: Result, group: RankingGroup, *, assessment: Assessment, lines: _Lines) -> None:
    """Every unit's line with all its nodes."""
    framework = assessment.framework
    ranks = {a.code: assessment.node_ranks(a.code) for a in framework.areas}
    rows = []
    for position, unit in enumerate(lines.members, start=1):
        outcome = assessment.units[unit]
        nodes = {
            code: [
                str(n.points),
                str(n.max),
                ranks[code][unit] if code in ranks else None,
                to_stored(n.reason) if n.reason else None,
            ]
            for code, n in assessment.nodes(unit).items()
        }
        rows.append(
            UnitResult(
                result=result,
                participant=lines.participants[unit],
                group=group,
                position=position,
                points=outcome.points,
                applicable_max=outcome.applicable_max,
                index=outcome.index,
                grade=outcome.grade.id if outcome.grade else "",
                rank=outcome.rank,
                areas=[_text(assessment.node(unit, a.code).index) for a in framework.areas],
                nodes=nodes,
                remarks=[to_stored(r) for r in outcome.remarks],
                band=lines.band(unit),
            )
        )
    UnitResult.objects.bulk_create(rows)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@transaction.atomic
def record_published_figures(*, figures: Sequence[PublishedFigure], by: str, at: datetime) -> int:
    """Put a set of published figures in the place of the one before. Returns how many."""
    PublishedFigure.objects.all().delete()
    for position, figure in enumerate(figures, start=1):
        figure.position = position
    PublishedFigure.objects.bulk_create(figures, batch_size=500)
    record(
        chain="published-figures",
        kind="figures.recorded",
        subject="published-figures",
        payload={"v": 1, "rows": len(figures)},
        by=by,
        at=at,
    )
    return len(figures)
