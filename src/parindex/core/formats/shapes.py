"""Read YAML nodes into frozen dataclasses by their type hints, every problem at once with its line.

The hints are the format: the reader here and the JSON Schema in `schema` follow the same fields.
"""

from __future__ import annotations

import dataclasses
import re
import sys
import types
import typing
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Literal, get_args, get_origin

import yaml

from parindex.core.formats.problems import FileProblem, nearest
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
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
OCTAL = re.compile(r"[+-]?0[0-9]")


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


SUGGESTING = 200
BLANK: Mapping[Any, Any] = {Text: Text("?"), str: "?"}


class Reader:
    """Reads nodes of one file; collects `problems` and remembers the line of every path.

    What cannot be read is left out and its path noted in `damaged`, so that the rest can still be checked.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[FileProblem] = []
        self.lines: dict[Path, int] = {}
        self.damaged: set[Path] = set()

    def complain(self, node: yaml.Node, code: str, /, **data: object) -> Any:
        """Note a problem; the value is missing then."""
        self.problems.append(FileProblem(self.file, line_of(node), code, data))
        return MISSING

    def near(self, word: str, known: Iterable[str]) -> str:
        """The known word that was perhaps meant; only the first problems are worth the search."""
        return nearest(word, known) if len(self.problems) < SUGGESTING else ""

    def root(self, node: yaml.Node, shape: type) -> Any:
        """The whole file; what is missing of it is filled in once that is noted. MISSING for no mapping."""
        if not isinstance(node, yaml.MappingNode):
            return self.complain(node, "wrong_type", key="", expected="mapping")
        values = self._values(node, shape, ())
        for field in (f for f in fields_of(shape) if f.required and f.attribute not in values):
            self.damaged.add((field.key,))
            literal = get_args(field.hint) if get_origin(field.hint) is Literal else ()
            values[field.attribute] = literal[0] if literal else BLANK.get(field.hint, ())
        return shape(**values)

    def read(self, node: yaml.Node, hint: Any, path: Path) -> Any:
        """A value of the hinted type, or MISSING with problems noted."""
        self.lines[path] = line_of(node)
        value = self._read(node, hint, path)
        if value is MISSING:
            self.damaged.add(path)
        return value

    def _read(self, node: yaml.Node, hint: Any, path: Path) -> Any:
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
        values = self._values(node, shape, path, skip=skip)
        complete = all(f.attribute in values for f in fields_of(shape) if f.required)
        return shape(**values) if complete else MISSING

    def _values(self, node: yaml.MappingNode, shape: type, path: Path, *, skip: str = "") -> dict[str, Any]:
        """What a mapping says of a dataclass's attributes; what is wrong, empty or missing is noted."""
        fields = {f.key: f for f in fields_of(shape)}
        entries = pairs(node, self.file, self.problems)
        values: dict[str, Any] = {}
        for key, (key_node, value) in entries.items():
            field = fields.get(key)
            if key == skip or (field and not field.required and _is_null(value)):
                continue
            if field is None:
                near = self.near(key, fields)
                self.complain(key_node, "key_unknown", key=key, near=near, known=tuple(fields))
                self.damaged.add((*path, key))
                continue
            read = self._item(value, field.hint, (*path, key), empty=not field.required)
            if read is not MISSING:
                values[field.attribute] = read
        for key in (f.key for f in fields.values() if f.required and f.key not in entries):
            self.complain(node, "key_missing", key=key, owner=_name(path))
        return values

    def _union(self, node: yaml.Node, options: tuple[Any, ...], path: Path) -> Any:
        """X | None, a rule by its kind, or a scalar beside a mapping."""
        options = tuple(o for o in options if o is not type(None))
        if set(options) <= RULES:
            return self._rule(node, path)
        if len(options) > 1:
            wants = [o for o in options if (get_origin(o) is not None) == isinstance(node, yaml.MappingNode)]
            options = tuple(wants) or options
        return self.read(node, options[0], path)

    def _rule(self, node: yaml.Node, path: Path) -> Any:
        """A rule: its `kind` names the shape of the rest. One that is read in part is no rule."""
        if not isinstance(node, yaml.MappingNode):
            return self.complain(node, "wrong_type", key="rule", expected="mapping")
        kind = next((v for k, v in node.value if k.value == "kind"), None)
        if kind is None:
            return self.complain(node, "key_missing", key="kind", owner="rule")
        if not isinstance(kind, yaml.ScalarNode):
            return self.complain(kind, "wrong_type", key="kind", expected="word")
        word = kind.value
        shape = KINDS.get(word)
        if shape is None:
            return self.complain(
                kind, "kind_unknown", kind=word, near=self.near(word, KINDS), known=tuple(KINDS)
            )
        before = len(self.problems)
        rule = self.shape(node, shape, path, skip="kind")
        return rule if len(self.problems) == before else MISSING

    def _list(self, node: yaml.Node, hint: Any, path: Path) -> Any:
        """A sequence as a tuple."""
        if not isinstance(node, yaml.SequenceNode):
            return self.complain(node, "wrong_type", key=_name(path), expected="list")
        items = [self._item(item, hint, (*path, k)) for k, item in enumerate(node.value)]
        return tuple(i for i in items if i is not MISSING)

    def _item(self, node: yaml.Node, hint: Any, path: Path, *, empty: bool = False) -> Any:
        """A value that may be empty or not."""
        if not empty and _is_blank(node):
            self.damaged.add(path)
            return self.complain(node, "key_empty", key=_name(path))
        return self.read(node, hint, path)

    def _mapping(self, node: yaml.Node, hint: Any, path: Path) -> Any:
        """A mapping from text to one type."""
        if not isinstance(node, yaml.MappingNode):
            return self.complain(node, "wrong_type", key=_name(path), expected="mapping")
        items = {
            k: self.read(v, hint, (*path, k)) for k, (_, v) in pairs(node, self.file, self.problems).items()
        }
        return {k: i for k, i in items.items() if i is not MISSING}

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
            words = tuple(map(str, known))
            return self.complain(
                node,
                "word_unknown",
                key=_name(path),
                word=node.value,
                near=self.near(node.value, words),
                known=words,
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


def _is_null(node: yaml.Node) -> bool:
    """Whether nothing stands there: an empty value, ``~`` or ``null`` without quotation marks."""
    return isinstance(node, yaml.ScalarNode) and node.tag == NULL


def _is_blank(node: yaml.Node) -> bool:
    """Nothing, or a text without a letter."""
    return isinstance(node, yaml.ScalarNode) and (node.tag == NULL or not node.value.strip())


def _text(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError(text)
    # names are compared with those of answers, which an editor may have composed differently
    return unicodedata.normalize("NFC", text)


def _whole(text: str) -> int:
    value = _number(text)
    if value.denominator != 1 or "/" in text:
        raise ValueError(text)
    return int(value)


def _number(text: str) -> Fraction:
    if OCTAL.match(text):  # 010 is 8 to one reader of YAML and 10 to another
        raise ValueError(text)
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
