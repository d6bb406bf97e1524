"""A briefing as an administrative paper, in the layout of Decree 30/2020/NĐ-CP; from one revision, pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from parindex.apps.briefings.actions import addresses_below
from parindex.apps.briefings.models import Briefing, BriefingRevision
from parindex.apps.briefings.months import last_day
from parindex.apps.organisations.permissions import way_up
from parindex.core.papers import (
    Block,
    Column,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    abbreviation,
    head_of,
    issuing_body,
    place_of_issue,
)
from parindex.core.wording import briefings as words
from parindex.core.wording.notation import day


LETTERS = 11


@dataclass(frozen=True, slots=True)
class Known:
    """What the paper is made from: the briefing, a revision, and the names of units by their addresses."""

    briefing: Briefing
    revision: BriefingRevision
    names: Mapping[str, str]


def known_of(briefing: Briefing, revision: BriefingRevision) -> Known:
    """With the names of the units that conclusions may name."""
    return Known(briefing, revision, {k: u.name_vi for k, u in addresses_below(briefing.unit).items()})


def paper_of(known: Known) -> Paper:
    """The paper. The same knowledge, the same paper."""
    one = known.briefing
    unit, place = one.unit, way_up(one.unit)[-1]
    head = head_of(unit.name_vi)
    return Paper(
        issuer=issuing_body(unit.name_vi),
        parent=issuing_body(unit.parent.name_vi) if unit.parent else "",
        notation=f"BC-{abbreviation(unit.name_vi)}",
        number=one.number,
        on=one.issued_on,
        place=place_of_issue(place.name_vi),
        as_of=last_day(one.month),
        kind=words.KIND,
        about=words.about(one.month),
        body=list(_body(known)),
        recipients=[words.ARCHIVE],
        signatures=[Signature(head.lines, one.signer)],
        notice=words.invented(place.name_vi) if unit.illustrative else "",
    )


def _body(known: Known) -> Iterator[Block]:
    one = known.briefing
    yield Paragraph(words.opening(one.unit.name_vi, one.month, one.held_on))
    shown = [s for s in known.revision.sections if s["text"]]
    for k, section in enumerate(shown):
        yield Paragraph(f"{words.ROMAN[k]}. {words.SECTIONS[section['code']].vi}", "heading")
        for line in section["text"].split("\n"):
            if line:
                yield Paragraph(line)
        if section["code"] == "figures" and known.revision.figures:
            yield _figures(known)
    yield Paragraph(f"{words.ROMAN[len(shown)]}. {words.CONCLUSIONS}", "heading")
    yield _conclusions(known) if known.revision.conclusions else Paragraph(words.BLANK)


def _figures(known: Known) -> Table:
    widths = (34, 15, 15, 15, 15, 12)
    columns = [
        Column(head, width, "left" if k == 0 else "right")
        for k, (head, width) in enumerate(zip(words.FIGURE_HEADS, widths, strict=True))
    ]
    rows = [
        Row([f["name"], f["now"], f["before"], f["change"], f["goal"], words.MET[f["met"]]])
        for f in known.revision.figures
    ]
    return Table(columns, rows, LETTERS)


def _conclusions(known: Known) -> Table:
    columns = [
        Column(words.CONCLUSION_HEADS[0], 6, "centre"),
        Column(words.CONCLUSION_HEADS[1], 50),
        Column(words.CONCLUSION_HEADS[2], 26),
        Column(words.CONCLUSION_HEADS[3], 18, "centre"),
    ]
    rows = [
        Row([str(k), c["content"], known.names.get(c["unit"], c["unit"]), _due(c["due"])])
        for k, c in enumerate(known.revision.conclusions, start=1)
    ]
    return Table(columns, rows, LETTERS)


def _due(text: str) -> str:
    return day(date.fromisoformat(text), words.VI) if text else ""
