"""The matrix units × criteria as a workbook, to be filled in away from the site and brought back.

The first sheet has a unit a row and a criterion a column: ``x`` is assessed, a blank cell is not, ``–`` is
what the criteria set does not have for the unit. The second gives the reason of every blank cell; a reason
without a unit holds for all units, one without a criterion for all criteria of the unit. Rows and columns
that are missing change nothing, and their order does not matter.
"""

from __future__ import annotations

import io
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parindex.apps.assessments.models import Ruling
from parindex.apps.assessments.queries.matrix import Matrix, UnitLine
from parindex.apps.assessments.rules.matrix import check_reason
from parindex.core.formats.registers import letters
from parindex.core.formats.workbooks import Rows, xlsx_rows
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import Fault, words_of, workbook_rows
from parindex.web.parts.templatetags.parts import said


MATRIX, REASONS = Text("Ma trận", "Matrix"), Text("Lý do", "Reasons")
HEAD = (Text("Mã đơn vị", "Unit code"), Text("Đơn vị", "Unit"), Text("Khối", "Group"))
REASON_HEAD = (Text("Mã tiêu chí", "Criterion"), Text("Mã đơn vị", "Unit code"), Text("Lý do", "Reason"))
NAMES = Text("# Tên tiêu chí", "# Name of the criterion")
YES, OUTSIDE = "x", "–"
NO_ONE = frozenset({OUTSIDE, "-", "—"})
FAULTS = 200
Place = tuple[str, str]


def matrix_book(matrix: Matrix) -> bytes:
    """The file: what applies, and why something does not."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        names = book.add_format({"text_wrap": True, "valign": "top", "italic": True, "bottom": 1})
        cell = book.add_format({"align": "center"})
        blank = book.add_format({"align": "center", "bg_color": "#FFF3CD"})
        outside = book.add_format({"align": "center", "font_color": "#888888", "bg_color": "#F2F2F2"})
        sheet = book.add_worksheet(said(MATRIX))
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 2, 28)
        sheet.set_column(len(HEAD), len(HEAD) + len(matrix.leaves) - 1, 8)
        sheet.write_row(0, 0, [said(t) for t in HEAD] + list(matrix.leaves), head)
        sheet.write_row(1, 0, [said(NAMES), "", "", *(said(n.name) for n in matrix.leaves.values())], names)
        for k, line in enumerate(matrix.lines, start=2):
            who = line.participant
            sheet.write_row(k, 0, [who.unit.code, said(who.name), said(who.group.name)])
            for column, code in enumerate(matrix.leaves, start=len(HEAD)):
                text = mark(line, code)
                style = outside if text == OUTSIDE else cell if text else blank
                sheet.write_string(k, column, text, style)
        sheet.freeze_panes(2, len(HEAD))
        reasons = book.add_worksheet(said(REASONS))
        reasons.write_row(0, 0, [said(t) for t in REASON_HEAD], head)
        reasons.set_column(0, 1, 18)
        reasons.set_column(2, 2, 80)
        for k, row in enumerate(_reasons(matrix), start=1):
            reasons.write_row(k, 0, row)
        reasons.freeze_panes(1, 0)
    return out.getvalue()


def mark(line: UnitLine, leaf: str) -> str:
    """What stands in a cell."""
    if leaf not in line.applied:
        return OUTSIDE
    return "" if leaf in line.left_out else YES


def _reasons(matrix: Matrix) -> Iterator[list[str]]:
    for line in matrix.lines:
        for leaf, why in line.left_out.items():
            yield [leaf, line.participant.unit.code, reason_of(why)]


def reason_of(why: Ruling | str) -> str:
    """Why something is not assessed: as it was ruled, or as it is planned."""
    return why.reason if isinstance(why, Ruling) else why


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs: where, whose, what; the reason before and after, None where it is assessed."""

    cell: str
    line: UnitLine
    leaf: Node
    before: str | None
    after: str | None


@dataclass
class Sent:
    """What a file says: every cell that differs from the matrix, and what is wrong with it, by cell."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, cell: str, wrong: Refused) -> None:
        """One more thing that is wrong, up to a number that a person can read."""
        if len(self.faults) < FAULTS:
            self.faults.append(Fault(cell, words_of(wrong)))


def read_matrix_book(content: bytes, file: str, matrix: Matrix) -> Sent:
    """A filled-in file against the matrix as it stands. Nothing is changed by reading.

    Raises:
        FileRefused: it is no workbook that can be read. Refused ``matrix_of_other_form``.
    """
    rows = workbook_rows(content, file)
    if not rows or not rows[0][1] or not _is(rows[0][1][0], HEAD[0]):
        raise Refused("matrix_of_other_form", head=HEAD[0].in_(language()))
    sent = Sent()
    reader = _Reader(matrix, _reasons_in(xlsx_rows(content, file, sheet=1), matrix, sent), sent)
    reader.read_head(rows[0][1])
    for number, cells in rows[1:]:
        if any(cells) and not cells[0].startswith("#"):
            reader.read_line(number, cells)
    return sent


def _is(text: str, heading: Text) -> bool:
    return text.strip().casefold() in {heading.vi.casefold(), heading.en.casefold()}


class _Reader:
    """The first sheet, row by row."""

    def __init__(self, matrix: Matrix, reasons: Mapping[Place, tuple[str, str]], sent: Sent) -> None:
        self.matrix, self.reasons, self.sent = matrix, reasons, sent
        self.lines = {line.participant.unit.code: line for line in matrix.lines}
        self.columns: dict[int, str] = {}
        self.headed: frozenset[int] = frozenset()
        self.seen: dict[str, str] = {}

    def read_head(self, head: Sequence[str]) -> None:
        """Which criterion each column is about."""
        first: dict[str, str] = {}
        self.headed = frozenset(k for k, text in enumerate(head) if text.strip() or k < len(HEAD))
        for k, text in enumerate(head):
            code, cell = text.strip(), f"{letters(k)}1"
            if k < len(HEAD) or not code:
                continue
            if code not in self.matrix.leaves:
                self.sent.fault(cell, Refused("leaf_unknown", leaf=code[:40]))
            elif code in first:
                self.sent.fault(cell, Refused("matrix_twice", code=code, cell=first[code]))
            else:
                first[code], self.columns[k] = cell, code

    def read_line(self, number: int, cells: Sequence[str]) -> None:
        """One unit's row."""
        code = cells[0].strip()
        stray = next((k for k, text in enumerate(cells) if text.strip() and k not in self.headed), None)
        if stray is not None:
            self.sent.fault(f"{letters(stray)}{number}", Refused("matrix_beyond"))
        if code not in self.lines:
            self.sent.fault(f"A{number}", Refused("unit_code_unknown", unit=code[:60] or "–"))
        elif code in self.seen:
            self.sent.fault(f"A{number}", Refused("matrix_twice", code=code, cell=self.seen[code]))
        else:
            self.seen[code] = f"A{number}"
            for k, leaf in self.columns.items():
                text = cells[k].strip() if k < len(cells) else ""
                self._read_cell(f"{letters(k)}{number}", text, line=self.lines[code], leaf=leaf)

    def _read_cell(self, place: str, text: str, *, line: UnitLine, leaf: str) -> None:
        """One cell: ``x``, blank with a reason, or the mark of what the set does not have."""
        unit, name = line.participant.unit.code, line.participant.name_vi
        if leaf not in line.applied:
            if text and text not in NO_ONE:
                self.sent.fault(place, Refused("leaf_not_for_unit", leaf=leaf, unit=name))
            return
        if text and text.casefold() != YES:
            self.sent.fault(place, Refused("matrix_cell_unreadable", text=text[:40]))
            return
        before = reason_of(line.left_out[leaf]) if leaf in line.left_out else None
        own = self.reasons.get((leaf, unit))
        found = own or self.reasons.get((leaf, "")) or self.reasons.get(("", unit))
        if text and own:
            self.sent.fault(own[1], Refused("matrix_reason_unused", leaf=leaf, unit=name))
        elif not text and found is None:
            self.sent.fault(
                place, Refused("matrix_reason_missing", leaf=leaf, unit=name, sheet=said(REASONS))
            )
        else:
            after = None if text or found is None else found[0]
            if before != after:
                self.sent.changes.append(Change(place, line, self.matrix.leaves[leaf], before, after))


def _reasons_in(rows: Rows, matrix: Matrix, sent: Sent) -> dict[Place, tuple[str, str]]:
    """The second sheet: why cells are blank, by criterion and unit ("" for all), and where it says so."""
    units = {line.participant.unit.code for line in matrix.lines}
    found: dict[Place, tuple[str, str]] = {}
    sheet = said(REASONS)
    heads = zip([*rows[0][1], "", "", ""], REASON_HEAD, strict=False) if rows else ()
    if not all(_is(text, head) for text, head in heads):
        sent.fault(
            f"{sheet}!A1", Refused("matrix_reason_head", heads="; ".join(said(t) for t in REASON_HEAD))
        )
        return found
    for number, cells in rows[1:]:
        leaf, unit, why, *beyond = (text.strip() for text in [*cells, "", "", ""])
        column, wrong = _wrong_reason(leaf, unit, why, known=(matrix.leaves, units))
        if any(beyond):
            column, wrong = "D", Refused("matrix_beyond")
        elif (leaf, unit) in found:
            code = " ".join(filter(None, (leaf, unit)))
            column, wrong = "A", Refused("matrix_twice", code=code, cell=found[leaf, unit][1])
        if wrong is not None:
            sent.fault(f"{sheet}!{column}{number}", wrong)
        elif why:
            found[leaf, unit] = why, f"{sheet}!C{number}"
    return found


def _wrong_reason(
    leaf: str, unit: str, why: str, *, known: tuple[Container[str], Container[str]]
) -> tuple[str, Refused | None]:
    """What is wrong in a row of the second sheet, and in which column; an empty row is not."""
    leaves, units = known
    if not (leaf or unit or why):
        return "", None
    if leaf and leaf not in leaves:
        return "A", Refused("leaf_unknown", leaf=leaf[:40])
    if unit and unit not in units:
        return "B", Refused("unit_code_unknown", unit=unit[:60])
    if not (leaf or unit):
        return "A", Refused("matrix_reason_of_nothing")
    try:
        check_reason(why)
    except Refused as refusal:
        return "C", refusal
    return "", None
