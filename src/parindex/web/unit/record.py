"""The appraisal record of a unit: every criterion with what each step gave, why, and by which documents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from hashlib import sha256

from parindex.apps.assessments.actions.sheets import paper_code
from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Assignment, EvidenceLink, Participant, Round, Ruling, Submission
from parindex.apps.assessments.permissions import assignment_of, lead_for
from parindex.apps.assessments.queries import STAGES, assignments_of
from parindex.apps.assessments.queries.evidence import evidence_of_many
from parindex.apps.assessments.queries.explanations import Dispute, leaves_of
from parindex.apps.assessments.queries.submitted import handed_in
from parindex.apps.results.stages import SHOWN, RoundBook, book_of
from parindex.core.kernel.assessment import NodeOutcome
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.time import legal_date
from parindex.core.papers import (
    Appendix,
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    issuing_body,
    place_of_issue,
)
from parindex.core.papers.paper import Align
from parindex.core.wording import record as words
from parindex.core.wording.notation import number
from parindex.core.wording.reasons import reason_sentence
from parindex.core.wording.record import VI


LETTERS = 11  # points, in tables


@dataclass(frozen=True)
class Recorded:
    """What a unit's record is made from."""

    participant: Participant
    book: RoundBook
    leaves: Sequence[Dispute]
    evidence: Mapping[str, Sequence[EvidenceLink]]
    assignments: Sequence[Assignment]
    submission: Submission | None

    @cached_property
    def shown(self) -> Sequence[Ruling.Stage]:
        """The steps at which anything was ruled in the round so far."""
        begun = {row.order[0] for row in self.book.rows}
        return [stage for stage in SHOWN if STAGES.index(stage) in begun] or SHOWN[-1:]

    @property
    def framework(self) -> Framework:
        """The set in force."""
        return self.book.framework

    def node(self, stage: str, code: str) -> NodeOutcome:
        """One node as it stood at a stage."""
        return self.book.stages[stage].node(self.book.at[self.participant.pk], code)


def recorded_of(round_: Round, participants: Sequence[Participant]) -> list[Recorded]:
    """What the records of some participants of a round need. A fixed number of queries."""
    book, assignments = book_of(round_), assignments_of(round_)
    keys = [p.pk for p in participants]
    leaves: dict[int, list[Dispute]] = {pk: [] for pk in keys}
    for one in leaves_of(participants):
        leaves[one.participant.pk].append(one)
    evidence = evidence_of_many(keys)
    submissions = handed_in(participants)
    return [
        Recorded(p, book, leaves[p.pk], evidence.get(p.pk, {}), assignments, submissions.get(p.pk))
        for p in participants
    ]


def record_of(said: Recorded, *, ranked: bool, at: datetime) -> Paper:
    """The paper.

    Args:
        ranked: with grade and rank, which follow from the whole group and wait for the round's end.
        at: when it is drawn up. Raises TableRefused where an answer cannot be scored.
    """
    participant = said.participant
    round_, name = participant.round, participant.name_vi
    return Paper(
        issuer=words.ISSUER,
        parent=issuing_body(round_.territory.name_vi),
        notation=words.NOTATION,
        place=place_of_issue(round_.territory.name_vi),
        as_of=legal_date(at),
        kind=words.KIND,
        about=words.about(round_.year, name),
        body=list(_body(said, ranked=ranked, at=at)),
        signatures=[Signature((line,)) for line in words.SIGNERS],
        code=_code(said),
        appendices=[Appendix(*words.APPENDIX, body=[_leaves(said)], landscape=True, attached=True)],
        notice=" ".join(round_.note_vi.split()) if participant.unit.illustrative else "",
    )


def _code(said: Recorded) -> str:
    """What ties the paper to what was ruled: every ruling on the unit's criteria so far, and the set."""
    at = said.book.at[said.participant.pk]
    rows = [[row.leaf, *row.order, *row.written] for row in said.book.rows if row.unit == at]
    told = [round_name(said.participant.round), said.participant.unit.code, rows]
    return paper_code(sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest())


def _columns(heads: Sequence[str], *widths: tuple[int, Align]) -> list[Column]:
    return [Column(head, width, align) for head, (width, align) in zip(heads, widths, strict=True)]


_CHANGED = _columns(
    words.CHANGED_HEADS, (8, "left"), (34, "left"), (10, "right"), (10, "right"), (40, "left")
)


def _points_columns(said: Recorded, before: Sequence[Column], after: Sequence[Column]) -> list[Column]:
    """A column for each step between others."""
    return [*before, *(Column(words.STAGES[stage], 11, "right") for stage in said.shown), *after]


def _areas(said: Recorded) -> Table:
    before = _columns(words.AREA_HEADS[:3], (6, "centre"), (38, "left"), (10, "right"))
    after = _columns(words.AREA_HEADS[3:], (11, "right"))
    return Table(_points_columns(said, before, after), list(_area_rows(said)), LETTERS)


def _leaves(said: Recorded) -> Table:
    before = _columns(words.LEAF_HEADS[:3], (8, "left"), (30, "left"), (9, "right"))
    after = _columns(words.LEAF_HEADS[3:], (46, "left"), (28, "left"))
    return Table(_points_columns(said, before, after), list(_rows(said)), LETTERS)


def _body(said: Recorded, *, ranked: bool, at: datetime) -> Iterator[Block]:
    round_, submission = said.participant.round, said.submission
    general, steps, areas, changed, opinions = words.HEADINGS
    yield Paragraph(general, "heading")
    yield Paragraph(words.unit(said.participant.name_vi, said.participant.group.name_vi))
    yield Paragraph(words.framework(said.framework.title.vi, round_.framework.content_hash))
    yield Paragraph(_handed_in(submission))
    yield Paragraph(words.bodies(_bodies(said)))
    yield Paragraph(words.as_of(at))
    yield Paragraph(steps, "heading")
    yield _stages(said, ranked=ranked)
    yield Paragraph(areas, "heading")
    yield _areas(said)
    yield Paragraph(changed, "heading")
    yield from _changed(said)
    yield Paragraph(opinions, "heading")
    yield Paragraph(words.OPINION)


def _handed_in(submission: Submission | None) -> str:
    if submission is None:
        return words.NOT_HANDED_IN
    return words.handed_in(
        submission.turn,
        submission.at,
        late=submission.late_days,
        signed=submission.report_number,
        on=submission.report_date,
    )


def _bodies(said: Recorded) -> list[tuple[str, list[str]]]:
    """Each body that appraises the unit with the nodes that it was given, in their order."""
    names = {a.lead_id: a.lead.name_vi for a in said.assignments}
    names |= {a.stand_in.pk: a.stand_in.name_vi for a in said.assignments if a.stand_in}
    found: dict[int, list[str]] = {}
    for leaf in said.framework.leaves:
        part = assignment_of(said.assignments, said.framework, participant=said.participant, leaf=leaf)
        lead = lead_for(part, said.participant) if part else None
        if part is not None and lead is not None and part.node not in found.setdefault(lead, []):
            found[lead].append(part.node)
    return [(names[lead], codes) for lead, codes in found.items()]


def _stages(said: Recorded, *, ranked: bool) -> Table:
    """Points and index at each step; grade and rank where they may be told."""
    unit = said.book.at[said.participant.pk]
    heads = [*words.STAGE_HEADS, *(words.RANKED_HEADS if ranked else ())]
    percent = "%" if said.framework.index.policy != "total" else ""
    rows = []
    for stage in said.shown:
        out = said.book.stages[stage].units[unit]
        index = words.points(out.index) + (percent if out.index is not None else "")
        cells = [words.STAGES[stage], words.points(out.points), number(out.applicable_max, VI), index]
        if ranked:
            cells += [out.grade.name.vi if out.grade else words.DASH, str(out.rank or words.DASH)]
        rows.append(Row(cells, bold=stage == said.shown[-1]))
    return Table([Column(h, 1, "right" if k else "left") for k, h in enumerate(heads)], rows, LETTERS)


def _area_rows(said: Recorded) -> Iterator[Row]:
    for position, area in enumerate(said.framework.areas, start=1):
        nodes = [said.node(stage, area.code) for stage in said.shown]
        points = [words.points(n.points) for n in nodes]
        most, rate = number(nodes[-1].max, VI), words.points(nodes[-1].index)
        yield Row([str(position), area.name.vi, most, *points, rate])


def _changed(said: Recorded) -> Iterator[Block]:
    """How what stands differs from the self-assessment, and where."""
    own = Ruling.Stage.SELF.value
    moved = [d for d in said.leaves if own in d.points and d.points[own] != d.now]
    down = [d.points[own] - d.now for d in moved if d.now < d.points[own]]
    up = [d.now - d.points[own] for d in moved if d.now > d.points[own]]
    yield Paragraph(
        words.compared(len(down), sum(down, Fraction(0)), raised=len(up), gained=sum(up, Fraction(0)))
    )
    cases = [d for d in said.leaves if d.case is not None]
    yield Paragraph(words.explained(len(cases), sum(_moved_after(d) for d in cases)))
    if moved:
        rows = [
            Row(
                [
                    d.leaf.code,
                    d.leaf.name.vi,
                    words.points(d.points[own]),
                    words.points(d.now),
                    d.standing.reason.strip() if d.standing else "",
                ]
            )
            for d in moved
        ]
        yield Table(_CHANGED, rows, LETTERS)


def _moved_after(one: Dispute) -> bool:
    """Whether the reply to an explanation, or the council, gave other points than the first appraisal."""
    before = one.points.get(Ruling.Stage.APPRAISED.value, one.points.get(Ruling.Stage.SELF.value))
    return before is not None and one.now != before


def _rows(said: Recorded) -> Iterator[Row]:
    """The whole tree in its order, then bonus and penalty, then the sums."""
    leaves = {d.leaf.code: d for d in said.leaves}
    nodes = [node for root in said.framework.tree for node in root.walk()]
    for node in nodes:
        yield _leaf(said, leaves[node.code]) if node.is_leaf else _node(said, node)
    for code in said.framework.extras:
        yield _leaf(said, leaves[code])
    unit = said.book.at[said.participant.pk]
    outs = [said.book.stages[stage].units[unit] for stage in said.shown]
    sums = [number(outs[-1].applicable_max, VI), *(words.points(o.points) for o in outs)]
    yield Row(["", words.SUM, *sums, "", ""], bold=True)


def _node(said: Recorded, node: Node) -> Row:
    outs = [said.node(stage, node.code) for stage in said.shown]
    points = [words.points(o.points) for o in outs]
    return Row([node.code, node.name.vi, number(outs[-1].max, VI), *points, "", ""], bold=True)


def _leaf(said: Recorded, one: Dispute) -> Row:
    """What each step gave, where somebody ruled at it; all reasons; the documents attached."""
    now = said.book.now.node(said.book.at[said.participant.pk], one.leaf.code)
    name = [one.leaf.code, one.leaf.name.vi]
    if not now.max and one.leaf.code in said.framework.nodes:
        return Row([*name, words.DASH, *[words.DASH] * len(said.shown), words.NOT_ASSESSED, ""])
    points = [words.points(one.points.get(stage.value)) for stage in said.shown]
    if not any(stage.value in one.points for stage in said.shown):
        points[-1] = words.points(now.points)
    documents = [_cited(link) for link in said.evidence.get(one.leaf.code, ())]
    most = number(one.leaf.max_for(said.participant.type), VI)
    return Row([*name, most, *points, "\n".join(_why(said, one, now)), "\n".join(documents)])


def _why(said: Recorded, one: Dispute, now: NodeOutcome) -> Iterator[str]:
    """The rule's own reason for what stands, then who said what at which step."""
    if now.reason is not None:
        yield reason_sentence(now.reason, one.leaf, VI, decimals=said.framework.decimals)
    for stage in (Ruling.Stage.APPRAISED, Ruling.Stage.EXPLAINED, Ruling.Stage.COUNCIL):
        if stage is Ruling.Stage.EXPLAINED and one.case is not None:
            for statement in one.case.statements.all():
                if statement.party == statement.Party.UNIT and statement.text.strip():
                    yield words.stated(" ".join(statement.text.split()))
        ruling = one.rulings.get(stage.value)
        if ruling is not None and ruling.reason.strip():
            yield words.said_at(stage.value, " ".join(ruling.reason.split()))


def _cited(link: EvidenceLink) -> str:
    return f"{link.document.label}{f' ({link.page})' if link.page else ''}"
