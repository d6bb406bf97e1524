"""What the columns of a plan's table of tasks are, by the words of their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from parindex.core.formats.folded import folded
from parindex.core.formats.table_grids import GridRow, TableGrid


LONGEST_HEADING = 160
HEADINGS_WITHIN = 40  # rows at the top of a table or sheet among which the headings stand
MOST_HEADING_ROWS = 3


class Field(StrEnum):
    """What a column may be."""

    NUMBER = "number"
    AREA = "area"
    CONTENT = "content"
    OUTPUT = "output"
    LEAD = "lead"
    COORDINATING = "coordinating"
    PERSON = "person"
    START = "start"
    DUE = "due"
    CRITERION = "criterion"


TELLING = frozenset({Field.OUTPUT, Field.LEAD, Field.COORDINATING, Field.PERSON, Field.DUE, Field.START})
_WORDS: tuple[tuple[str, Field | None], ...] = (
    (r"\b(?:stt|so tt|so thu tu)\b|^tt$|^so$", Field.NUMBER),
    (r"ghi chu|kinh phi|du toan|nguon von|ket qua (?:thuc hien|den nay)|danh gia", None),
    (r"chu tri", Field.LEAD),
    (r"phoi hop", Field.COORDINATING),
    (r"lanh dao", None),
    (r"\b(?:nguoi|can bo|cong chuc|chuyen vien|ca nhan)\b", Field.PERSON),
    (r"bat dau|tu ngay|khoi dong", Field.START),
    (r"san pham|ket qua|dau ra", Field.OUTPUT),
    (r"thoi gian|thoi han|thoi diem|hoan thanh|tien do|lo trinh|ket thuc|den ngay|^han\b", Field.DUE),
    (r"(?:don vi|co quan|bo phan|phong|to chuc).*(?:thuc hien|phu trach|tham muu|chiu trach)", Field.LEAD),
    (r"trach nhiem|phan cong|dau moi|^don vi$|^co quan(?:[ ,/]+don vi)?$|^thuc hien$", Field.LEAD),
    (r"tieu chi\b", Field.CRITERION),
    (r"linh vuc", Field.AREA),
    (r"noi dung|nhiem vu|cong viec|hoat dong|giai phap", Field.CONTENT),
    (r"muc tieu|nhom", Field.AREA),
)
_PATTERNS = tuple((re.compile(pattern), field) for pattern, field in _WORDS)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its heading in one line, and what it is proposed to be; None where it is left aside."""

    text: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a table: the positions of their first and last row in it, and the columns."""

    first: int
    last: int
    columns: Sequence[Heading]


def field_of(heading: str, last: str = "") -> Field | None:
    """What a heading says; `last` is its lowest line, which counts first (“Thời gian” over “Bắt đầu”)."""
    for said in (folded(last), folded(heading)):
        for pattern, field in _PATTERNS if said else ():
            if pattern.search(said):
                return field
    return None


def head_of(grid: TableGrid) -> Head | None:
    """The headings of a table of tasks; None where it is none.

    Such a table has a column of contents and at least one that tells what comes of them, who or when.
    """
    best: tuple[int, Head] | None = None
    for first in range(min(len(grid.rows), HEADINGS_WITHIN)):
        last = _last_row(grid.rows, first)
        columns = _columns(grid.rows[first : last + 1], grid.width)
        fields = {column.field for column in columns if column.field}
        score = len(fields)
        is_head = Field.CONTENT in fields and fields & TELLING
        if is_head and (best is None or score > best[0]):
            best = (score, Head(first, last, columns))
    return best[1] if best else None


def _last_row(rows: Sequence[GridRow], first: int) -> int:
    """The last row of headings that begin in a row: those below that share a cell with it, or stand under
    one that covers several columns."""
    last = first
    while last + 1 < len(rows) and last + 1 - first < MOST_HEADING_ROWS:
        here, below = rows[last], rows[last + 1]
        if not (_shares(here, below) or _fills_groups(here, below)):
            break
        last += 1
    return last


def _shares(one: GridRow, other: GridRow) -> bool:
    return any(a == b for a, b in zip(one.owners, other.owners, strict=False))


def _fills_groups(here: GridRow, below: GridRow) -> bool:
    """Whether the row below holds something only under cells that cover several columns."""
    grouped = {k for k, owner in enumerate(here.owners) if here.owners.count(owner) > 1}
    filled = {k for k, text in enumerate(below.texts) if text}
    return bool(filled) and filled <= grouped and len(set(here.owners)) > 1


def _columns(rows: Sequence[GridRow], width: int) -> list[Heading]:
    """The headings of some rows, each field once: the first column that is it."""
    found: list[Heading] = []
    taken: set[Field] = set()
    for column in range(width):
        lines: list[str] = []
        for row in rows:
            text = " ".join(row.texts[column].split()) if column < len(row.texts) else ""
            if text and text not in lines:
                lines.append(text)
        whole = " – ".join(lines)
        is_short = len(whole) <= LONGEST_HEADING
        field = field_of(whole, lines[-1]) if lines and is_short else None
        if field in taken:
            field = None
        elif field is not None:
            taken.add(field)
        found.append(Heading(whole[:LONGEST_HEADING], field))
    return found
