"""A whole set as a workbook to be edited away from the site, and back: a row a line, a rule in words.

Each line carries a hidden key that says which row of which state it was. What comes back is laid beside that
state: a row that was not touched stays as it is now, whoever changed it meanwhile; a row that both changed is
refused at its cell.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from parindex.apps.frameworks.models import SetDraft
from parindex.core.formats.framework_rows import (
    BONUS,
    ORIGIN,
    PARTS,
    PENALTY,
    PROPOSED,
    TREE,
    Plain,
    Row,
    own,
    rows_of,
    with_keys,
)
from parindex.core.formats.rule_text import Names, kind_called, read_rule, rule_lines
from parindex.core.formats.shapes import fields_of
from parindex.core.formats.workbooks import xlsx_rows
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.rules import KINDS
from parindex.core.kernel.text import Text
from parindex.core.wording.keys import VALUES, key_name, value_name
from parindex.web.parts.languages import language
from parindex.web.sets.desk import sentence
from parindex.web.sets.fields import number, shown, text_of
from parindex.web.sets.tree import vi


LANGUAGES = ("vi", "en")
COLUMNS = (
    *(
        "_key",
        "part",
        "above",
        "code",
        "name",
        "name_en",
        "level",
        "max",
        "method",
        "printed",
        "kind",
        "rule",
    ),
    *("evidence", "appraiser", "no_case", "not_applicable_if", "note", "origin"),
)
WIDTHS = (2, 14, 10, 10, 44, 30, 18, 12, 16, 48, 28, 60, 36, 26, 18, 30, 30, 12)
WORDS = ("level", "method", "no_case")
SPARE = 60
"""Blank lines below the last row that already have drop-downs."""
MOST_LINES = 1500
LONGEST_LIST = 255


def names_in(tongue: str) -> Names:
    """What keys and words are called in a language."""
    return Names(
        lambda key, shape: key_name(key, tongue, shape), lambda key, value: value_name(key, value, tongue)
    )


def heading(column: str, tongue: str) -> str:
    """What a column is headed with."""
    own_words = {
        "_key": Text("Khóa (không sửa)", "Key (leave as is)"),
        "part": Text("Phần", "Part"),
        "above": Text("Thuộc mã", "Under"),
        "name_en": Text("Tên tiếng Anh", "English name"),
        "rule": Text("Cách chấm, mỗi dòng một ý", "Rule, line by line"),
        "origin": Text("Mã ở bộ trước", "Code in the set before"),
    }
    if column in own_words:
        return own_words[column].in_(tongue)
    return key_name(column, tongue)


def workbook(draft: SetDraft) -> bytes:
    """The file, in the page's language."""
    import xlsxwriter  # type: ignore[import-untyped]

    tongue, out = language(), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(gettext("Bộ tiêu chí"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, text, {"hidden": column == 0})
        sheet.write_row(0, 0, [heading(c, tongue) for c in COLUMNS], head)
        rows = list(rows_of(draft.content))
        codes = {r.key: r.code for r in rows}
        for line, row in enumerate(rows, start=1):
            cells = _cells(row, tongue) | {"_key": f"{draft.pk}/{draft.number}/{row.key}"}
            cells["above"] = codes.get(row.above, "")
            for column, name in enumerate(COLUMNS):
                sheet.write_string(line, column, cells.get(name, ""), text)
        for name, words in _drop_downs(tongue).items():
            column = COLUMNS.index(name)
            choice = {"validate": "list", "source": words, "error_type": "warning"}
            if len(",".join(words)) <= LONGEST_LIST:
                sheet.data_validation(1, column, len(rows) + SPARE, column, choice)
        sheet.freeze_panes(1, 5)
        _help(book, tongue)
    return out.getvalue()


def _help(book: Any, tongue: str) -> None:
    """A second sheet: the kinds of rules with what each is called, and how a rule is written."""
    sheet = book.add_worksheet(gettext("Hướng dẫn"))
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 100)
    names = names_in(tongue)
    lines = [
        (gettext("Thêm dòng"), gettext("Để trống cột khóa; ghi mã cấp trên ở cột “Thuộc mã”.")),
        (gettext("Bỏ dòng"), gettext("Xóa cả dòng.")),
        (
            gettext("Cách chấm"),
            gettext("Mỗi dòng một ý; dòng bắt đầu bằng “- ” là một mức, các phần cách nhau bằng “ | ”."),
        ),
    ]
    for kind in VALUES["kind"]:
        keys = [names.key(f.key, KINDS[kind].__name__) for f in fields_of(KINDS[kind])]
        lines.append((names.value("kind", kind), "; ".join(keys)))
    for k, (what, words) in enumerate(lines):
        sheet.write_string(k, 0, what)
        sheet.write_string(k, 1, words)


def _drop_downs(tongue: str) -> dict[str, list[str]]:
    found = {name: [value_name(name, w, tongue) for w in VALUES[name]] for name in WORDS}
    found["part"] = [key_name(p, tongue) for p in PARTS]
    found["kind"] = [value_name("kind", k, tongue) for k in VALUES["kind"]]
    return found


def _cells(row: Row, tongue: str) -> dict[str, str]:
    """A row's columns as texts."""
    node, names = row.node, names_in(tongue)
    rule = node.get("rule") or {}
    cells = {
        "part": key_name(row.part, tongue),
        "code": row.code,
        "name": _in(node.get("name"), "vi"),
        "name_en": _in(node.get("name"), "en"),
        "max": _max_text(node.get("max")),
        "kind": _word("kind", str(rule.get("kind", "")), tongue),
        "rule": "\n".join(rule_lines(rule, names)) if rule else "",
        "evidence": "\n".join(_both(item) for item in node.get("evidence", ())),
        "origin": str(node.get(ORIGIN, "")),
    }
    cells |= {name: _word(name, str(node.get(name, "")), tongue) for name in WORDS}
    return cells | {k: _in(node.get(k), "vi") for k in ("printed", "appraiser", "not_applicable_if", "note")}


def _word(key: str, value: str, tongue: str) -> str:
    return value_name(key, value, tongue) if value in VALUES[key] else value


def _in(text: Any, tongue: str) -> str:
    if isinstance(text, Mapping):
        return str(text.get(tongue, ""))
    return str(text or "") if tongue == "vi" else ""


def _both(text: Any) -> str:
    english = _in(text, "en")
    return f"{_in(text, 'vi')} | {english}" if english else _in(text, "vi")


def _max_text(maximum: Any) -> str:
    """One number, or ``so: 6; xa: 4``."""
    if isinstance(maximum, Mapping):
        return "; ".join(f"{code}: {shown(points)}" for code, points in maximum.items())
    return shown(maximum)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell."""

    cell: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What one line changes (``added``, ``removed``, ``changed``, ``moved``); its fields before and after."""

    kind: str
    line: int
    code: str
    name: str
    fields: Sequence[tuple[str, str, str]] = ()


@dataclass
class Taken:
    """What a file would make of the set."""

    content: Plain
    differences: list[Difference] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Line:
    """One line as read: its row before, if it had one, what it says, and where it is put."""

    number: int
    key: str
    part: str
    above: str
    node: Plain
    before: Row | None


class _CellRefusedError(Exception):
    """A refusal, and the column it is about."""

    def __init__(self, column: str, refusal: Refused) -> None:
        super().__init__(column)
        self.column, self.refusal = column, refusal


def read_workbook(content: bytes, file: str, draft: SetDraft) -> Taken:
    """What an edited file would make of the set as it is now, and every fault with its cell.

    Raises:
        FileRefused: it is no workbook that can be read.
        Refused: ``workbook_of_other_table``, ``workbook_of_other_draft``, ``too_many_rows``.
    """
    rows = xlsx_rows(content, file)
    tongue = next((t for t in LANGUAGES if rows and _headed(rows[0][1], t)), "")
    if not tongue:
        raise Refused("workbook_of_other_table")
    lines = [(n, [*cells, *[""] * (len(COLUMNS) - len(cells))]) for n, cells in rows[1:] if any(cells)]
    if len(lines) > MOST_LINES:
        raise Refused("too_many_rows", limit=MOST_LINES)
    seen = _state(draft, [cells[0] for _, cells in lines])
    before = {r.key: r for r in rows_of(seen)}
    taken = Taken({k: v for k, v in draft.content.items() if k not in PARTS})
    found: list[_Line] = []
    used: set[str] = set()
    for n, cells in lines:
        try:
            line = _read_line(n, dict(zip(COLUMNS, cells, strict=False)), before, tongue=tongue)
            if line.key and line.key in used:
                raise _CellRefusedError("code", Refused("set_row_twice", code=str(line.node["code"])))
            used.add(line.key)
            found.append(line)
        except _CellRefusedError as wrong:
            taken.faults.append(Fault(_cell(wrong.column, n), sentence(wrong.refusal)))
    if not taken.faults:
        _put_together(taken, found, draft, seen=seen)
    return taken


def _headed(cells: Sequence[str], tongue: str) -> bool:
    return list(cells[: len(COLUMNS)]) == [heading(c, tongue) for c in COLUMNS]


def _cell(column: str, line: int) -> str:
    return f"{chr(ord('A') + COLUMNS.index(column))}{line}"


def _state(draft: SetDraft, keys: Sequence[str]) -> Plain:
    """The state of the set that the file was made of. Raises Refused ``workbook_of_other_draft``."""
    states = {key.rpartition("/")[0] for key in keys if key}
    state = next(iter(states), f"{draft.pk}/{draft.number}")
    pk, _, number_ = state.partition("/")
    known = len(states) < 2 and pk == str(draft.pk) and number_.isascii() and number_.isdigit()
    version = draft.versions.filter(number=int(number_[:9])).first() if known else None
    if version is None:
        raise Refused("workbook_of_other_draft")
    content: Plain = version.content
    return content


def _read_line(n: int, cells: Mapping[str, str], before: Mapping[str, Row], *, tongue: str) -> _Line:
    """One line. Raises _CellRefusedError."""
    key = cells["_key"].rpartition("/")[2]
    was = before.get(key)
    if key and was is None:
        raise _CellRefusedError("_key", Refused("row_key_broken"))
    parts = {key_name(p, t).casefold(): p for p in PARTS for t in LANGUAGES}
    part = parts.get(cells["part"].casefold(), "" if cells["part"] else TREE)
    if not part:
        raise _CellRefusedError("part", Refused("set_word_unknown", text=cells["part"], known=tuple(parts)))
    if not cells["code"]:
        raise _CellRefusedError("code", Refused("set_code_missing"))
    node = _node(cells, was.node if was else {}, tongue=tongue)
    return _Line(n, key, part, cells["above"], node, was)


def _node(cells: Mapping[str, str], was: Plain, *, tongue: str) -> Plain:
    """What a line says, laid over what its row said before; a cell that was not touched changes nothing."""
    before = _cells(Row(was, TREE, 0, "", 0, [], ()), tongue) if was else {}
    node = own(was)
    for column in COLUMNS[3:]:
        text = cells[column]
        if column in before and before[column].strip() == text:
            continue
        if column in ("kind", "rule"):
            continue
        _lay(node, column, text)
    if any(before.get(c, "").strip() != cells[c] for c in ("kind", "rule")):
        rule = _rule(cells, tongue)
        node.pop(PROPOSED, None)
        node.pop("rule", None)
        if rule:
            node["rule"] = rule
    return node


def _lay(node: Plain, column: str, text: str) -> None:
    """One cell into a row's data. Raises _CellRefusedError."""
    key = {"name_en": "name", "origin": ORIGIN}.get(column, column)
    value: Any = text
    if column in WORDS and text:
        value = _known_word(column, text)
    elif column in ("name", "name_en"):
        now = node.get("name")
        value = text_of(text, _in(now, "en")) if column == "name" else text_of(_in(now, "vi"), text)
    elif column in ("printed", "appraiser", "not_applicable_if", "note") and text:
        value = text_of(text, _in(node.get(column), "en"))
    elif column == "max":
        value = _maximum(text)
    elif column == "evidence":
        pairs = (line.partition(" | ") for line in text.splitlines() if line.strip())
        value = [text_of(one.strip(), other.strip()) for one, _, other in pairs]
    if value or key in ("code", "name", "max"):
        node[key] = value
    else:
        node.pop(key, None)


def _known_word(column: str, text: str) -> str:
    words = VALUES[column]
    found = next((w for w in words if text.casefold() in (w, *(o.casefold() for o in words[w]))), None)
    if found is None:
        known = tuple(value_name(column, w, language()) for w in words)
        raise _CellRefusedError(column, Refused("set_word_unknown", text=text, known=known))
    return found


def _maximum(text: str) -> Any:
    if ":" not in text:
        return number(text)
    pairs = (part.partition(":") for part in text.split(";") if part.strip())
    return {code.strip(): number(points.strip()) for code, _, points in pairs}


def _rule(cells: Mapping[str, str], tongue: str) -> Plain:
    """The rule that the two cells say. Raises _CellRefusedError."""
    if not cells["kind"]:
        if cells["rule"]:
            raise _CellRefusedError("kind", Refused("set_kind_missing"))
        return {}
    kind = kind_called(cells["kind"], names_in(tongue))
    if kind is None:
        raise _CellRefusedError("kind", Refused("rule_kind_unknown", line=1, kind=cells["kind"]))
    try:
        return read_rule(kind, cells["rule"], names_in(tongue))
    except Refused as refusal:
        raise _CellRefusedError("rule", refusal) from None


def _put_together(taken: Taken, lines: Sequence[_Line], draft: SetDraft, *, seen: Plain) -> None:
    """The tree that the lines make, with what others changed meanwhile; faults and differences by line."""
    now = {r.key: r for r in rows_of(draft.content)}
    before = {r.key: r for r in rows_of(seen)}
    nodes: dict[int, Plain] = {}
    for line in lines:
        node = _merged(taken, line, now)
        nodes[line.number] = copy.deepcopy(node)
    if not taken.faults:
        _build(taken, lines, nodes)
    gone = [key for key in before if key not in {line.key for line in lines}]
    for key in gone:
        if key in now and own(now[key].node) != own(before[key].node):
            taken.faults.append(Fault("A", sentence(Refused("set_row_changed", code=now[key].code))))
        row = before[key]
        taken.differences.append(Difference("removed", 0, row.code, vi(row.node.get("name"))))
    new = [r for key, r in now.items() if key not in before]
    if new:
        taken.faults.append(Fault("A", sentence(Refused("set_row_added", code=new[0].code))))
    if not taken.faults:
        with_keys(taken.content)
        _moved(taken, draft)


def _merged(taken: Taken, line: _Line, now: Mapping[str, Row]) -> Plain:
    """What a line's row will say: untouched it stays as it is now."""
    if line.before is None:
        name = vi(line.node.get("name"))
        taken.differences.append(Difference("added", line.number, str(line.node["code"]), name))
        return line.node
    current = now.get(line.key)
    if line.node == own(line.before.node):
        return own(current.node) if current else line.node
    if current is None or own(current.node) != own(line.before.node):
        cell = _cell("code", line.number)
        taken.faults.append(Fault(cell, sentence(Refused("set_row_changed", code=line.before.code))))
        return line.node
    taken.differences.append(_difference(line, line.before))
    return line.node


def _difference(line: _Line, was: Row) -> Difference:
    tongue = language()
    old, new = (_cells(Row(n, line.part, 0, "", 0, [], ()), tongue) for n in (was.node, line.node))
    fields = [
        (heading(c, tongue), old.get(c, ""), new.get(c, "")) for c in COLUMNS[3:] if old.get(c) != new.get(c)
    ]
    return Difference("changed", line.number, str(line.node["code"]), vi(line.node.get("name")), fields)


def _build(taken: Taken, lines: Sequence[_Line], nodes: Mapping[int, Plain]) -> None:
    """Put every row under the one that it names."""
    by_code: dict[str, list[_Line]] = {}
    for line in lines:
        by_code.setdefault(str(nodes[line.number]["code"]), []).append(line)
    for line in lines:
        if not line.above:
            _siblings(taken.content, line.part).append(nodes[line.number])
            continue
        upper = by_code.get(line.above, [])
        if len(upper) != 1 or upper[0].number >= line.number:
            refusal = Refused("set_above_unknown", code=line.above)
            taken.faults.append(Fault(_cell("above", line.number), sentence(refusal)))
            continue
        above = nodes[upper[0].number]
        above.setdefault("children", []).append(nodes[line.number])
        above.pop("rule", None)
        above.pop(PROPOSED, None)


def _siblings(content: Plain, part: str) -> list[Plain]:
    if part == TREE:
        roots: list[Plain] = content.setdefault(TREE, [])
        return roots
    items: list[Plain] = content.setdefault(part, {}).setdefault("items", [])
    return items


def _moved(taken: Taken, draft: SetDraft) -> None:
    """Caps of bonus and penalty stay; rows that stand elsewhere than before are told."""
    for part in (BONUS, PENALTY):
        cap = (draft.content.get(part) or {}).get("max")
        if cap and taken.content.get(part):
            taken.content[part]["max"] = cap
    taken.content.setdefault(TREE, [])
    places = {r.key: (r.part, r.above) for r in rows_of(draft.content)}
    kept = [r.key for r in rows_of(draft.content)]
    told = {d.code for d in taken.differences}
    after = [r for r in rows_of(taken.content) if r.key in places]
    order = [k for k in kept if k in {r.key for r in after}]
    same_order = order == [r.key for r in after]
    for k, row in enumerate(after):
        elsewhere = places[row.key] != (row.part, row.above)
        if elsewhere or (not same_order and order[k] != row.key and row.code not in told):
            taken.differences.append(Difference("moved", 0, row.code, vi(row.node.get("name"))))


def carried(content: Plain) -> Iterator[tuple[str, Any]]:
    """The parts of the set that a workbook says, for the confirmation's form."""
    for part in PARTS:
        if part in content:
            yield part, content[part]
