"""A rule as lines that a person can read and change in one cell of a workbook, and back.

    - mức: Đầy đủ, kịp thời | điểm: 2        an item of a list
    làm tròn: 2                               a parameter
    đúng hạn: 2 điểm                          an award, in points or percent of the maximum

What belongs to a case of a `branch` stands two blanks further in. Which keys a kind has follows from its
fields; what they are called is given by the caller, who knows the language.
"""

from __future__ import annotations

import dataclasses
import re
import typing
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from parindex.core.formats.framework_writer import number_text
from parindex.core.formats.shapes import Field, fields_of
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused, Refused
from parindex.core.kernel.rules import KINDS
from parindex.core.kernel.rules.base import Award
from parindex.core.kernel.text import Text


Plain = dict[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class Names:
    """What is called how.

    Attributes:
        key: from a key and the name of its shape. `value`: from a key and one of the words it may hold.
    """

    key: Callable[[str, str], str]
    value: Callable[[str, str], str]


LISTS = ("options", "conditions", "steps", "branches", "inputs")
ENGLISH = " (en)"
BAR = " | "
_AWARD = re.compile(r"(?P<value>-?[\d.,/]+)\s*(?P<percent>%)?(?:\s*(?:điểm|points?))?", re.IGNORECASE)


def rule_lines(rule: Plain, names: Names) -> list[str]:
    """A rule's plain data as lines, without its kind."""
    shape = KINDS.get(str(rule.get("kind")))
    if shape is None:
        return []
    lines: list[str] = []
    for field in fields_of(shape):
        if field.key not in rule:
            continue
        value = rule[field.key]
        if field.key in LISTS:
            for item in value:
                lines += _item_lines(item, _item_shape(field), names)
        else:
            lines += [
                f"{k}: {_escaped(v)}" for k, v in _pairs(field, value, shape=shape.__name__, names=names)
            ]
    return lines


def _item_lines(item: Plain, shape: type, names: Names) -> list[str]:
    pairs, inner = [], []
    for field in fields_of(shape):
        if field.key not in item:
            continue
        if field.key == "rule":
            kind = str(item["rule"].get("kind", ""))
            pairs.append((names.key("kind", ""), names.value("kind", kind) if kind in KINDS else kind))
            inner = rule_lines(item["rule"], names)
        else:
            pairs += _pairs(field, item[field.key], shape=shape.__name__, names=names)
    first = sorted(
        pairs, key=lambda p: p[0] not in (names.key("id", shape.__name__), names.key("name", shape.__name__))
    )
    return ["- " + BAR.join(f"{k}: {_escaped(v)}" for k, v in first), *(f"  {line}" for line in inner)]


def _pairs(field: Field, value: Any, *, shape: str, names: Names) -> list[tuple[str, str]]:
    """A value as one or two named texts."""
    name = names.key(field.key, shape)
    if _is_award(field.hint) and isinstance(value, Mapping):
        if "percent" in value:
            return [(name, f"{value['percent']}%")]
        return [(name, str(value.get("points", "")))]
    if isinstance(value, Mapping):
        pairs = [(name, value.get("vi", ""))]
        return [*pairs, (name + ENGLISH, value["en"])] if value.get("en") else pairs
    if _words(field.hint):
        return [(name, _said(field, str(value), names))]
    return [(name, str(value))]


def _words(hint: Any) -> tuple[str, ...]:
    """The words that a key may hold, where it holds one of a few."""
    return tuple(map(str, get_args(hint))) if get_origin(hint) is Literal else ()


def _said(field: Field, value: str, names: Names) -> str:
    return names.value(field.key, value) if value in _words(field.hint) else value


def _is_award(hint: Any) -> bool:
    return hint is Award or Award in get_args(hint)


def _is_text(hint: Any) -> bool:
    return hint is Text or Text in get_args(hint)


def _item_shape(field: Field) -> type:
    return typing.cast(type, get_args(field.hint)[0])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text).strip()


class RuleTextRefused(Refused):
    """A line of a rule that cannot be read; `line` says which, counted from 1."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    number: int
    depth: int
    item: bool
    text: str


def read_rule(kind: str, text: str, names: Names) -> Plain:
    """The plain data that lines say of a rule of this kind; whether they make sense is for the checks.

    Raises:
        RuleTextRefused: a line cannot be read; `line` counts from 1 within the text.
    """
    lines = list(_lines(text))
    rule, rest = _read_rule(kind, lines, depth=0, names=names)
    if rest:
        raise RuleTextRefused("rule_line_unreadable", line=rest[0].number, text=rest[0].text)
    return rule


def kind_called(text: str, names: Names) -> str | None:
    """The kind that goes by a name, or by its own word; None where none does."""
    return next((k for k in KINDS if _same(text, names.value("kind", k)) or text.strip() == k), None)


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            stripped = line.lstrip(" \u00a0")
            item = stripped.startswith(("- ", "-\u00a0", "– "))
            yield _Line(number, (len(line) - len(stripped)) // 2, item, stripped[2:] if item else stripped)


def _read_rule(
    kind: str, lines: Sequence[_Line], *, depth: int, names: Names
) -> tuple[Plain, Sequence[_Line]]:
    shape = KINDS[kind]
    fields = fields_of(shape)
    items = next((f for f in fields if f.key in LISTS), None)
    rule: Plain = {"kind": kind}
    while lines and lines[0].depth >= depth:
        line, lines = lines[0], lines[1:]
        if line.depth > depth:
            raise RuleTextRefused("rule_line_unreadable", line=line.number, text=line.text)
        if not line.item:
            _put(rule, line, line.text, shape=shape, names=names)
        elif items is None:
            raise RuleTextRefused("rule_no_items", line=line.number, kind=kind)
        else:
            item, lines = _read_item(_item_shape(items), line, lines, names=names)
            rule.setdefault(items.key, []).append(item)
    return rule, lines


def _read_item(
    shape: type, line: _Line, lines: Sequence[_Line], *, names: Names
) -> tuple[Plain, Sequence[_Line]]:
    item: Plain = {}
    fields = fields_of(shape)
    nested = any(f.key == "rule" for f in fields)
    for pair in re.findall(r"(?:\\.|[^|\\])+", line.text):
        key, colon, value = pair.partition(":")
        if nested and colon and _same(key, names.key("kind", "")):
            kind = kind_called(value, names)
            if kind is None:
                raise RuleTextRefused("rule_kind_unknown", line=line.number, kind=value.strip()[:80])
            item["rule"], lines = _read_rule(kind, lines, depth=line.depth + 1, names=names)
        elif pair.strip():
            _put(item, line, pair, shape=shape, names=names)
    return item, lines


def _put(into: Plain, line: _Line, pair: str, *, shape: type, names: Names) -> None:
    """One ``key: value`` into the data."""
    fields = fields_of(shape)
    key, colon, value = pair.partition(":")
    value = _plain(value)
    if not colon:
        raise RuleTextRefused("rule_line_unreadable", line=line.number, text=pair.strip()[:80])
    bare = re.sub(r"\s*\(en\)\s*$", "", key)
    english = bare != key
    field = next(
        (f for f in fields if _same(bare, names.key(f.key, shape.__name__)) or bare.strip() == f.key), None
    )
    if field is None or field.key in LISTS or field.key == "rule":
        known = tuple(names.key(f.key, shape.__name__) for f in fields if f.key not in (*LISTS, "rule"))
        raise RuleTextRefused("rule_key_unknown", line=line.number, key=key.strip()[:80], known=known)
    if not value:
        return
    if _is_award(field.hint):
        into[field.key] = _award(value, line)
    elif _is_text(field.hint):
        held = into.get(field.key)
        text = {"vi": held} if isinstance(held, str) else dict(held or {})
        text["en" if english else "vi"] = value
        into[field.key] = text["vi"] if text.keys() == {"vi"} else text
    elif words := _words(field.hint):
        into[field.key] = next((w for w in words if _same(value, names.value(field.key, w))), value)
    elif get_origin(field.hint) is tuple:
        into[field.key] = [part.strip() for part in value.split(";") if part.strip()]
    else:
        into[field.key] = _number(value) if {Fraction, int} & {field.hint, *get_args(field.hint)} else value


def _award(value: str, line: _Line) -> Plain:
    found = _AWARD.fullmatch(value)
    if found is None:
        raise RuleTextRefused("rule_award_unreadable", line=line.number, text=value[:80])
    return {"percent" if found["percent"] else "points": _number(found["value"])}


def _number(text: str) -> str:
    """A number as the file has it; as typed where it is none."""
    try:
        return number_text(read_number(text))
    except AnswerRefused:
        return text


def _same(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
