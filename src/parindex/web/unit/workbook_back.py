"""A sheet's workbook come back: what it would change cell by cell, what is wrong in which cell, and where
somebody saved another thing since it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.utils.translation import gettext, override

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.queries.sheets import Entry, SheetView, score_one
from parindex.apps.assessments.rules.sheets import Place, check_typed
from parindex.core.formats.workbooks import Rows
from parindex.core.kernel.assessment import UnitOutcome
from parindex.core.kernel.problems import Refused
from parindex.web.parts.sent_tables import CellRefused, Fault
from parindex.web.unit.fields import FieldRefused, fields_of, plain, said_in, same, unused
from parindex.web.unit.workbook import (
    CODE,
    HEAD_LINE,
    INPUT,
    KEY,
    NOTE,
    RowKey,
    digest,
    even,
    headings,
    read_key,
)


LETTER = {KEY: "A", CODE: "B", INPUT: "F", NOTE: "G"}
LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that was typed in: where, what it is, what stood in it and what stands now."""

    cell: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a leaf's rows would change.

    Attributes:
        cells: those that differ from what is kept now.
        conflict: somebody saved another thing since the file was made.
        points: what the leaf would give; None until everything is scored.
    """

    entry: Entry
    answer: str
    note: str
    cells: tuple[CellChange, ...]
    conflict: bool
    points: Fraction | None = None


@dataclass(slots=True)
class Back:
    """What came back: changes, faults, and the whole as it would be."""

    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    whole: UnitOutcome | None = None


@dataclass(slots=True)
class _Leaf:
    """A leaf's rows while they are read: the key of the first, lines and texts by cell, the note."""

    key: RowKey
    lines: dict[str, int] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def line(self) -> int:
        """The first."""
        return min(self.lines.values())


def read_back(rows: Rows, view: SheetView) -> Back:
    """Read a filled-in workbook; what nobody touched is neither a change nor a fault.

    Raises:
        Refused: ``workbook_not_sheet``, ``workbook_of_other_sheet``, ``workbook_of_other_set``,
            ``workbook_unchanged``.
    """
    body = [(line, [*cells, *[""] * (NOTE + 1 - len(cells))]) for line, cells in rows[HEAD_LINE:]]
    keys = {line: read_key(cells[KEY]) for line, cells in body}
    first = next((k for k in keys.values() if k), None)
    if first is None:
        raise Refused("workbook_not_sheet")
    _check_sheet(first, view)
    back = Back()
    wrong: list[tuple[int, CellRefused]] = []
    with override(first.language):
        for leaf in _leaves(body, keys, wrong, view=view).values():
            try:
                change = _change(leaf, view)
            except CellRefused as refused:
                wrong.append((leaf.line, refused))
            except FieldRefused as refused:
                wrong.append((leaf.lines[refused.key], CellRefused(LETTER[INPUT], refused.refusal)))
            else:
                back.changes += [change] if change else []
    back.faults = [refused.at(line) for line, refused in sorted(wrong, key=lambda w: w[0])]
    if not back.changes and not back.faults:
        raise Refused("workbook_unchanged")
    return back if back.faults else _scored(back, view)


def _check_sheet(key: RowKey, view: SheetView) -> None:
    """The file is this sheet's, by the set as it is now."""
    participant = view.participant
    if (key.round, key.unit) != (round_name(participant.round), participant.unit.code):
        raise Refused("workbook_of_other_sheet", unit=key.unit, round=key.round)
    if key.framework != participant.round.framework.content_hash[:16]:
        raise Refused("workbook_of_other_set")


def _leaves(
    body: Rows, keys: Mapping[int, RowKey | None], wrong: list[tuple[int, CellRefused]], *, view: SheetView
) -> dict[str, _Leaf]:
    """Rows by leaf; a row that is none of the file's own, and has something typed in it, is a fault."""
    found: dict[str, _Leaf] = {}
    heading = headings()[INPUT]
    for line, cells in body:
        key = keys[line]
        if key is None:
            if (cells[INPUT] or cells[NOTE]) and cells[INPUT] != heading:
                wrong.append((line, CellRefused(LETTER[KEY], Refused("row_key_broken"))))
            continue
        try:
            _check_sheet(key, view)
            leaf = found.setdefault(key.leaf, _Leaf(key))
            if key.field in leaf.lines:
                name = view.participant.name_vi
                raise Refused("row_twice", leaf=key.leaf, unit=name)
        except Refused as refusal:
            wrong.append((line, CellRefused(LETTER[KEY], refusal)))
        else:
            leaf.lines[key.field], leaf.cells[key.field] = line, cells[INPUT]
            leaf.note = leaf.note or cells[NOTE]
    return found


def _change(leaf: _Leaf, view: SheetView) -> Change | None:
    """What a leaf's rows would change; None where nobody touched them, or they say what is kept already.

    Raises:
        CellRefused, FieldRefused: what was typed cannot be kept.
    """
    entry = view.entries.get(leaf.key.leaf)
    if entry is None:
        raise CellRefused(LETTER[KEY], Refused("leaf_unknown", leaf=leaf.key.leaf))
    node = entry.leaf
    kinds = {f.key: f.kind for f in fields_of(node, "")}
    cells = {k: plain(kinds.get(k, "number"), text) for k, text in leaf.cells.items()}
    answer, note = said_in(node, cells), even(leaf.note)
    if digest(node, answer, note) == leaf.key.digest:
        return None
    _check(leaf, view, entry=entry, answer=answer)
    kept_note = entry.note if note == even(entry.note) else note
    answer = entry.answer if answer == same(node, entry.answer) else answer
    if (answer, kept_note) == (entry.answer, entry.note):
        return None
    differing = tuple(_cells(leaf, entry, cells, note=note))
    return Change(entry, answer, kept_note, differing, conflict=leaf.key.version != entry.version)


def _check(leaf: _Leaf, view: SheetView, *, entry: Entry, answer: str) -> None:
    """That the unit may say this, and that every filled-in cell is part of it.

    Raises:
        CellRefused, FieldRefused: at the cell.
    """
    node = entry.leaf
    if entry.place not in (Place.TODO, Place.CLAIM):
        raise CellRefused(LETTER[KEY], Refused("leaf_not_yours", leaf=node.code))
    missing = {f.key for f in fields_of(node, "")} - set(leaf.cells)
    if missing:
        raise CellRefused(LETTER[KEY], Refused("leaf_rows_missing", leaf=node.code, count=len(missing)))
    if len(leaf.note) > LONGEST_NOTE:
        raise CellRefused(LETTER[NOTE], Refused("note_too_long", limit=LONGEST_NOTE))
    filled = next((k for k, text in leaf.cells.items() if text), min(leaf.cells, key=leaf.lines.__getitem__))
    try:
        check_typed(view.framework, view.participant, node, text=answer)
    except Refused as refusal:
        raise FieldRefused(filled, refusal) from None
    lost = unused(node, answer, leaf.cells)
    if lost:
        raise FieldRefused(lost[0], Refused("cell_unused"))


def _cells(leaf: _Leaf, entry: Entry, cells: Mapping[str, str], *, note: str) -> list[CellChange]:
    """The cells that differ from what is kept now, in the order of the file."""
    stood = {f.key: f for f in fields_of(entry.leaf, entry.answer)}
    labels = {f.key: f.label for f in fields_of(entry.leaf, "")}
    found = []
    for key, line in sorted(leaf.lines.items(), key=lambda kept: kept[1]):
        before = plain(stood[key].kind, stood[key].text) if key in stood else ""
        if before != cells[key]:
            label = labels.get(key) or gettext("Tỷ lệ phần trăm")
            found.append(CellChange(f"{LETTER[INPUT]}{line}", label, before, cells[key]))
    if note != even(entry.note):
        cell = f"{LETTER[NOTE]}{leaf.line}"
        found.append(CellChange(cell, gettext("Thuyết minh"), even(entry.note), note))
    return found


def _scored(back: Back, view: SheetView) -> Back:
    """Every change with the points it would give, and the sheet as a whole with all of them."""
    written = {code: (e.answer, "", "") for code, e in view.entries.items()}
    new = {c.entry.leaf.code: (c.answer, "", "") for c in back.changes}
    assessment = score_one(view.framework, view.participant, written | new)
    nodes = assessment.nodes(0)
    back.changes = [replace(c, points=nodes[c.entry.leaf.code].points) for c in back.changes]
    back.whole = assessment.units[0]
    return back
