"""The list of proposed commendations as a submission, in the layout of Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from parindex.apps.briefings.models import Campaign, Commendation, CommendationRevision
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
from parindex.core.wording import emulation as words
from parindex.core.wording.briefings import invented


LETTERS = 12


def paper_of(campaign: Campaign, commendation: Commendation, revision: CommendationRevision) -> Paper:
    """The paper: of the rows that people have taken, and no other."""
    unit, place = campaign.unit, way_up(campaign.unit)[-1]
    taken = [row for row in revision.rows if row["taken"]]
    return Paper(
        issuer=issuing_body(unit.name_vi),
        parent=issuing_body(unit.parent.name_vi) if unit.parent else "",
        notation=f"TTr-{abbreviation(unit.name_vi)}",
        number=commendation.number,
        on=commendation.issued_on,
        place=place_of_issue(place.name_vi),
        as_of=campaign.end,
        kind=words.KIND,
        about=words.about(campaign.name),
        body=list(_body(campaign, taken)),
        recipients=[words.ARCHIVE],
        signatures=[Signature(head_of(unit.name_vi).lines, commendation.signer)],
        notice=invented(place.name_vi) if unit.illustrative else "",
    )


def _body(campaign: Campaign, taken: Sequence[dict[str, Any]]) -> Iterator[Block]:
    yield Paragraph(words.opening(campaign.name, issuing_body(campaign.unit.name_vi)))
    for title, kind, heads in (
        ("I. TẬP THỂ", "unit", words.HEADS_UNITS),
        ("II. CÁ NHÂN", "person", words.HEADS_PERSONS),
    ):
        yield Paragraph(title, "heading")
        rows = [row for row in taken if row["kind"] == kind]
        yield _table(heads, rows) if rows else Paragraph(words.NOTHING)
    yield Paragraph(words.DECIDED)


def _table(heads: Sequence[str], rows: Sequence[dict[str, Any]]) -> Table:
    columns = [
        Column(heads[0], 6, "centre"),
        Column(heads[1], 30),
        Column(heads[2], 38),
        Column(heads[3], 26),
    ]
    shown = [Row([str(k), row["name"], row["grounds"], row["form"]]) for k, row in enumerate(rows, start=1)]
    return Table(columns, shown, LETTERS)
