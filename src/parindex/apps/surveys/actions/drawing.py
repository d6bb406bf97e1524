"""Samples drawn from a list: seeded, the same on every machine, official and reserve lists kept by line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from parindex.apps.surveys import rules
from parindex.apps.surveys.actions.sampling import Wanted
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import Draw, RespondentGroup
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.sampling import draw


MOST_LINES, MOST_RESERVE = 200_000, 500


@transaction.atomic
def draw_sample(
    *, group: RespondentGroup, frame: Sequence[Wanted], reserve: int, by: str, at: datetime
) -> Draw:
    """Draw each stratum's quota and a reserve out of a list, by the survey's seed. The list is not kept: its
    hash is, and which lines came out (from 1). The same list again gives the same draw.

    Raises:
        Refused: ``survey_not_now``, ``survey_frame_empty``, ``survey_invited_many``,
            ``survey_stratum_elsewhere``, ``survey_reserve``.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "invite")
    _check(group, frame, reserve)
    lines: dict[str, list[str]] = {}
    for n, one in enumerate(frame, start=1):
        if one.stratum is not None:
            lines.setdefault(str(one.stratum.pk), []).append(str(n))
    strata = {str(s.pk): s for s in group.strata.all()}
    quotas = {key: s.quota for key, s in strata.items() if key in lines}
    found = draw(lines, quotas, seed=f"{locked.seed}/{group.code}", reserve=reserve)
    chosen = {
        key: {"main": [int(n) for n in d.drawn], "reserve": [int(n) for n in d.reserve], "short": d.short}
        for key, d in found.items()
    }
    said = json.dumps([[one_line(w.contact), w.stratum.pk if w.stratum else 0] for w in frame])
    made = Draw.objects.create(
        group=group,
        seed=locked.seed,
        frame_sha256=sha256(said.encode()).hexdigest(),
        frame_size=len(frame),
        chosen=chosen,
        by=by,
        at=at,
    )
    told = {"group": group.code, "frame": made.frame_sha256, "size": made.frame_size, "seed": made.seed}
    counts = {key: [len(c["main"]), len(c["reserve"])] for key, c in chosen.items()}  # type: ignore[arg-type]
    tell(locked, "survey.drawn", {**told, "counts": counts}, by=by, at=at)
    return made


def _check(group: RespondentGroup, frame: Sequence[Wanted], reserve: int) -> None:
    """The list can be drawn from. Raises Refused."""
    if not any(one.stratum is not None for one in frame):
        raise Refused("survey_frame_empty")
    if len(frame) > MOST_LINES:
        raise Refused("survey_invited_many", limit=MOST_LINES)
    if not 0 <= reserve <= MOST_RESERVE:
        raise Refused("survey_reserve", limit=MOST_RESERVE)
    for one in frame:
        if one.stratum is not None and one.stratum.group_id != group.pk:
            raise Refused("survey_stratum_elsewhere", label=str(one.stratum))


def drawn_lines(made: Draw, frame: Sequence[Wanted], *, reserve: bool = False) -> list[Wanted]:
    """Who of a list was drawn, in the order of the draw: those to invite."""
    which = "reserve" if reserve else "main"
    return [frame[n - 1] for _, said in sorted(made.chosen.items()) for n in said[which]]
