"""A criteria set as the plain data of its file, and the file written from them.

Plain data are what the YAML says: mappings, lists and texts, with the file's keys. A number is its digits
(``3.5``, ``1/3``), a date ``2024-01-31``; what equals its default is left out. They may be unfinished or
wrong: the writer writes them as they are, so that the reader can say what is wrong with them.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

import yaml

from parindex.core.formats.shapes import RULES, fields_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.numbers import decimal_text, exact_text, terminates
from parindex.core.kernel.rules import KINDS, AnyRule
from parindex.core.kernel.text import Text


Plain = Any
HIDDEN = "_"
"""Keys that begin so belong to whoever keeps the data; they are not written."""
LINE = 120
FIRST = ("parindex", "kind", "id", "code", "version", "name")
LAST = frozenset({"tree", "bonus", "penalty", "code_maps"})
_STRING = "tag:yaml.org,2002:str"
_AS_IS = re.compile(r"-?\d+(\.\d+)?(/\d+)?|\d{4}-\d\d-\d\d|[a-z][a-z_]*")
_RESOLVER: Any = yaml.resolver.Resolver()
_UNSAFE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def plain_of(framework: Framework) -> dict[str, Plain]:
    """A criteria set as plain data; `parse_framework` reads the same from what `write_plain` makes of it."""
    found = _plain(framework)
    assert isinstance(found, dict)
    return found


def number_text(value: Fraction) -> str:
    """A number as a file has it: a decimal where it ends, else ``n/d``."""
    return decimal_text(value) if terminates(value) else exact_text(value)


def _plain(value: Any) -> Plain:
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, Text) and not value.en:
        return value.vi
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _shape(value)
    return _text(value)


def _text(value: Any) -> str:
    """A number, a date or a text as the file has it."""
    if isinstance(value, Fraction):
        return number_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _shape(value: Any) -> dict[str, Plain]:
    """A dataclass's attributes by their keys, without what equals its default."""
    plain: dict[str, Plain] = {"kind": value.kind} if type(value) in KINDS.values() else {}
    for field in dataclasses.fields(value):
        held, default = getattr(value, field.name), field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        if held != default:
            plain[field.name.removesuffix("_")] = _plain(held)
    return plain


def write_framework(framework: Framework) -> str:
    """The file of a criteria set."""
    return write_plain(plain_of(framework))


def write_plain(data: Mapping[str, Plain]) -> str:
    """The file of plain data, keys in the reference's order; a short list or mapping stands on one line."""
    return _serialized(_node(data, Framework, top=True))


def write_rule(rule: Mapping[str, Plain]) -> str:
    """A rule alone, as a file holds it."""
    return _serialized(_node(rule, AnyRule, top=True))


def _serialized(node: yaml.Node) -> str:
    text: str = yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=float("inf"))
    return text


def _node(value: Plain, hint: Any, *, top: bool = False) -> yaml.Node:
    """A value as a node, its numbers and dates without quotation marks where the hint asks for them."""
    hint = _hint(value, hint)
    if isinstance(value, Mapping):
        entries = [(k, v, h) for k, v, h in _entries(value, hint) if not k.startswith(HIDDEN)]
        pairs = [(_word(k), _node(v, h)) for k, v, h in entries]
        mapping = yaml.MappingNode("tag:yaml.org,2002:map", pairs)
        mapping.flow_style = not top and _fits([n for pair in pairs for n in pair])
        return mapping
    if isinstance(value, list | tuple):
        inner = get_args(hint)[0] if get_origin(hint) is tuple else None
        nodes = [_node(v, inner) for v in value]
        sequence = yaml.SequenceNode("tag:yaml.org,2002:seq", nodes)
        sequence.flow_style = _fits(nodes)
        return sequence
    return _scalar("" if value is None else str(value), as_is=hint not in (str, Text, None))


def _hint(value: Plain, hint: Any) -> Any:
    """Of several possible types the one that this value is of: a rule's kind, a mapping's values."""
    if get_origin(hint) not in (types.UnionType, typing.Union):
        return hint
    options = [o for o in get_args(hint) if o is not type(None)]
    if set(options) <= RULES:
        return KINDS.get(str(value.get("kind"))) if isinstance(value, Mapping) else None
    wanted = [o for o in options if (get_origin(o) is not None) == isinstance(value, Mapping)]
    return (wanted or options)[0]


def _entries(value: Mapping[str, Plain], hint: Any) -> Iterator[tuple[str, Plain, Any]]:
    """Key, value and type of each entry: those of the shape in its order, then what it does not know."""
    hints: dict[str, Any] = {}
    if hint in RULES:
        hints["kind"] = Literal["kind"]
    if dataclasses.is_dataclass(hint):
        hints |= {f.key: f.hint for f in fields_of(typing.cast(type, hint))}
    if hint is Text:
        hints = {"vi": str, "en": str}
    values = get_args(hint)[1] if get_origin(hint) is not None and len(get_args(hint)) == 2 else None
    known = sorted((k for k in hints if k in value), key=_place)
    for key in [*known, *(k for k in value if k not in hints)]:
        yield key, value[key], hints.get(key, values)


def _place(key: str) -> int:
    """Names go first, and what holds the long lists last."""
    return FIRST.index(key) - len(FIRST) if key in FIRST else 1 if key in LAST else 0


def _word(text: str) -> yaml.ScalarNode:
    return _scalar(text, as_is=True)


def _scalar(text: str, *, as_is: bool) -> yaml.ScalarNode:
    """A text; plain where nobody could take it for something else, or where it is meant to be a number."""
    plain = as_is and _AS_IS.fullmatch(text) and text not in _UNSAFE
    if plain:
        resolved = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
        return yaml.ScalarNode(resolved, text)
    return yaml.ScalarNode(_STRING, text, style='"')


def _fits(nodes: list[yaml.Node]) -> bool:
    """Whether all of it stands on one line."""
    return _width(nodes) <= LINE


def _width(nodes: list[yaml.Node]) -> int:
    """How many signs it takes; more than a line where a part has lines of its own."""
    total = 0
    for node in nodes:
        if isinstance(node, yaml.ScalarNode):
            total += len(node.value) + 4
        elif isinstance(node, yaml.SequenceNode):
            total += _width(node.value) + 2 if node.flow_style else LINE + 1
        elif isinstance(node, yaml.MappingNode):
            total += _width([n for pair in node.value for n in pair]) + 2 if node.flow_style else LINE + 1
        if total > LINE:
            return total
    return total
