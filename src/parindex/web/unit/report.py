"""The self-assessment report of a unit, from the data it handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from parindex.apps.assessments.models import Participant, Ruling, Submission
from parindex.apps.assessments.queries.sheets import Entry, SheetView
from parindex.apps.assessments.queries.submitted import submitted_rulings, submitted_view
from parindex.apps.assessments.rules.sheets import Place
from parindex.apps.evidence.queries import labels_of
from parindex.core.kernel.assessment import NodeOutcome
from parindex.core.kernel.framework import Node
from parindex.core.kernel.time import legal_date
from parindex.core.papers import (
    Appendix,
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Table,
    abbreviation,
    head_of,
    issuing_body,
    place_of_issue,
)
from parindex.core.papers.paper import Align
from parindex.core.wording import self_report as words
from parindex.core.wording.notation import number
from parindex.core.wording.reasons import reason_sentence
from parindex.core.wording.self_report import VI, exact
from parindex.web.parts.answers import answer_facts


Evidence = Mapping[str, Sequence[str]]


def report_of(submission: Submission, participant: Participant, *, to_edit: bool) -> Paper:
    """The paper of one submission: the same data, the same paper. Three queries.

    Args:
        to_edit: with a section left open for what only the unit can say.
    """
    view = submitted_view(submission, participant)
    evidence = _evidence(submitted_rulings(submission))
    name, above = participant.name_vi, participant.unit.parent
    return Paper(
        issuer=issuing_body(name),
        parent=issuing_body(above.name_vi) if above else "",
        notation=f"BC-{abbreviation(name)}",
        place=place_of_issue(participant.round.territory.name_vi),
        as_of=legal_date(submission.at),
        kind=words.KIND,
        about=words.about(participant.round.year),
        body=[
            *_body(view, submission),
            *(_open_section() if to_edit else ()),
            Paragraph(words.responsibility(name)),
        ],
        recipients=words.RECIPIENTS,
        signatures=[head_of(name)],
        appendices=[
            Appendix(
                *words.APPENDIX,
                body=[Table(_SUMMARY, list(_rows(view, evidence)))],
                landscape=True,
                attached=True,
            )
        ],
        code=submission.code,
        notice=participant.round.note_vi if participant.unit.illustrative else "",
    )


def _columns(heads: Sequence[str], *widths: tuple[int, Align]) -> list[Column]:
    return [Column(head, width, align) for head, (width, align) in zip(heads, widths, strict=True)]


_AREAS = _columns(words.AREA_HEADS, (5, "centre"), (40, "left"), (12, "right"), (12, "right"), (11, "right"))
_LOST = _columns(words.LOST_HEADS, (8, "left"), (34, "left"), (11, "right"), (38, "left"))
_SUMMARY = _columns(
    words.SUMMARY_HEADS,
    *((8, "left"), (34, "left"), (9, "right"), (9, "right"), (30, "left"), (34, "left")),
)


def _body(view: SheetView, submission: Submission) -> Iterator[Block]:
    """What is reported: totals, areas, where points are missing."""
    round_, whole, name = view.participant.round, view.whole, view.participant.name_vi
    yield Paragraph(words.ground(view.framework.title.vi, round_.framework.content_hash), "ground")
    yield Paragraph(words.opening(round_.title_vi, name))
    yield Paragraph(words.IN_GENERAL, "heading")
    yield Paragraph(words.total(whole.points, whole.applicable_max, whole.index))
    todo, none = view.at(Place.TODO), view.at(Place.NOT_ASSESSED)
    yield Paragraph(words.counts(len(todo) - len(view.missing), len(todo), len(none)))
    yield Paragraph(words.handed_in(submission.turn, submission.at, submission.late_days))
    yield Table(_AREAS, list(_areas(view)))
    lost = [e for e in todo if e.outcome.points < e.outcome.max]
    if lost:
        yield Paragraph(words.NOT_FULL, "heading")
        yield Table(_LOST, [_lost(view, e) for e in lost])


def _open_section() -> Sequence[Block]:
    return (Paragraph(words.PROPOSALS, "heading"), Paragraph("…"))


def _areas(view: SheetView) -> Iterator[Row]:
    for position, area in enumerate(view.framework.areas, start=1):
        outcome = view.nodes[area.code]
        yield Row([str(position), area.name.vi, *_sums(outcome), exact(outcome.index)])
    whole = view.whole
    sums = [number(whole.applicable_max, VI), exact(whole.points), exact(whole.index)]
    yield Row(["", words.SUM, *sums], bold=True)


def _lost(view: SheetView, entry: Entry) -> Row:
    outcome, reason = entry.outcome, entry.outcome.reason
    why = reason_sentence(reason, entry.leaf, VI, decimals=view.framework.decimals) if reason else ""
    return Row([entry.leaf.code, entry.leaf.name.vi, exact(outcome.max - outcome.points), why])


def _rows(view: SheetView, evidence: Evidence) -> Iterator[Row]:
    """The whole tree in its order, then bonus and penalty, then the sum."""
    nodes = [node for root in view.framework.tree for node in root.walk()]
    for node in (*nodes, *(view.framework.leaves[code] for code in view.framework.extras)):
        yield _row(view, node, evidence)
    sums = [number(view.whole.applicable_max, VI), exact(view.whole.points)]
    yield Row(["", words.SUM, *sums, "", ""], bold=True)


def _row(view: SheetView, node: Node, evidence: Evidence) -> Row:
    if not node.is_leaf:
        return Row([node.code, node.name.vi, *_sums(view.nodes[node.code]), "", ""], bold=True)
    entry = view.entries[node.code]
    if entry.place is Place.NOT_ASSESSED:
        return Row([node.code, node.name.vi, "–", "–", words.UNANSWERED[entry.place], ""])
    if not entry.answer:
        held = exact(entry.outcome.points) if entry.place is Place.TODO else "–"
        most = number(entry.outcome.max, VI)
        return Row([node.code, node.name.vi, most, held, words.UNANSWERED[entry.place], ""])
    facts = answer_facts(node, entry.answer, VI)
    told = "; ".join(f"{label}: {value}" if label else value for label, value in facts)
    behind = "\n".join(filter(None, (*evidence.get(node.code, ()), entry.note.strip())))
    return Row([node.code, node.name.vi, *_sums(entry.outcome), told, behind])


def _sums(outcome: NodeOutcome) -> tuple[str, str]:
    return number(outcome.max, VI), exact(outcome.points)


def _evidence(rulings: Mapping[str, Ruling]) -> dict[str, list[str]]:
    """The documents that were handed in behind each leaf, in words. One query."""
    labels = labels_of({key for r in rulings.values() for _, key, _ in r.evidence})
    return {
        r.leaf: [f"{labels.get(key, key)}{f' ({page})' if page else ''}" for _, key, page in r.evidence]
        for r in rulings.values()
    }
