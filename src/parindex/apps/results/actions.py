"""What computes results and ends rounds, and what keeps published figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.apps.assessments.actions import step_round
from parindex.apps.assessments.ledger import round_chain, round_name
from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.assessments.queries import answer_table
from parindex.apps.assessments.queries.explanations import open_cases
from parindex.apps.assessments.rules.rounds import check_conclude
from parindex.apps.audit.record import record
from parindex.apps.audit.seals import seal
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.lines import group_lines, unit_lines
from parindex.apps.results.models import GroupResult, PublishedFigure, Result, UnitResult
from parindex.apps.results.replay import Heads, heads_of
from parindex.core.formats.answers_hash import answers_hash
from parindex.core.kernel.answers import AnswerTable
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.robustness import Robustness, simulate


DRAWS = 2000
WEIGHTS = 0.25
SEED = 1
READINGS = 10


class RoundStillMovesError(Exception):
    """Rulings kept coming in while the round was read; computing again later will do."""


@transaction.atomic
def compute_result(*, round_: Round, by: str, at: datetime) -> Result:
    """Compute a whole round from its standing answers and keep the result with every reason.

    The ledger is told how far each chain had come, so that `rebuild` computes from the same rulings.

    Raises:
        TableRefused: an answer cannot be scored; nothing is kept.
        RoundStillMovesError: no moment was found at which nobody ruled; nothing is kept.
    """
    framework = by_hash(round_.framework.content_hash)
    table, participants, heads = _read(round_)
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
    _keep_lines(result, assessment, spread=spread, participants=participants)
    payload = {
        "v": 1,
        "stage": result.stage,
        "framework": result.framework_hash,
        "answers": result.answers_hash,
        "heads": heads,
        "robustness": _recipe(spread),
    }
    record(
        chain=round_chain(round_), kind="result.computed", subject=round_.code, payload=payload, by=by, at=at
    )
    return result


@transaction.atomic
def conclude_round(*, round_: Round, by: str, at: datetime) -> Result:
    """End a running round: the result is computed from what stands, and nothing is ruled any more. Sealed.

    Raises:
        WrongState: it is not running. NotNow: the council has not met yet.
        Refused: ``cases_open``: the council has cases left.
        TableRefused, RoundStillMovesError: as `compute_result`.
    """
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    then = check_conclude(locked, len(open_cases(locked)), at)
    result = compute_result(round_=locked, by=by, at=at)
    step_round(round_=locked, state=then, kind="round.concluded", by=by, at=at)
    seal(book=round_name(locked), subject="round.concluded", by=by, at=at)
    return result


def _read(round_: Round) -> tuple[AnswerTable, list[Participant], Heads]:
    """The standing answers, and the heads of the chains that they are told in, as of one moment."""
    book = round_name(round_)
    heads = heads_of(book)
    for _ in range(READINGS):
        before = heads
        table, participants = answer_table(round_)
        heads = heads_of(book)
        if heads == before:
            return table, participants, heads
    raise RoundStillMovesError(book)


def _recipe(spread: Robustness | None) -> dict[str, Any] | None:
    """What repeats the draws; the ledger holds no binary fractions."""
    return {"draws": spread.draws, "weights": str(spread.weights), "seed": spread.seed} if spread else None


def _keep_lines(
    result: Result, assessment: Assessment, *, spread: Robustness | None, participants: Sequence[Participant]
) -> None:
    """Every group's figures and every unit's line with all its nodes."""
    groups = {g.code: g for g in result.round.groups.all()}
    GroupResult.objects.bulk_create(
        GroupResult(result=result, group=groups[line.group], **line.fields)
        for line in group_lines(assessment)
    )
    UnitResult.objects.bulk_create(
        UnitResult(
            result=result, group=groups[line.group], participant=participants[line.unit], **line.fields
        )
        for line in unit_lines(assessment, spread)
    )


@transaction.atomic
def record_published_figures(*, figures: Sequence[PublishedFigure], by: str, at: datetime) -> int:
    """Put the figures that ship in the place of those before; what was brought in stays. Returns how many."""
    PublishedFigure.objects.filter(about=None).delete()
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
