"""What a paper says, as plain data; how it looks is the decree's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK = "…"
LOST = "(không còn đọc được tệp ảnh)"
COMMITTEE = "Ủy ban nhân dân"
KEPT_CONTROLS = "\n\t"
_CODE = re.compile(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}\b")

Role = Literal["text", "heading", "ground", "centre"]
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        text: plain; a line break is kept.
        role: running text; heading of a section; a legal ground (căn cứ, in italics); a centred line.
        lead: printed in bold before the text: ``Điều 1.``
    """

    text: str
    role: Role = "text"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head, its share of the width, and how its cells stand."""

    head: str
    width: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row; sums and areas are in bold."""

    cells: Sequence[str]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with lines; its head is repeated on every page. `size`: of its letters, in points."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    size: int = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with what is printed below it.

    Attributes:
        name: unlike that of any other content: some signs of its hash, fewer than 24.
        content: JPEG; None where it is lost: then only the caption stands, and says so.
        text: what it shows, for whoever cannot see it.
    """

    name: str
    content: bytes | None = field(repr=False)
    caption: str
    text: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures, two beside each other; none is torn from its caption."""

    items: Sequence[Picture]


Block = Paragraph | Table | Pictures


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: authority and position in lines (``TM. ỦY BAN NHÂN DÂN``, ``CHỦ TỊCH``), and the name, empty
    until it is known."""

    lines: Sequence[str]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix (phụ lục), on pages of its own; a wide table lies on its side. `attached`: says below its
    name which paper it belongs to."""

    title: str
    about: str
    body: Sequence[Block]
    landscape: bool = False
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """An administrative paper.

    Attributes:
        issuer: the body that issues it (cơ quan ban hành); `parent`: the one above it (cơ quan chủ quản).
        notation: after the number, ``BC-SYT``; `number` stays empty until it is given.
        place: where it is issued; `on`: its date, None until it is given.
        as_of: the day of what it says; its year stands in a date not yet given, and the files carry it.
        kind: name of the kind (``BÁO CÁO``); empty for a letter, whose subject then stands under its number.
        about: what it is about (trích yếu).
        to: whom a letter or a submission is for (kính gửi).
        recipients: who gets a copy (nơi nhận), the archive last.
        signatures: one, or those of minutes beside each other.
        code: printed at the foot of every page; ties the paper to data. Empty: none.
        notice: printed beside it, such as that the data are illustrative.
    """

    issuer: str
    notation: str
    place: str
    as_of: date
    about: str
    body: Sequence[Block]
    kind: str = ""
    parent: str = ""
    number: str = ""
    on: date | None = None
    to: Sequence[str] = ()
    recipients: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    appendices: Sequence[Appendix] = ()
    code: str = ""
    notice: str = ""

    @property
    def title(self) -> str:
        """Kind and subject in one line."""
        return f"{self.kind.capitalize()} {self.about}".strip()

    @property
    def issuing_lines(self) -> Sequence[str]:
        """The issuing body in the letterhead."""
        return head_lines(self.issuer)

    @property
    def parent_lines(self) -> Sequence[str]:
        """The body above it in the letterhead; empty where there is none."""
        return head_lines(self.parent) if self.parent else ()

    @property
    def numbered(self) -> str:
        """``Số: 05/BC-SYT``; a number below 10 gets a nought, one not yet given leaves room."""
        number = self.number.zfill(2) if self.number.isdigit() else self.number
        return f"Số: {number or '        '}/{self.notation}"

    @property
    def dated(self) -> str:
        """``Minh Họa, ngày 05 tháng 01 năm 2026``: days below 10 and the first two months get a nought."""
        if self.on is None:
            return f"{self.place}, ngày {BLANK} tháng {BLANK} năm {self.as_of.year}"
        month = f"{self.on.month:02d}" if self.on.month < 3 else str(self.on.month)
        return f"{self.place}, ngày {self.on.day:02d} tháng {month} năm {self.on.year}"

    @property
    def attachment(self) -> str:
        """What its appendices say of it: ``(Kèm theo Quyết định số 05/QĐ-UBND ngày … của …)``."""
        number = self.number.zfill(2) if self.number.isdigit() else self.number or BLANK
        day = self.dated.rpartition(", ")[2]
        return f"(Kèm theo {self.kind} số {number}/{self.notation} {day} của {self.issuer})"

    @property
    def foot(self) -> str:
        """What stands at the foot of every page."""
        code = f"Mã số liệu: {spaced_code(self.code)}" if self.code else ""
        return " · ".join(filter(None, (self.notice, code)))


def head_lines(body: str) -> Sequence[str]:
    """A body's name as letterheads have it: the place that a committee governs stands below it."""
    if body.startswith(COMMITTEE) and len(body) > len(COMMITTEE):
        return COMMITTEE, body.removeprefix(COMMITTEE).strip()
    return (body,)


def spaced_code(code: str) -> str:
    """A code in groups of four, as people read it out: ``ABCD-EFGH-2345``."""
    return "-".join(code[k : k + 4] for k in range(0, len(code), 4))


def codes_in(text: str) -> set[str]:
    """The codes that a paper's text carries at the foot of its pages, without their hyphens."""
    return {code.replace("-", "") for code in _CODE.findall(text)}


def clean(text: str) -> str:
    """A text without the signs that neither kind of file may hold, composed."""
    kept = (c for c in text if c in KEPT_CONTROLS or unicodedata.category(c) not in {"Cc", "Cs", "Cn"})
    return unicodedata.normalize("NFC", "".join(kept))
