"""Framework files: read, checked, and known by the hash of what they say."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from parindex.core.formats.damage import is_sound
from parindex.core.formats.problems import FileProblem, FileRefused, read_limited
from parindex.core.formats.shapes import MISSING, Reader
from parindex.core.formats.yaml_nodes import MAX_BYTES, compose
from parindex.core.kernel.checks import check_framework
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import Problem
from parindex.core.kernel.rules import KINDS


def load_framework(path: Path) -> Framework:
    """Read and check a framework file.

    Raises:
        FileRefused: the file cannot be opened, or has problems; all of them, each with its line.
    """
    return parse_framework(read_limited(path, MAX_BYTES), str(path))


def parse_framework(content: bytes, file: str = "framework.yaml") -> Framework:
    """Read and check the text of a framework file. Raises FileRefused with all there is to say."""
    framework, reader, contradictions = read_framework(content, file)
    for problem in contradictions:
        line = _line(reader.lines, problem.path)
        reader.problems.append(FileProblem(file, line, problem.code, problem.data))
    if reader.problems:
        raise FileRefused(reader.problems)
    assert isinstance(framework, Framework)
    return framework


def read_framework(content: bytes, file: str) -> tuple[Framework | None, Reader, list[Problem]]:
    """What could be read of a framework file, the reader with its problems, and the contradictions in it.

    Raises:
        FileRefused: it is no YAML that can be read.
    """
    reader = Reader(file)
    framework = reader.root(compose(content, file), Framework)
    if framework is MISSING:
        return None, reader, []
    found = check_framework(framework)
    return framework, reader, [p for p in found if not reader.damaged or is_sound(p, reader.damaged)]


def _line(lines: Mapping[tuple[str | int, ...], int], path: tuple[str | int, ...]) -> int:
    """The line of the nearest thing on the path that the file holds."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def framework_hash(framework: Framework) -> str:
    """SHA-256 of what the framework says: layout, comments and the order of keys do not matter."""
    text = json.dumps(_plain(framework), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A framework as plain JSON values, without what equals its default: new fields change no hash."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    plain = {
        f.name.removesuffix("_"): _plain(getattr(value, f.name))
        for f in dataclasses.fields(value)
        if getattr(value, f.name) != f.default and not (getattr(value, f.name) == () and f.default == ())
    }
    if type(value) in KINDS.values():
        plain["kind"] = type(value).kind  # type: ignore[attr-defined]
    return plain
