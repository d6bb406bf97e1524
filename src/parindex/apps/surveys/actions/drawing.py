"""Samples drawn from a list: seeded, the same on every machine, official and reserve lists kept by line."""

from __future__ import annotations

import json
from collections import Counter as Counted
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from parindex.apps.surveys import rules
from parindex.apps.surveys.actions.sampling import Issued, Wanted, issue_invitations
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import Draw, Reserve, RespondentGroup, Stratum
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.sampling import draw


MOST_LINES, MOST_RESERVE, LONGEST = 300_000, 500, 250


@transaction.atomic
def draw_sample(
    *, group: RespondentGroup, frame: Sequence[Wanted], reserve: int, by: str, at: datetime
) -> Draw:
    """Draw each stratum's quota and a reserve out of a list, by the survey's seed. The list is not kept: its
    hash is, and which lines came out (from 1); of the reserve also whom it names, until the survey closes.
    The same list again gives the same draw.

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
    _keep_reserves(made, strata, frame)
    told = {"group": group.code, "frame": made.frame_sha256, "size": made.frame_size, "seed": made.seed}
    counts = {key: [len(c["main"]), len(c["reserve"])] for key, c in chosen.items()}  # type: ignore[arg-type]
    tell(locked, "survey.drawn", {**told, "counts": counts}, by=by, at=at)
    return made


def _keep_reserves(made: Draw, strata: Mapping[str, Stratum], frame: Sequence[Wanted]) -> None:
    """The reserve lists of the strata that were drawn, in place of what stood there."""
    made.group.reserves.filter(stratum__in=[strata[key] for key in made.chosen]).delete()
    Reserve.objects.bulk_create(
        (
            Reserve(
                group=made.group,
                stratum=strata[key],
                position=k,
                contact=one_line(frame[n - 1].contact)[:LONGEST],
            )
            for key, said in sorted(made.chosen.items())
            for k, n in enumerate(said["reserve"], start=1)
        ),
        batch_size=500,
    )


@transaction.atomic
def replace_invited(
    *, group: RespondentGroup, contacts: Sequence[str], reason: str, by: str, at: datetime
) -> list[Issued]:
    """Ask the next of the reserve in place of those who cannot be asked: their unused links stop working, and
    the same number of links is made for the reserve of the same strata. All or nothing.

    Whoever is replaced stays one of those who were asked: the response rate tells of it.

    Raises:
        Refused: ``survey_not_now``, ``survey_reason_missing``, ``text_too_long``; ``nothing_chosen``: none of
            them has an unused link of a stratum; ``survey_reserve_empty``: {unit, label}.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "invite")
    said = one_line(reason)
    rules.check_text(said, rules.LONGEST_REASON, "survey_reason_missing")
    chosen = {one_line(c) for c in contacts if one_line(c)}
    waiting = group.invitations.filter(contact__in=chosen, stratum__isnull=False)
    found = list(waiting.select_for_update(of=("self",)).select_related("stratum__unit"))
    if not found:
        raise Refused("nothing_chosen")
    wanted: list[Wanted] = []
    gone: list[int] = []
    spent = Counted(one.stratum for one in found if one.stratum is not None)
    for stratum, count in sorted(spent.items(), key=lambda item: item[0].position):
        following = list(group.reserves.select_for_update().filter(stratum=stratum)[:count])
        if len(following) < count:
            raise Refused("survey_reserve_empty", unit=stratum.unit.name_vi, label=stratum.label)
        gone += [one.pk for one in following]
        wanted += [Wanted(one.contact, stratum=stratum) for one in following]
    group.invitations.filter(pk__in=[one.pk for one in found]).delete()
    group.reserves.filter(pk__in=gone).delete()
    counts = [[s.unit.code, s.label, n] for s, n in sorted(spent.items(), key=lambda i: i[0].position)]
    told = {"group": group.code, "count": len(found), "strata": counts}
    tell(locked, "survey.replaced", told, by=by, at=at, reason=said)
    return issue_invitations(group=group, wanted=wanted, by=by, at=at)


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
