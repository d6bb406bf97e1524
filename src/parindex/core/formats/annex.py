"""A decision's annex table read as a criteria set: numbered rows, titles, maximum points, printed scoring.

What is read is a proposal for a person to go through: the tree by its numbers, the printed words word for
word, and a rule where the words say one plainly (`parindex.core.formats.rule_proposals`). A line that is not
understood is listed, never left out in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from parindex.core.formats.annex_tables import Line, annex_lines
from parindex.core.formats.framework_rows import PROPOSED
from parindex.core.formats.framework_writer import number_text
from parindex.core.formats.problems import refuse
from parindex.core.formats.rule_proposals import proposed_rule
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused


Plain = dict[str, Any]
COLUMNS: Mapping[str, str] = {
    "code": "stt|tt|so tt|so thu tu|ma|muc|ma tieu chi",
    "name": "tieu chi|noi dung|linh vuc|ten tieu chi|danh muc|cac tieu chi",
    "max": "diem toi da|diem chuan|thang diem|diem|so diem",
    "printed": "cach cham|cach tinh|cach thuc|phuong phap|huong dan cham|tieu chuan cham",
    "evidence": "tai lieu kiem chung|tai lieu|minh chung|ho so kiem chung",
    "appraiser": "co quan tham dinh|don vi tham dinh|co quan chu tri|don vi cham|co quan danh gia",
    "note": "ghi chu",
}
"""What the columns are headed with, accents and capitals aside; a heading that begins so is one too."""
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,6}")
_UPPER = re.compile(r"[IVX]{1,6}|[A-HK-Z]")
_LEADING = re.compile(
    r"(?P<code>\d{1,3}(?:\.\d{1,3}){0,6}|[IVX]{1,6}|[A-H])\s*[.):\-–]\s+(?P<name>\S.*)", re.S
)
_POINTS = re.compile(r"\(\s*(?P<max>\d+(?:[.,]\d+)?)\s*đ(?:iểm)?\s*\)", re.IGNORECASE)
TOTAL_LENGTH = 40
HEADING_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that was not understood: where it stands, and what it says."""

    table: int
    row: int
    text: str


@dataclass(frozen=True)
class Annex:
    """What was read: the tree as plain data, how many rows and proposed rules, what was not understood."""

    tree: list[Plain]
    rows: int
    proposed: int
    unread: Sequence[Unread] = ()


@dataclass
class _Item:
    """A numbered row while the annex is read."""

    code: str
    depth: int
    name: str
    max: str
    texts: dict[str, list[str]] = field(default_factory=dict)
    children: list[_Item] = field(default_factory=list)


def read_annex(content: bytes, file: str) -> Annex:
    """Read a .docx or .xlsx.

    Raises:
        FileRefused: see `annex_lines`; ``annex_without_heading``: no table has columns for title and points.
    """
    lines = annex_lines(content, file)
    columns: dict[str, int] = {}
    unread: list[Unread] = []
    totals: list[tuple[Unread, str]] = []
    items: list[_Item] = []
    width = table = 0
    for line in lines:
        heading = _heading(line.cells)
        if heading:
            unread += _columns_left(line, heading) if not columns else []
            columns, width, table = heading, len(line.cells), line.table
        elif columns and (total := _total(line, columns)):
            totals.append((_unread(line), total))
        elif not _goes_on(line, columns, table=table, width=width) or not _take(line, columns, items):
            unread.append(_unread(line))
    if not columns:
        raise refuse(file, "annex_without_heading")
    if not items:
        raise refuse(file, "annex_without_rows")
    roots = _nested(items)
    _number_apart(roots)
    tree = [_plain(item) for item in roots]
    whole = sum((Fraction(n["max"] or 0) for n in tree), Fraction(0))
    unread += [line for line, total in totals if Fraction(total) != whole]
    return Annex(tree, len(items), sum(_proposals(n) for n in tree), unread)


def _total(line: Line, columns: Mapping[str, int]) -> str:
    """The points that a line of totals names; "" where it is none."""
    words = " ".join(filter(None, (_folded(c) for c in line.cells[: columns["max"]])))
    return (
        _maximum(_cell(line, columns, "max"))
        if re.match(r"(tong|cong)( |$)", words) and len(words) < 40
        else ""
    )


def _columns_left(line: Line, heading: Mapping[str, int]) -> list[Unread]:
    """The columns that nothing is taken from, so that nobody looks for them in vain."""
    left = [" ".join(c.split()) for k, c in enumerate(line.cells) if c and k not in heading.values()]
    return [Unread(line.table, line.row, " | ".join(left))] if left else []


def _goes_on(line: Line, columns: Mapping[str, int], *, table: int, width: int) -> bool:
    """Whether a line can be read by the heading above: of its table, or of one with the columns needed."""
    if not columns:
        return False
    same = line.table == table or len(line.cells) == width
    return same or len(line.cells) > max(columns["name"], columns["max"])


def _unread(line: Line) -> Unread:
    return Unread(
        line.table, line.row, " | ".join(filter(None, (" ".join(c.split()) for c in line.cells)))[:300]
    )


def _folded(text: str) -> str:
    """Small letters without accents, blanks made one."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def _heading(cells: Sequence[str]) -> dict[str, int]:
    """Which column is what, if these cells head a table; else nothing."""
    found: dict[str, int] = {}
    for column, text in enumerate(cells):
        folded = _folded(text)
        if not folded or len(folded) > HEADING_LENGTH:
            continue
        for key, words in COLUMNS.items():
            if key not in found and re.match(rf"({words})( |$)", folded):
                found[key] = column
                break
    return found if {"name", "max"} <= found.keys() else {}


def _cell(line: Line, columns: Mapping[str, int], key: str) -> str:
    column = columns.get(key, -1)
    return line.cells[column].strip() if 0 <= column < len(line.cells) else ""


def _take(line: Line, columns: Mapping[str, int], items: list[_Item]) -> bool:
    """One line: a numbered row, or more words for the row above; False where it is neither."""
    code, name = _cell(line, columns, "code").rstrip(".)"), _cell(line, columns, "name")
    if not name and not _NUMBER.fullmatch(code):  # a title over the whole width stands in its first cell
        code, name = "", _cell(line, columns, "code")
    if not code:
        lead = _LEADING.fullmatch(name)
        code, name = (lead["code"], lead["name"]) if lead else ("", name)
    maximum = _maximum(_cell(line, columns, "max"))
    if not maximum and (inside := _POINTS.search(name)):
        maximum, name = _maximum(inside["max"]), (name[: inside.start()] + name[inside.end() :]).strip(" :-–")
    if (_NUMBER.fullmatch(code) or _UPPER.fullmatch(code)) and name:
        items.append(_Item(code, _depth(code), " ".join(name.split()), maximum))
        _more(items[-1], line, columns)
        return True
    return bool(items) and _continue(line, columns, items[-1], said=(code, name, maximum))


def _continue(line: Line, columns: Mapping[str, int], item: _Item, *, said: tuple[str, str, str]) -> bool:
    """A line without a number: scoring words of the row above, with the points of each step beside them."""
    code, name, maximum = said
    if code and code not in "-–+•*abcdefghijklmnđ":
        return False
    if name:
        words = name.lstrip("-–+• ")
        words = f"{words}: {maximum.replace('.', ',')} điểm" if maximum else name
        item.texts.setdefault("printed", []).append(words)
    _more(item, line, columns)
    return bool(name) or any(_cell(line, columns, k) for k in ("printed", "evidence", "appraiser", "note"))


def _more(item: _Item, line: Line, columns: Mapping[str, int]) -> None:
    for key in ("printed", "evidence", "appraiser", "note"):
        if text := _cell(line, columns, key):
            item.texts.setdefault(key, []).append(text)


def _maximum(text: str) -> str:
    """A number of points; "" where there is none."""
    digits = re.sub(r"\s*(?:điểm|đ)\.?$", "", text.strip(), flags=re.IGNORECASE)
    try:
        return number_text(read_number(digits))
    except AnswerRefused:
        return ""


def _depth(code: str) -> int:
    """Parts have letters or Roman numbers; below them, a level a number."""
    return 0 if _UPPER.fullmatch(code) else 1 + code.count(".")


def _nested(items: Iterable[_Item]) -> list[_Item]:
    """Each row under the last one above its level."""
    roots: list[_Item] = []
    way: list[_Item] = []
    for item in items:
        while way and way[-1].depth >= item.depth:
            way.pop()
        (way[-1].children if way else roots).append(item)
        way.append(item)
    return roots


def _number_apart(roots: Sequence[_Item]) -> None:
    """Where each part counts from 1 anew, codes get the part's before them."""
    counted = Counter(i.code for root in roots for i in _all(root))
    if not any(n > 1 for n in counted.values()):
        return
    for root in (r for r in roots if r.depth == 0):
        for item in _all(root):
            if item is not root:
                item.code = f"{root.code}.{item.code}"


def _all(item: _Item) -> Iterable[_Item]:
    yield item
    for child in item.children:
        yield from _all(child)


LEVELS = ("area", "criterion", "component")


def _plain(item: _Item, level: int = 0) -> Plain:
    """A row as plain data; of a leaf the words say how it is scored."""
    node: Plain = {"code": item.code, "name": item.name, "max": item.max or _sum(item)}
    is_part = item.depth == 0 and any(c.depth == 1 and c.children for c in item.children)
    node["level"] = "part" if is_part else LEVELS[min(level, 2)]
    for key, texts in item.texts.items():
        node[key] = texts if key == "evidence" else "\n".join(texts)
    if item.children:
        node["children"] = [_plain(c, level if is_part else level + 1) for c in item.children]
    elif "printed" in node and node["max"]:
        rule = proposed_rule(node["printed"], Fraction(node["max"]))
        if rule is not None:
            node |= {"rule": rule, PROPOSED: "1"}
    return node


def _sum(item: _Item) -> str:
    """What the rows below add up to, where a row names no points of its own and they all do."""
    parts = [c.max or _sum(c) for c in item.children]
    return number_text(sum(map(Fraction, parts), Fraction(0))) if parts and all(parts) else ""


def _proposals(node: Plain) -> int:
    return (PROPOSED in node) + sum(_proposals(c) for c in node.get("children", ()))
