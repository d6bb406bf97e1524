"""The units of a published result one after the other, so that a large file is never held as a whole tree."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any


UNITS = "units"
_SPACE = re.compile(r"[ \t\n\r]*")
_read = json.JSONDecoder().raw_decode


def units_in(content: bytes) -> Iterator[Any]:
    """Each element of the list under ``units``, in its order; the rest of the object is read and dropped.

    Raises:
        ValueError: no JSON, no object, or not exactly one list of that name; possibly after some elements.
    """
    text = content.decode(json.detect_encoding(content), "surrogatepass")
    at, found = _after(text, 0, "{"), 0
    while True:
        key, at = _read(text, _blank(text, at))
        at = _blank(text, _after(text, at, ":"))
        if key == UNITS:
            found += 1
            at = yield from _elements(text, at)
        else:
            _, at = _read(text, at)
        at = _blank(text, at)
        if text[at : at + 1] != ",":
            break
        at += 1
    if found != 1 or _blank(text, _after(text, at, "}")) != len(text):
        raise ValueError(UNITS)


def _elements(text: str, at: int) -> Generator[Any, None, int]:
    """The elements of a list; returns where it ends."""
    at = _blank(text, _after(text, at, "["))
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        element, at = _read(text, at)
        yield element
        at = _blank(text, at)
        if text[at : at + 1] != ",":
            return _after(text, at, "]")
        at = _blank(text, at + 1)


def _blank(text: str, at: int) -> int:
    """Where the next thing begins."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _after(text: str, at: int, sign: str) -> int:
    """Behind a sign that must stand here. Raises ValueError."""
    at = _blank(text, at)
    if text[at : at + 1] != sign:
        raise ValueError(sign)
    return at + 1
