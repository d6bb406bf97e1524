"""The one text of a value that is hashed and signed, and the hashes made of it.

JSON with sorted keys and no spaces, in UTF-8, without fractions: for the values that the ledger holds it is
the text that RFC 8785 prescribes, so that anyone can repeat a hash in another language.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


GREATEST = 2**53 - 1


def canonical(value: Any) -> bytes:
    """The text of a value: strings, whole numbers, true, false, null, lists, and objects of these.

    Raises:
        TypeError: a fraction, a key that is no string, or what JSON cannot hold; numbers are kept as text.
        ValueError: a whole number beyond 2^53, a character that no database keeps.
    """
    _check(value)
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(value: Any) -> str:
    """SHA-256 of a value's text, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _check(value: Any) -> None:
    """Nothing that one database or language would give back otherwise than another."""
    if isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} is no string")
            _check([key, item])
    else:
        _check_scalar(value)


def _check_scalar(value: Any) -> None:
    if not isinstance(value, str | int | None):
        raise TypeError(f"the ledger cannot hold {type(value).__name__}; keep a number as text")
    if isinstance(value, int) and abs(value) > GREATEST:
        raise ValueError(f"{value} is beyond 2^53; keep it as text")
    if isinstance(value, str) and "\0" in value:
        raise ValueError("a NUL character cannot be kept")
