"""Reasons and remarks as JSON that gives back the same values: how a result keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from parindex.core.kernel.numbers import exact
from parindex.core.kernel.reasons import Reason
from parindex.core.kernel.text import Text


def to_stored(reason: Reason) -> list[Any]:
    """A reason as ``[code, data]``, every value tagged with its type where JSON has none."""
    return [reason.code, {k: _keep(v) for k, v in reason.data.items()}]


def from_stored(stored: list[Any]) -> Reason:
    """Read back `to_stored`."""
    code, data = stored
    return Reason(code, {k: _give(v) for k, v in data.items()})


def _keep(value: object) -> Any:
    if isinstance(value, Fraction):
        return {"q": str(value)}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, Text):
        return {"t": [value.vi, value.en]}
    if isinstance(value, Reason):
        return {"r": to_stored(value)}
    if isinstance(value, tuple | list):
        return {"l": [_keep(v) for v in value]}
    if isinstance(value, Mapping):
        return {"m": {k: _keep(v) for k, v in value.items()}}
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"a reason cannot hold {type(value).__name__}")


def _give(kept: Any) -> object:
    if not isinstance(kept, dict):
        return kept
    ((tag, value),) = kept.items()
    if tag == "q":
        return exact(value)
    if tag == "d":
        return date.fromisoformat(value)
    if tag == "t":
        return Text(*value)
    if tag == "r":
        return from_stored(value)
    if tag == "m":
        return {k: _give(v) for k, v in value.items()}
    return tuple(_give(v) for v in value)
