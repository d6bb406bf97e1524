"""Forms from the shapes of a criteria set: what a key may hold becomes a field, a filled-in form plain data.

Nothing is judged here. A number with a comma is kept with a point; whatever cannot be read is kept as typed,
and the checks of the set say what is wrong with it.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from parindex.core.formats.framework_writer import number_text
from parindex.core.formats.shapes import RULES, Field, fields_of
from parindex.core.formats.slugs import slug
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.rules import KINDS
from parindex.core.kernel.text import Text
from parindex.core.wording.keys import VALUES, key_hint, key_name, value_name
from parindex.web.parts.languages import language


Plain = Any
Posted = Mapping[str, str]
BLANKS = 3
MOST_ITEMS = 200
LONGEST = 8000
DEEP = 3
FIRST = ("name", "id")
IN_A_ROW = frozenset({"text", "number", "date", "choice", "both", "long"})
LONG = frozenset({"printed", "note", "not_applicable_if", "ground", "status_note", "title"})
NUMBERS = (Fraction, int)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words a key may hold."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Control:
    """One field of a form.

    Attributes:
        kind: ``text``, ``number``, ``date``, ``long`` (several lines), ``choice``, ``both`` (Vietnamese and
            English), ``group`` (of `parts`), ``table`` or ``list`` (of `items`, each a row of parts).
        name: in the form, dotted. `optional`: whether the key may be left out.
    """

    kind: str
    name: str
    label: str
    value: str = ""
    hint: str = ""
    optional: bool = True
    options: Sequence[Choice] = ()
    parts: Sequence[Control] = ()
    items: Sequence[Sequence[Control]] = ()
    heads: Sequence[str] = field(default=())


def controls(shape: type, data: Mapping[str, Plain], name: str, *, keys: Sequence[str] = ()) -> list[Control]:
    """The fields of a shape, filled in from its plain data; of these keys or of all."""
    found = {f.key: f for f in fields_of(shape)}
    wanted = keys or sorted(found, key=lambda k: FIRST.index(k) if k in FIRST else len(FIRST))
    return [_control(found[k], data.get(k), f"{name}.{k}", shape=shape.__name__) for k in wanted]


def _control(key: Field, value: Plain, name: str, *, shape: str) -> Control:
    hint = _bare(key.hint)
    about: dict[str, Any] = {
        "name": name,
        "label": key_name(key.key, language(), shape),
        "hint": key_hint(key.key, language()) if shape != "Framework" or key.key != "id" else "",
        "optional": not key.required,
    }
    if _is_rule(hint):
        return rule_control(value or {}, name)
    if hint is Text:
        text = value if isinstance(value, Mapping) else {"vi": value or ""}
        kind = "long" if key.key in LONG else "text"
        parts = [
            Control(kind, f"{name}.{tongue}", key_name(tongue, language()), text.get(tongue, ""))
            for tongue in ("vi", "en")
        ]
        return Control("both", **about, parts=parts)
    if get_origin(hint) is Literal:
        return Control("choice", **about, options=_choices(key, hint, value))
    if get_origin(hint) is tuple:
        return _list(get_args(hint)[0], value or [], about)
    if dataclasses.is_dataclass(hint):
        return Control("group", **about, parts=controls(typing.cast(type, hint), value or {}, name))
    kind = "date" if hint is date else "number" if hint in NUMBERS else "long" if key.key in LONG else "text"
    return Control(kind, **about, value=shown(value, hint))


def rule_control(rule: Mapping[str, Plain], name: str) -> Control:
    """The kind of a rule, and the fields that this kind has."""
    kind = str(rule.get("kind", ""))
    options = [Choice("", "–", not kind)]
    options += [Choice(k, value_name("kind", k, language()), k == kind) for k in VALUES["kind"]]
    first = Control("choice", f"{name}.kind", key_name("kind", language()), options=options)
    parts = [first, *controls(KINDS[kind], rule, name)] if kind in KINDS else [first]
    return Control("group", name, key_name("rule", language()), parts=parts)


def _choices(key: Field, hint: Any, value: Plain) -> list[Choice]:
    held = str(value or "")
    blank = [] if key.required else [Choice("", "–", not held)]
    return blank + [
        Choice(w, value_name(key.key, w, language()), w == held) for w in map(str, get_args(hint))
    ]


def _list(inner: Any, value: Sequence[Plain], about: dict[str, Any]) -> Control:
    """Lines of text, or one row of fields for each item and some blank ones."""
    name = about["name"]
    if not dataclasses.is_dataclass(inner) or inner is Text:
        return Control("long", **about, value="\n".join(_line(v, inner) for v in value))
    shape = typing.cast(type, inner)
    simple = all(_control(f, None, name, shape="").kind in IN_A_ROW for f in fields_of(shape))
    blank = max(1, BLANKS - len(value)) if simple and name.count(".") < DEEP else 1
    items = [controls(shape, item, f"{name}.{k}") for k, item in enumerate([*value, *({},) * blank])]
    return Control("table" if simple else "list", **about, items=items, heads=[c.label for c in items[0]])


def _line(value: Plain, hint: Any) -> str:
    """An item of a plain list as one line; both languages with a bar between."""
    if isinstance(value, Mapping):
        return f"{value.get('vi', '')} | {value['en']}" if value.get("en") else str(value.get("vi", ""))
    return shown(value, hint)


def shown(value: Plain, hint: Any = Fraction) -> str:
    """A number with the language's decimal mark; anything else as it is."""
    text = "" if value is None else str(value)
    if hint not in NUMBERS or language() != "vi":
        return text
    return text.replace(".", ",")


def read(shape: type, posted: Posted, name: str, *, keys: Sequence[str] = ()) -> dict[str, Plain]:
    """The plain data that a filled-in form says; what is empty is left out."""
    found = {f.key: f for f in fields_of(shape)}
    data = {}
    for key in keys or found:
        value = _read(found[key].hint, posted, f"{name}.{key}")
        if value not in ("", {}, [], None):
            data[key] = value
    if "id" in found and "id" not in data and data.get("name"):
        named = data["name"]
        data["id"] = slug(named["vi"] if isinstance(named, Mapping) else named)
    return data


def _read(hint: Any, posted: Posted, name: str) -> Plain:
    hint = _bare(hint)
    if _is_rule(hint):
        return read_rule(posted, name)
    if hint is Text:
        return text_of(_typed(posted, f"{name}.vi"), _typed(posted, f"{name}.en"))
    if get_origin(hint) is tuple:
        return _read_list(get_args(hint)[0], posted, name)
    if dataclasses.is_dataclass(hint):
        return read(typing.cast(type, hint), posted, name)
    typed = _typed(posted, name)
    return number(typed) if hint in NUMBERS else typed


def read_rule(posted: Posted, name: str) -> dict[str, Plain]:
    """A rule from its fields: of its kind, or none."""
    kind = _typed(posted, f"{name}.kind")
    return {"kind": kind, **read(KINDS[kind], posted, name)} if kind in KINDS else {}


def _read_list(inner: Any, posted: Posted, name: str) -> list[Plain]:
    if inner is Text:
        pairs = (line.partition(" | ") for line in _typed(posted, name).splitlines())
        return [text_of(vi.strip(), en.strip()) for vi, _, en in pairs if vi.strip()]
    if not dataclasses.is_dataclass(inner):
        lines = [line.strip() for line in _typed(posted, name).splitlines()]
        return [number(t) if inner in NUMBERS else t for t in lines if t]
    items = []
    for k in range(MOST_ITEMS):
        start = f"{name}.{k}."
        if not any(key.startswith(start) for key in posted):
            break
        item = read(typing.cast(type, inner), posted, start[:-1])
        if item and not _only_choices(item, inner):
            items.append(item)
    return _ids_apart(items)


def _only_choices(item: Mapping[str, Plain], shape: Any) -> bool:
    """Whether nothing was typed: a list that must hold a word has one chosen in every blank row."""
    required = {f.key for f in fields_of(shape) if f.required and get_origin(_bare(f.hint)) is Literal}
    return item.keys() <= required


def _ids_apart(items: list[Plain]) -> list[Plain]:
    """Ids that the system made do not stand twice."""
    used: set[str] = set()
    for item in items:
        name = item.get("id", "")
        if name and name in used and name == slug(_vi(item.get("name", ""))):
            item["id"] = next(n for n in (f"{name}-{k}" for k in range(2, MOST_ITEMS)) if n not in used)
        used.add(item.get("id", ""))
    return items


def _vi(text: Plain) -> str:
    return str(text.get("vi", "")) if isinstance(text, Mapping) else str(text)


def text_of(vi: str, en: str) -> Plain:
    """A text in one or two languages as the file has it."""
    return {"vi": vi, "en": en} if en else vi


def number(text: str) -> str:
    """A number as the file has it; as typed where it is none."""
    try:
        return number_text(read_number(text))
    except AnswerRefused:
        return text


def _typed(posted: Posted, name: str) -> str:
    text = posted.get(name, "").replace("\r\n", "\n")
    return text.strip()[:LONGEST]


def _bare(hint: Any) -> Any:
    """The one type that a key may hold besides nothing; rules stay together."""
    if get_origin(hint) not in (types.UnionType, typing.Union):
        return hint
    options = [o for o in get_args(hint) if o is not type(None)]
    return hint if set(options) <= RULES else options[0]


def _is_rule(hint: Any) -> bool:
    return get_origin(hint) in (types.UnionType, typing.Union) and set(get_args(hint)) - {type(None)} <= RULES
