"""A unit's sheet as a workbook to fill in away from the site.

A leaf has a row for each thing to fill in, and only the yellow cells can be typed in. Each row carries a
hidden key: which sheet, leaf and cell it is, and what stood when the file was made, with a seal over it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Participant
from parindex.apps.assessments.queries.sheets import Entry, SheetView
from parindex.apps.assessments.rules.sheets import Place
from parindex.core.kernel.framework import Node
from parindex.core.wording.rules import rule_in_words
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import bare, instant, points, said
from parindex.web.unit.fields import Field, fields_of, is_number, plain, same


KEY, CODE, NAME, RULE, LABEL, INPUT, NOTE, MOST, HELD = range(9)
WIDTHS = (2, 8, 38, 44, 34, 24, 34, 9, 9)
HEAD_LINE = 9
SEAL = Signer(salt="unit.workbook.row")
PARTS = 8
LONGEST_CELL = 32_000
LINE_HEIGHT, HIGHEST = 15.0, 400.0


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row says of itself: made in which language, for which sheet and set, which leaf and cell of it,
    and what stood then: version and digest of the draft."""

    language: str
    round: str
    unit: str
    framework: str
    leaf: str
    version: int
    digest: str
    field: str

    def sealed(self) -> str:
        """As text, with the seal."""
        said = (self.language, self.round, self.unit, self.framework, self.leaf, str(self.version))
        text = "|".join((*said, self.digest, self.field))
        return f"{SEAL.signature(text)}|{text}"


def read_key(text: str) -> RowKey | None:
    """A row's key; None where it is none of ours."""
    seal, _, said = text.partition("|")
    parts = said.split("|", PARTS - 1)
    if len(parts) != PARTS or not constant_time_compare(seal, SEAL.signature(said)):
        return None
    made, round_, unit, framework, leaf, version, stood, field = parts
    return RowKey(made, round_, unit, framework, leaf, int(version), stood, field)


def headings() -> list[str]:
    """The head of the table."""
    return [
        gettext("Khóa (không sửa)"),
        gettext("Mã"),
        gettext("Tiêu chí"),
        gettext("Cách chấm"),
        gettext("Cần nhập"),
        gettext("Ô nhập"),
        gettext("Thuyết minh"),
        gettext("Điểm tối đa"),
        gettext("Điểm đang lưu"),
    ]


def own_entries(view: SheetView) -> list[Entry]:
    """The leaves that the unit fills in, bonuses last."""
    return [*view.at(Place.TODO), *view.at(Place.CLAIM)]


def digest(leaf: Node, answer: str, note: str) -> str:
    """What stands for a leaf, in a few letters: alike as long as its cells are."""
    return hashlib.sha256(f"{same(leaf, answer)}\0{even(note)}".encode()).hexdigest()[:16]


def even(note: str) -> str:
    """A note with the line ends and margins that a cell gives back."""
    return "\n".join(note.splitlines()).strip()


def key_of(participant: Participant, entry: Entry, field: str) -> RowKey:
    """The key of one cell as things stand."""
    return RowKey(
        language(),
        round_name(participant.round),
        participant.unit.code,
        participant.round.framework.content_hash[:16],
        entry.leaf.code,
        entry.version,
        digest(entry.leaf, entry.answer, entry.note),
        field,
    )


def workbook(view: SheetView, *, closes_at: datetime, at: datetime) -> bytes:
    """The file as the sheet stands."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        _Writer(book, view).write(_facts(view.participant, closes_at, at))
    return out.getvalue()


def _facts(participant: Participant, closes_at: datetime, at: datetime) -> list[tuple[str, str]]:
    """What stands above the table."""
    version, note = participant.round.framework, said(participant.round.note)
    return [
        (gettext("Đơn vị"), said(participant.name)),
        (gettext("Thuộc kỳ đánh giá"), said(participant.round.title)),
        (gettext("Theo bộ tiêu chí"), f"{version} · {version.content_hash[:16]}"),
        (gettext("Lập tệp lúc"), instant(at)),
        (gettext("Hạn nộp"), instant(closes_at)),
        (
            gettext("Cách dùng"),
            gettext("Chỉ nhập vào ô nền vàng, rồi gửi tệp lên hệ thống; xem trước từng thay đổi mới lưu."),
        ),
        *([(gettext("Dữ liệu minh họa"), note)] if participant.unit.illustrative else []),
    ]


class _Writer:
    """One file being written: its formats, and the second sheet with what may be chosen."""

    def __init__(self, book: Any, view: SheetView) -> None:
        self.view = view
        self.sheet = book.add_worksheet(gettext("Bảng tự chấm"))
        self.lists = book.add_worksheet(gettext("Lựa chọn"))
        wrap = {"text_wrap": True, "valign": "top"}
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({**wrap, "bold": True, "bottom": 1})
        self.fixed = book.add_format(wrap)
        self.number = book.add_format({**wrap, "align": "right"})
        free = {**wrap, "locked": False, "bg_color": "#FFF9E5", "border": 1, "border_color": "#D8CFB0"}
        self.typed = book.add_format(free)
        self.dated = book.add_format({**free, "num_format": "dd/mm/yyyy", "align": "left"})
        self.words = book.add_format({**free, "num_format": "@"})
        self.line, self.listed = HEAD_LINE, 1

    def write(self, facts: list[tuple[str, str]]) -> None:
        """Everything."""
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width, None, {"hidden": column == KEY})
        self.sheet.write_string(0, CODE, gettext("Bảng tự đánh giá, chấm điểm"), self.bold)
        for line, (label, value) in enumerate(facts, start=1):
            self.sheet.write_string(line, CODE, f"{label}: {value}")
        self.sheet.write_row(HEAD_LINE - 1, 0, headings(), self.head)
        self.lists.set_column(0, 0, 100)
        self.lists.write_string(0, 0, gettext("Các lựa chọn của những ô có danh sách"), self.bold)
        for area, entries in _by_area(self.view):
            self.sheet.write_string(self.line, CODE, area, self.bold)
            self.line += 1
            for entry in entries:
                self._entry(entry)
        self.sheet.freeze_panes(HEAD_LINE, NAME + 1)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(HEAD_LINE - 1)
        self.sheet.protect("", {"format_columns": True, "format_rows": True})
        self.lists.protect("", {"format_columns": True})

    def _entry(self, entry: Entry) -> None:
        """The rows of one leaf; what is said of the whole leaf stands in the first."""
        leaf, participant = entry.leaf, self.view.participant
        rule = said(leaf.printed) if leaf.printed else ""
        words = rule or ("\n".join(rule_in_words(leaf.rule, language())) if leaf.rule else "")
        for k, field in enumerate(fields_of(leaf, entry.answer)):
            self.sheet.write_string(self.line, KEY, key_of(participant, entry, field.key).sealed())
            self.sheet.write_string(self.line, CODE, leaf.code, self.fixed)
            if not k:
                self.sheet.write_string(self.line, NAME, said(leaf.name), self.fixed)
                self.sheet.write_string(self.line, RULE, words[:LONGEST_CELL], self.fixed)
                self.sheet.write_string(self.line, NOTE, even(entry.note), self.words)
                self.sheet.write_string(self.line, MOST, bare(leaf.max_for(participant.type)), self.number)
                held = points(entry.outcome.points) if entry.answer else "–"
                self.sheet.write_string(self.line, HELD, held, self.number)
            self.sheet.write_string(self.line, LABEL, field.label, self.fixed)
            self._cell(field)
            texts = {LABEL: field.label} | ({NAME: said(leaf.name), RULE: words} if not k else {})
            self.sheet.set_row(self.line, _height(texts))
            self.line += 1

    def _cell(self, field: Field) -> None:
        """The cell to fill in, typed as the rule needs."""
        text = plain(field.kind, field.text)
        form = {"date": self.dated, "number": self.typed}.get(field.kind, self.words)
        day = _day(text) if field.kind == "date" else None
        if not text:
            self.sheet.write_blank(self.line, INPUT, None, form)
        elif day is not None:
            self.sheet.write_datetime(self.line, INPUT, datetime(day.year, day.month, day.day), form)  # noqa: DTZ001
        elif is_number(field.kind, text):
            self.sheet.write_number(self.line, INPUT, float(text), form)
        else:
            self.sheet.write_string(self.line, INPUT, text, form)
        self.sheet.data_validation(self.line, INPUT, self.line, INPUT, self._allowed(field))

    def _allowed(self, field: Field) -> dict[str, Any]:
        """What the spreadsheet program itself checks; the server checks everything again."""
        if field.kind == "yes":
            return {"validate": "list", "source": list(field.options)}
        if field.kind == "choice":
            first = self.listed + 1
            for label in field.options:
                self.lists.write_string(self.listed, 0, label)
                self.listed += 1
            name = self.lists.get_name().replace("'", "''")
            return {"validate": "list", "source": f"='{name}'!$A${first}:$A${self.listed}"}
        soft = {"error_type": "warning", "error_title": gettext("Xem lại ô này")}
        if field.kind == "date":
            about = {"error_message": gettext("Ô này cần một ngày, ví dụ 31/01/2025.")}
            return {"validate": "date", "criteria": ">", "value": date(2000, 1, 1), **about, **soft}
        about = {"error_message": gettext("Ô này cần một số, không âm.")}
        return {"validate": "decimal", "criteria": ">=", "value": 0, **about, **soft}


def _height(texts: Mapping[int, str]) -> float:
    """What a row's wrapped texts need: not every program sees to it by itself."""
    lines = (
        sum(-(-max(len(part), 1) // (WIDTHS[c] - 2)) for part in text.split("\n"))
        for c, text in texts.items()
    )
    return min(LINE_HEIGHT * max(lines), HIGHEST)


def _day(text: str) -> date | None:
    """A date as the form writes it; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _by_area(view: SheetView) -> Iterator[tuple[str, list[Entry]]]:
    """The unit's own leaves under the names of their areas, bonuses last."""
    own = {e.leaf.code: e for e in own_entries(view)}
    for area in view.framework.areas:
        entries = [own[n.code] for n in area.walk() if n.code in own]
        if entries:
            yield f"{area.code}. {said(area.name)}", entries
    claims = [own[code] for code in view.framework.extras if code in own]
    if claims:
        yield gettext("Điểm thưởng"), claims
