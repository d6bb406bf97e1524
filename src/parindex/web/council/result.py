"""The result by stage, self → appraised → explained → council, and how far units overrate themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from parindex.apps.assessments.models import Participant, Round
from parindex.apps.assessments.permissions import can_see_round
from parindex.apps.assessments.queries import find_participant
from parindex.apps.assessments.queries.explanations import disputes
from parindex.apps.results.stages import (
    SHOWN,
    RoundBook,
    StageLine,
    book_of,
    books_of_years,
    overrating_of,
    stage_lines,
)
from parindex.core.kernel.framework import Node
from parindex.core.wording.terms import term
from parindex.web.council.frames import frame, outcome
from parindex.web.parts import files
from parindex.web.parts.disputes import names_in, stages_of
from parindex.web.parts.doors import Desk
from parindex.web.parts.files import Cell
from parindex.web.parts.finding import result_round, visible_round
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


def stages(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Every unit's index, grade and rank at each stage."""
    round_ = result_round(request, round)
    book = book_of(round_)
    follows = can_see_round(request.rights, round_)
    context = {
        **frame(request, round_),
        "follows": follows,
        "tables": [_table(round_, book, lines, linked=follows) for _, lines in stage_lines(book)],
        "stages": SHOWN,
        "percent": book.framework.index.policy != "total",
        "files": files.links(reverse("council:stages", args=[round_])),
    }
    return render(request, "council/stages.html", context)


def _table(round_: Round, book: RoundBook, lines: Sequence[StageLine], *, linked: bool) -> dict[str, Any]:
    return {
        "group": lines[0].participant.group.name,
        "rows": [
            {
                "unit": line.participant.name,
                "url": reverse("council:stages_unit", args=[round_, line.participant.unit.code])
                if linked
                else "",
                "stages": [
                    {"stage": s, "index": o.index, "rank": o.rank}
                    for s, o in zip(SHOWN, line.outcomes, strict=True)
                ],
                **outcome(book.framework, book.now, book.at[line.participant.pk]),
                "moved": line.outcomes[0].rank - line.now.rank
                if line.outcomes[0].rank and line.now.rank
                else None,
                "overrating": line.overrating,
            }
            for line in lines
        ],
    }


def stages_file(request: Desk, *, round: str, kind: str) -> HttpResponse:  # noqa: A002
    """The same as a file: index, points and rank at each stage, grade now, self minus standing."""
    round_ = result_round(request, round)
    header = ["group", "unit"]
    for stage in SHOWN:
        header += [f"{stage.value}:{what}" for what in ("points", "index", "rank")]
    header += ["grade", "self_minus_final"]
    rows: list[list[Cell]] = []
    for group, lines in stage_lines(book_of(round_)):
        for line in lines:
            row: list[Cell] = [group, said(line.participant.name)]
            for o in line.outcomes:
                row += [o.points, o.index, o.rank]
            rows.append([*row, line.now.grade.id if line.now.grade else None, line.overrating.points])
    return files.table_file(kind, _name(round_, "stages"), header=header, rows=rows, note=_note(round_))


def _name(round_: Round, what: str) -> str:
    return f"{round_.territory.code}-{round_.code}-{what}"


def _note(round_: Round) -> str:
    return " ".join(said(round_.note).split())


def overrating(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """Self-assessed minus standing: by unit, by area, by criterion; the most overrated first."""
    round_ = visible_round(request, round)
    book = book_of(round_)
    context = {
        **frame(request, round_),
        "units": [
            {"name": p.name, "url": reverse("council:stages_unit", args=[round_, p.unit.code]), "over": o}
            for p, o in _units(book)
        ],
        "areas": book.by_node(book.framework.areas),
        "leaves": book.by_node(list(book.framework.leaves.values())),
        "years": _years(round_),
        "files": files.links(reverse("council:overrating", args=[round_])),
    }
    return render(request, "council/overrating.html", context)


def _years(round_: Round) -> dict[str, Any]:
    """Each unit's overrating year by year, beside the whole round's; the unit is known by its code."""
    books = books_of_years(round_)
    units: dict[str, dict[str, Any]] = {}
    for k, (_, book) in enumerate(books):
        for participant, over in zip(book.participants, book.by_unit, strict=True):
            if over.size:
                row = units.setdefault(
                    participant.unit.code, {"name": participant.name, "overs": [None] * len(books)}
                )
                row["overs"][k] = over
    return {
        "rounds": [one for one, _ in books],
        "whole": [overrating_of(book) for _, book in books],
        "units": [row for row in units.values() if row["overs"][0]],
    }


def _units(book: RoundBook) -> list[tuple[Participant, Any]]:
    pairs = [(p, o) for p, o in zip(book.participants, book.by_unit, strict=True) if o.size]
    return sorted(pairs, key=lambda pair: (-pair[1].points, pair[0].name_vi))


def overrating_file(request: Desk, *, round: str, kind: str) -> HttpResponse:  # noqa: A002
    """The same as a file; `by` says whether a row is a unit, an area or a criterion."""
    round_ = visible_round(request, round)
    book = book_of(round_)
    nodes: list[tuple[str, list[tuple[Node, Any]]]] = [
        ("area", book.by_node(book.framework.areas)),
        ("criterion", book.by_node(list(book.framework.leaves.values()))),
    ]
    header = ["by", "code", "name", "self_minus_final", "max", "percent", "lowered", "assessed"]
    rows: list[list[Cell]] = [["unit", p.unit.code, said(p.name), *_over(o)] for p, o in _units(book)]
    for by, pairs in nodes:
        rows += [[by, node.code, said(node.name), *_over(o)] for node, o in pairs]
    return files.table_file(
        kind, _name(round_, "self-assessment"), header=header, rows=rows, note=_note(round_)
    )


def _over(o: Any) -> list[Cell]:
    return [o.points, o.maximum, o.share, o.cases, o.size]


def _participant(request: Desk, name: str, unit: str) -> Participant:
    """A participant of a round that the person may see whole. Raises Http404, NotAllowed."""
    found = find_participant(visible_round(request, name), unit)
    if found is None:
        raise Http404(unit)
    return found


def unit(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """One unit by criterion: what each stage gave, why and who said so, where anything changed."""
    participant = _participant(request, round, unit)
    round_ = participant.round
    book = book_of(round_)
    place = book.at[participant.pk]
    changed = disputes(participant, changed=True)
    names = names_in(changed)
    context = {
        **frame(request, round_),
        "participant": participant,
        "outcomes": [{"stage": s, **outcome(book.framework, a, place)} for s, a in book.stages.items()],
        "rows": [
            {
                "code": d.leaf.code,
                "name": d.leaf.name,
                "maximum": d.leaf.max_for(participant.type),
                "lost": d.lost,
                "stages": stages_of(d, names),
                "url": reverse("unit:explanation", args=[round_, participant.unit.code, d.leaf.code]),
            }
            for d in changed
        ],
        "over": book.by_unit[place],
        "percent": book.framework.index.policy != "total",
        "briefed": round_.state in (Round.State.CONCLUDED, Round.State.PUBLISHED),
        "files": files.links(reverse("council:stages_unit", args=[round_, participant.unit.code])),
    }
    return render(request, "council/unit.html", context)


def unit_file(request: Desk, *, round: str, unit: str, kind: str) -> HttpResponse:  # noqa: A002
    """The same as a file: a row for each stage of each criterion."""
    participant = _participant(request, round, unit)
    changed = disputes(participant, changed=True)
    names = names_in(changed)
    header = ["criterion", "name", "max", "stage", "points", "reason", "by", "at"]
    rows: list[list[Cell]] = [
        [
            d.leaf.code,
            said(d.leaf.name),
            d.leaf.max_for(participant.type),
            term("stage", s["stage"], language()),
            s["points"],
            s["reason"],
            s["name"],
            s["at"].isoformat(),
        ]
        for d in changed
        for s in stages_of(d, names)
        if s["at"]
    ]
    name = _name(participant.round, participant.unit.code)
    return files.table_file(kind, name, header=header, rows=rows, note=_note(participant.round))
