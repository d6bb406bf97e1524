"""All of a sheet for whoever types it in elsewhere: table, explanations, evidence by criterion code."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from django.http import FileResponse, HttpResponse

from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries.evidence import evidence_of
from parindex.apps.assessments.queries.sheets import Entry, SheetView, sheet_view
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.evidence.packing import pack
from parindex.core.kernel.time import legal_date
from parindex.core.papers import (
    Block,
    Paper,
    Paragraph,
    abbreviation,
    docx_file,
    head_of,
    issuing_body,
    place_of_issue,
)
from parindex.core.wording import hand_in as words
from parindex.core.wording.reasons import reason_sentence
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_sheet
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said
from parindex.web.parts.workbooks import Cell, Sheet, as_xlsx
from parindex.web.unit.vault import groups_of


VI = "vi"


def hand_in(request: Desk, *, round: str, unit: str) -> HttpResponse:  # noqa: A002  the address's word
    """One ZIP: the table (.xlsx), the explanations (.docx), the evidence in folders with its index."""
    participant = visible_sheet(request, round, unit)
    view = sheet_view(participant)
    shown = {
        code: [f"{x.document.label}{f' ({x.page})' if x.page else ''}" for x in links]
        for code, links in evidence_of(participant).items()
    }
    packed = pack(
        groups_of(participant),
        title=f"{said(participant.round.title)} – {said(participant.name)}",
        at=request.at,
        language=language(),
        beside={
            words.TABLE_FILE: as_xlsx([Sheet(words.TABLE, words.HEADS, list(_rows(view, shown)))]),
            words.EXPLANATIONS_FILE: docx_file(_paper(request, view, shown)),
        },
    )
    name = f"{participant.round.code}-{participant.unit.code}-ho-so-nop.zip"
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")  # type: ignore[return-value]


def _rows(view: SheetView, shown: dict[str, list[str]]) -> Iterator[list[Cell]]:
    """The whole tree in its order, then bonus and penalty."""
    nodes = [node for root in view.framework.tree for node in root.walk()]
    for node in (*nodes, *(view.framework.leaves[code] for code in view.framework.extras)):
        outcome = view.nodes[node.code]
        if not node.is_leaf:
            yield [node.code, node.name.vi, outcome.max, outcome.points, "", "", "", ""]
            continue
        entry = view.entries[node.code]
        applies = entry.place is not Place.NOT_ASSESSED
        points: Fraction | None = outcome.points if applies and entry.answer else None
        yield [
            node.code,
            node.name.vi,
            outcome.max if applies else None,
            points,
            _answered(entry) if applies else words.NOT_ASSESSED,
            entry.note.strip(),
            entry.handout.holder if entry.handout else "",
            "\n".join(shown.get(node.code, ())),
        ]


def _answered(entry: Entry) -> str:
    """The answer in words."""
    if not entry.answer:
        return words.UNANSWERED
    facts = answer_facts(entry.leaf, entry.answer, VI)
    return "; ".join(f"{label}: {value}" if label else value for label, value in facts)


def _paper(request: Desk, view: SheetView, shown: dict[str, list[str]]) -> Paper:
    """The explanations: for each criterion what was answered, why it gives its points, what proves it."""
    participant: Participant = view.participant
    name, above = participant.name_vi, participant.unit.parent
    return Paper(
        issuer=issuing_body(name),
        parent=issuing_body(above.name_vi) if above else "",
        notation=f"BC-{abbreviation(name)}",
        place=place_of_issue(participant.round.territory.name_vi),
        as_of=legal_date(request.at),
        kind=words.KIND,
        about=words.about(participant.round.year),
        body=list(_told(view, shown)),
        recipients=words.RECIPIENTS,
        signatures=[head_of(name)],
        notice=participant.round.note_vi if participant.unit.illustrative else "",
    )


def _told(view: SheetView, shown: dict[str, list[str]]) -> Iterator[Block]:
    for entry in (*view.at(Place.TODO), *view.at(Place.CLAIM)):
        if entry.place is Place.CLAIM and not entry.answer:
            continue
        yield Paragraph(f"{entry.leaf.code}. {entry.leaf.name.vi}", "heading")
        yield Paragraph(_answered(entry), lead=words.ANSWER)
        reason = entry.outcome.reason
        if entry.answer and reason is not None:
            told = reason_sentence(reason, entry.leaf, VI, decimals=view.framework.decimals)
            yield Paragraph(
                f"{words.points(entry.outcome.points, entry.outcome.max)} {told}", lead=words.POINTS
            )
        if entry.note.strip():
            yield Paragraph(entry.note.strip(), lead=words.NOTE)
        proof = shown.get(entry.leaf.code)
        yield Paragraph("; ".join(proof) if proof else words.NO_EVIDENCE, lead=words.EVIDENCE)
