"""Questionnaire files (YAML, or the JSON that is kept): read, checked, written, known by their hash."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from parindex.core.formats.problems import FileProblem, FileRefused, read_limited
from parindex.core.formats.shapes import MISSING, Reader
from parindex.core.formats.yaml_nodes import compose
from parindex.core.kernel.text import Text
from parindex.core.surveys.checks import check_questionnaire
from parindex.core.surveys.questionnaire import Questionnaire


MAX_BYTES = 1_000_000
Plain = Any


def load_questionnaire(path: Path) -> Questionnaire:
    """Read and check a questionnaire file. Raises FileRefused with every problem and its line."""
    return parse_questionnaire(read_limited(path, MAX_BYTES), str(path))


def parse_questionnaire(content: bytes, file: str = "questionnaire.yaml") -> Questionnaire:
    """Read and check the text of a file.

    Raises:
        FileRefused: all that is wrong, each with its line; a file in which something could not be read is not
            also searched for contradictions, which would only follow from it.
    """
    if len(content) > MAX_BYTES:
        raise FileRefused([FileProblem(file, 0, "file_too_large", {"limit": MAX_BYTES})])
    reader = Reader(file)
    found = reader.root(compose(content, file), Questionnaire)
    if reader.problems or found is MISSING:
        raise FileRefused(reader.problems)
    assert isinstance(found, Questionnaire)
    problems = [
        FileProblem(file, _line(reader.lines, p.path), p.code, p.data) for p in check_questionnaire(found)
    ]
    if problems:
        raise FileRefused(problems)
    return found


def from_mapping(data: Mapping[str, Plain], file: str = "") -> Questionnaire:
    """The questionnaire that plain values (of a form, of `to_mapping`) say.

    Raises:
        FileRefused: as `parse_questionnaire`; lines mean nothing here.
    """
    return parse_questionnaire(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"), file)


@lru_cache(maxsize=64)
def kept_questionnaire(text: str) -> Questionnaire:
    """The questionnaire of a kept canonical text, read once: it never changes."""
    return parse_questionnaire(text.encode())


def to_mapping(questionnaire: Questionnaire) -> dict[str, Plain]:
    """A questionnaire as plain JSON values without what equals its default; fractions as text ``1/3``."""
    plain: dict[str, Plain] = _plain(questionnaire)
    return plain


def canonical_text(questionnaire: Questionnaire) -> str:
    """The one text of a questionnaire: sorted keys, no spaces; a file's order of keys does not matter."""
    plain = to_mapping(questionnaire)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def questionnaire_hash(questionnaire: Questionnaire) -> str:
    """SHA-256 of the canonical text, hexadecimal."""
    return hashlib.sha256(canonical_text(questionnaire).encode()).hexdigest()


def _line(lines: Mapping[tuple[str | int, ...], int], path: tuple[str | int, ...]) -> int:
    """The line of the nearest thing on the path that the file holds."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _plain(value: Any) -> Plain:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, Text):
        return {"vi": value.vi, "en": value.en} if value.en else value.vi
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    return {
        f.name.removesuffix("_"): _plain(getattr(value, f.name))
        for f in dataclasses.fields(value)
        if getattr(value, f.name) != f.default
    }
