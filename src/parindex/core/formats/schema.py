"""The framework format as JSON Schema, derived from the same fields the reader follows."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal, get_args, get_origin

from parindex.core.formats.shapes import RULES, fields_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.rules import KINDS
from parindex.core.kernel.text import Text


NUMBER = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d+([.,]\d+)?(/\d+)?$"}]}
_SCALARS: Mapping[Any, dict[str, Any]] = {
    str: {"type": ["string", "number"]},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Fraction: NUMBER,
    date: {"type": "string", "format": "date"},
}


def framework_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a framework file; editors complete and check with it."""
    definitions: dict[str, Any] = {}
    root = _shape(Framework, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "parindex framework file",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one type."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, typing.Union):
        options = [o for o in args if o is not type(None)]
        if set(options) <= RULES:
            return _rule(definitions)
        schemas = [_schema(o, definitions) for o in options]
        return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0], definitions)}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(args[1], definitions)}
    if hint is Text:
        definitions["Text"] = {"anyOf": [{"type": "string"}, _shape(Text, definitions)]}
        return {"$ref": "#/$defs/Text"}
    if dataclasses.is_dataclass(hint):
        return _reference(typing.cast(type, hint), definitions)
    return dict(_SCALARS[hint])


def _reference(shape: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """A definition made once, and a reference to it."""
    if shape.__name__ not in definitions:
        definitions[shape.__name__] = {}
        definitions[shape.__name__] = _shape(shape, definitions)
    return {"$ref": f"#/$defs/{shape.__name__}"}


def _rule(definitions: dict[str, Any]) -> dict[str, Any]:
    """Any rule: the kind decides the rest."""
    if "Rule" not in definitions:
        definitions["Rule"] = {}
        definitions["Rule"] = {
            "oneOf": [_shape(kind, definitions, kind=name) for name, kind in KINDS.items()]
        }
    return {"$ref": "#/$defs/Rule"}


def _shape(shape: type, definitions: dict[str, Any], *, kind: str = "") -> dict[str, Any]:
    """An object with exactly a dataclass's keys."""
    properties = {f.key: _schema(f.hint, definitions) for f in fields_of(shape)}
    required = [f.key for f in fields_of(shape) if f.required]
    if kind:
        properties = {"kind": {"const": kind}, **properties}
        required = ["kind", *required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
