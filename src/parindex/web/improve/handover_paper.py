"""A hand-over table as a letter with its appendix, in the layout of administrative papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from parindex.apps.assessments.models import Round
from parindex.core.papers import (
    Appendix,
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
from parindex.core.wording import handover as words
from parindex.web.parts.files import Cell
from parindex.web.parts.templatetags.parts import points


LETTERS = 10  # points, in the table
UNIT, GROUP, NUMBER, TEXT = 34, 30, 12, 18  # shares of the width


def letter(
    round_: Round,
    name: str,
    *,
    title: str,
    note: str,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    on: date,
) -> Paper:
    """The letter. `name`: of the table in addresses; `on`: the day of what it says."""
    place = round_.territory.name_vi
    body = [Paragraph(words.handed(round_.title_vi, len(rows))), Paragraph(note)]
    if name in words.ASKED_BY:
        body.append(Paragraph(words.ASKED))
    return Paper(
        issuer=issuing_body(place),
        notation=abbreviation(place),
        place=place_of_issue(place),
        as_of=on,
        about=words.about(name, round_.year),
        body=body,
        to=[words.TO[name]],
        recipients=words.RECIPIENTS,
        signatures=[head_of(place)],
        appendices=[Appendix(words.APPENDIX, title, body=[_table(header, rows)], landscape=True)],
        notice=round_.note_vi if round_.territory.illustrative else "",
    )


def _table(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    columns = [Column(words.NUMBER, 6, "centre")]
    for k, head in enumerate(header):
        cells = [row[k] for row in rows]
        if any(isinstance(cell, int | Fraction) for cell in cells):
            columns.append(Column(head, NUMBER, "right"))
        else:
            columns.append(Column(head, UNIT if k == 0 else GROUP if k == 1 else TEXT))
    made = [Row([str(k), *map(_cell, row)]) for k, row in enumerate(rows, start=1)]
    return Table(columns, made, LETTERS)


def _cell(cell: Cell) -> str:
    """As the page has it: points with two decimals, a dash for what is not known."""
    return points(cell) if isinstance(cell, Fraction) else "–" if cell is None else str(cell)
