"""A sitting: one person at one form. Its random number is made with the form and kept on the device alone.

What is stored are hashes of it. The same form sent twice makes the same rows, so that nothing is doubled
where a line broke before the site could say that all had come; and as the number itself is kept nowhere, no
row leads back to a device.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256


SHAPE = re.compile(r"[0-9a-f]{32}")
BITS = (
    62  # of a row's number: it fits every database, and a million rows meet with odds of one in ten million
)


def new_sitting() -> str:
    """A fresh number: 32 hexadecimal digits."""
    return secrets.token_hex(16)


def is_sitting(text: str) -> bool:
    """Whether it is written like one."""
    return SHAPE.fullmatch(text) is not None


def row_of(sitting: str, unit: int) -> int:
    """The number of the row of an answer about a unit: never 0, in no order."""
    drawn = int.from_bytes(sha256(f"row {sitting} {unit}".encode()).digest()[:8], "big")
    return (drawn >> (64 - BITS)) or 1


def mark_of(sitting: str, unit: int, *, apart: bool) -> str:
    """What joins the answers of a sitting; with `apart` each answer has another one."""
    said = f"apart {sitting} {unit}" if apart else f"whole {sitting}"
    return sha256(said.encode()).hexdigest()[:32]
