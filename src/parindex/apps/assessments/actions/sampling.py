"""Verification on the spot (phúc tra): the draw, and each drawn leaf's second marking with its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.assessments.actions.telling import every_lead, tell_circles, the_secretariat
from parindex.apps.assessments.ledger import round_chain, sheet_chain
from parindex.apps.assessments.models import Round, Sample, Visit
from parindex.apps.assessments.queries.sampling import first_of, population_of
from parindex.apps.assessments.rules.sampling import check_draw, check_marked, check_marker, drawn
from parindex.apps.assessments.rules.sheets import leaf_of
from parindex.apps.audit.models import Entry
from parindex.apps.audit.record import hold, record
from parindex.apps.frameworks.queries import by_hash
from parindex.core.formats.canonical import digest
from parindex.core.kernel.problems import Refused


@transaction.atomic
def draw_sample(*, round_: Round, each: int, by: str, at: datetime, seed: str = "") -> Sample:
    """Draw leaves that were appraised, `each` of every unit, and tell the lead departments.

    Args:
        seed: any text; where it is empty, the hash of the newest entry of the round's chain, which nobody
            chose and everybody can look up.

    Raises:
        NotNow: the round is not running. Refused: ``sample_size_wrong``, ``sample_empty``.
    """
    check_draw(round_, each=each)
    chain = round_chain(round_)
    hold(chain)
    head = Entry.objects.filter(chain=chain).latest("position")
    seed, seed_from = (seed.strip()[:100], "") if seed.strip() else (head.hash, head.place)
    pool = population_of(round_)
    chosen = drawn(pool, seed=seed, each=each)
    if not chosen:
        raise Refused("sample_empty")
    sample = Sample.objects.create(
        round=round_,
        number=round_.samples.count() + 1,
        seed=seed,
        seed_from=seed_from,
        each=each,
        population=len(pool),
        by=by,
        at=at,
    )
    Visit.objects.bulk_create(
        Visit(round=round_, sample=sample, participant=pool[place], leaf=place[1]) for place in chosen
    )
    payload = {
        "v": 1,
        "number": sample.number,
        "seed": seed,
        "seed_from": seed_from,
        "each": each,
        "population": len(pool),
        "population_hash": digest(sorted(list(place) for place in pool)),
        "drawn": [list(place) for place in chosen],
    }
    record(chain=chain, kind="sample.drawn", subject=round_.code, payload=payload, by=by, at=at)
    circles = [*every_lead(round_), the_secretariat(round_)]
    said = {"count": str(len(chosen))}
    tell_circles("sample_drawn", round_=round_, circles=circles, said=said, by=by, at=at)
    return sample


@dataclass(frozen=True, slots=True)
class Marked:
    """A second marking with its minutes: the answer as the rule reads it (or ``points:1.5``), the day and
    place of the visit, who took part, what was found."""

    answer: str
    on: date | None
    place: str
    present: str
    found: str


@transaction.atomic
def mark_visit(*, visit: Visit, marked: Marked, by: str, at: datetime) -> Visit:
    """Keep the second marking of a drawn leaf; it changes no points, and is not changed any more.

    Raises:
        Refused: ``visit_marked``, ``visit_own_marking``, ``visit_unmarked``, ``visit_incomplete``,
            ``visit_before_draw``. AnswerRefused. NotNow: the round is not running.
    """
    participant = visit.participant
    check_draw(participant.round, each=visit.sample.each)
    hold(sheet_chain(participant))
    visit = Visit.objects.select_related("sample", "participant__unit", "participant__round").get(pk=visit.pk)
    check_marker(visit, first_of(visit), by)
    framework = by_hash(participant.round.framework.content_hash)
    leaf = leaf_of(framework, visit.leaf)
    on, said = marked.on, (marked.place.strip(), marked.present.strip(), marked.found.strip())
    check_marked(framework, participant, leaf, answer=marked.answer, on=on, since=visit.sample.at, at=at)
    if not all(said):
        raise Refused("visit_incomplete")
    visit.second, visit.visited_on = marked.answer, on
    visit.place, visit.present, visit.minutes = said
    visit.by, visit.at = by, at
    visit.save()
    record(
        chain=sheet_chain(participant),
        kind="visit.marked",
        subject=f"{participant.unit.code}/{visit.leaf}",
        payload={
            "v": 1,
            "leaf": visit.leaf,
            "sample": visit.sample.number,
            "answer": marked.answer,
            "on": on.isoformat() if on else "",
        },
        texts=dict(zip(("place", "present", "found"), said, strict=True)),
        by=by,
        at=at,
    )
    return visit
