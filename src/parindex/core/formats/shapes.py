"""Read YAML nodes into frozen dataclasses by their type hints, every problem at once with its line.

The hints are the format: the reader here and the JSON Schema in `schema` follow the same fields.
"""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from typing import Any, Literal, get_args, get_origin

import yaml

from parindex.core.formats.problems import FileProblem
from parindex.core.formats.yaml_nodes import line_of, pairs
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.rules import KINDS
from parindex.core.kernel.rules.values import read_iso_date
from parindex.core.kernel.text import Text


Path = tuple[str | int, ...]
MISSING = object()
RULES = frozenset(KINDS.values())
NULL = "tag:yaml.org,2002:null"


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One key of a shape: its name in the file, its attribute, its type, whether it must be there."""

    key: str
    attribute: str
    hint: Any
    required: bool


@cache
def fields_of(shape: type) -> tuple[Field, ...]:
    """The keys of a dataclass; an attribute's trailing underscore is not part of its key."""
    module = vars(sys.modules[shape.__module__])
    hints = typing.get_type_hints(shape, {**module, "AnyRule": typing.Union[tuple(KINDS.values())]})  # noqa: UP007
    return tuple(
        Field(
            f.name.removesuffix("_"),
            f.name,
            hints[f.name],
            f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING,
        )
        for f in dataclasses.fields(shape)
        if f.init
    )


class Reader:
    """Reads nodes of one file; collects `problems` and remembers the line of every path."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[FileProblem] = []
        self.lines: dict[Path, int] = {}

    def complain(self, node: yaml.Node, code: str, /, **data: object) -> Any:
        """Note a problem; the value is missing then."""
        self.problems.append(FileProblem(self.file, line_of(node), code, data))
        return MISSING

    def read(self, node: yaml.Node, hint: Any, path: Path) -> Any:
        """A value of the hinted type, or MISSING with problems noted."""
        self.lines[path] = line_of(node)
        origin = get_origin(hint)
        if origin in (types.UnionType, typing.Union):
            return self._union(node, get_args(hint), path)
        if origin is tuple:
            return self._list(node, get_args(hint)[0], path)
        if origin is Literal:
            return self._literal(node, get_args(hint), path)
        if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
            return self._mapping(node, get_args(hint)[1], path)
        if hint is Text:
            return self._text(node, path)
        if dataclasses.is_dataclass(hint):
            return self.shape(node, typing.cast(type, hint), path)
        return self._scalar(node, hint, path)

    def shape(self, node: yaml.Node, shape: type, path: Path, *, skip: str = "") -> Any:
        """A mapping as an instance of a dataclass."""
        if not isinstance(node, yaml.MappingNode):
            return self.complain(node, "wrong_type", key=_name(path), expected="mapping")
        fields = {f.key: f for f in fields_of(shape)}
        values: dict[str, Any] = {}
        entries = pairs(node, self.file, self.problems)
        for key, (key_node, value) in entries.items():
            if key == skip:
                continue
            if key not in fields:
                near = get_close_matches(key, fields, n=1)
                self.complain(
                    key_node, "key_unknown", key=key, near=near[0] if near else "", known=tuple(fields)
                )
            else:
                read = self.read(value, fields[key].hint, (*path, key))
                if read is not MISSING:
                    values[fields[key].attribute] = read
        absent = [f.key for f in fields.values() if f.required and f.key not in entries]
        for key in absent:
            self.complain(node, "key_missing", key=key, owner=_name(path))
        complete = all(f.attribute in values for f in fields.values() if f.required)
        return shape(**values) if complete else MISSING

    def _union(self, node: yaml.Node, options: tuple[Any, ...], path: Path) -> Any:
        """X | None, a rule by its kind, or a scalar beside a mapping."""
        if type(None) in options:
            if isinstance(node, yaml.ScalarNode) and node.tag == NULL:
                return None
            options = tuple(o for o in options if o is not type(None))
        if set(options) <= RULES:
            return self._rule(node, path)
        if len(options) > 1:
            wants = [o for o in options if (get_origin(o) is not None) == isinstance(node, yaml.MappingNode)]
            options = tuple(wants) or options
        return self.read(node, options[0], path)

    def _rule(self, node: yaml.Node, path: Path) -> Any:
        """A rule: its `kind` names the shape of the rest."""
        if not isinstance(node, yaml.MappingNode):
            return self.complain(node, "wrong_type", key="rule", expected="mapping")
        kind = next((v for k, v in node.value if k.value == "kind"), None)
        if kind is None:
            return self.complain(node, "key_missing", key="kind", owner="rule")
        shape = KINDS.get(str(kind.value))
        if shape is None:
            near = get_close_matches(str(kind.value), KINDS, n=1)
            return self.complain(
                kind, "kind_unknown", kind=str(kind.value), near=near[0] if near else "", known=tuple(KINDS)
            )
        return self.shape(node, shape, path, skip="kind")

    def _list(self, node: yaml.Node, hint: Any, path: Path) -> Any:
        """A sequence as a tuple."""
        if not isinstance(node, yaml.SequenceNode):
            return self.complain(node, "wrong_type", key=_name(path), expected="list")
        items = [self.read(item, hint, (*path, k)) for k, item in enumerate(node.value)]
        return MISSING if any(i is MISSING for i in items) else tuple(items)

    def _mapping(self, node: yaml.Node, hint: Any, path: Path) -> Any:
        """A mapping from text to one type."""
        if not isinstance(node, yaml.MappingNode):
            return self.complain(node, "wrong_type", key=_name(path), expected="mapping")
        items = {
            k: self.read(v, hint, (*path, k)) for k, (_, v) in pairs(node, self.file, self.problems).items()
        }
        return MISSING if any(i is MISSING for i in items.values()) else items

    def _text(self, node: yaml.Node, path: Path) -> Any:
        """A bare string is Vietnamese; a mapping has vi and en."""
        if isinstance(node, yaml.MappingNode):
            return self.shape(node, Text, path)
        vi = self._scalar(node, str, path)
        return MISSING if vi is MISSING else Text(vi)

    def _literal(self, node: yaml.Node, known: tuple[Any, ...], path: Path) -> Any:
        """One of a few words (or the format's number)."""
        if isinstance(node, yaml.ScalarNode):
            for value in known:
                if node.value == str(value):
                    return value
            near = get_close_matches(node.value, [str(k) for k in known], n=1)
            return self.complain(
                node,
                "word_unknown",
                key=_name(path),
                word=node.value,
                near=near[0] if near else "",
                known=tuple(map(str, known)),
            )
        return self.complain(node, "wrong_type", key=_name(path), expected="word")

    def _scalar(self, node: yaml.Node, hint: Any, path: Path) -> Any:
        """Text, a number read exactly from its digits, a date, yes or no."""
        expected, read = _SCALARS[hint]
        if isinstance(node, yaml.ScalarNode):
            try:
                return read(node.value.strip())
            except (ValueError, KeyError, AnswerRefused):
                return self.complain(
                    node, "wrong_type", key=_name(path), expected=expected, text=node.value[:80]
                )
        return self.complain(node, "wrong_type", key=_name(path), expected=expected)


def _name(path: Path) -> str:
    """The last key of a path, for a message."""
    return next((str(p) for p in reversed(path) if isinstance(p, str)), "")


def _text(text: str) -> str:
    # names are compared with those of answers, which an editor may have composed differently
    return unicodedata.normalize("NFC", text)


def _whole(text: str) -> int:
    value = read_number(text)
    if value.denominator != 1:
        raise ValueError(text)
    return int(value)


def _number(text: str) -> Fraction:
    part, slash, whole = text.partition("/")
    divisor = read_number(whole) if slash else Fraction(1)
    if not divisor:
        raise ValueError(text)
    return read_number(part) / divisor


_SCALARS: Mapping[Any, tuple[str, Callable[[str], Any]]] = {
    str: ("text", _text),
    int: ("whole", _whole),
    bool: ("yes_no", {"true": True, "false": False}.__getitem__),
    Fraction: ("number", _number),
    date: ("date", read_iso_date),
}
