"""Reads what is sent: within its limits, numbers digit by digit."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, NoReturn

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from parindex.apps.indicators.tokens import MOST_ROWS, Sent
from parindex.core.kernel.problems import Refused


LARGEST = 2_500_000
"""Bytes of a delivery; below what Django reads into memory at most."""
KEY = re.compile(r"[\x21-\x7e]{1,100}")


def read_delivery(request: HttpRequest, *, key: str | None, atomic: bool, mark: bytes = b"") -> Sent:
    """A delivery as it came; its rows are not looked at yet.

    Args:
        mark: of what the rows are, so that one key does not stand for the same content of two kinds.

    Raises:
        Refused: ``push_key_unusable``, ``body_too_large``, ``body_unreadable``, ``field_unknown``,
            ``push_empty``, ``push_too_long``.
    """
    if key is not None and not KEY.fullmatch(key):
        raise Refused("push_key_unusable")
    content = _content(request)
    rows = _rows(content)
    if not rows:
        raise Refused("push_empty")
    if len(rows) > MOST_ROWS:
        raise Refused("push_too_long", rows=len(rows), limit=MOST_ROWS)
    fingerprint = hashlib.sha256(mark + (b"1" if atomic else b"0") + content).hexdigest()
    return Sent(rows, key or "", fingerprint, atomic)


def _content(request: HttpRequest) -> bytes:
    said = request.META.get("CONTENT_LENGTH") or "0"
    if said.isascii() and said.isdigit() and int(said[:20]) > LARGEST:
        raise Refused("body_too_large", limit=LARGEST)
    try:
        return request.body
    except UnreadablePostError:
        raise Refused("body_unreadable") from None


def _rows(content: bytes) -> list[Any]:
    """Raises Refused ``body_unreadable``, ``field_unknown``."""
    try:
        sent = json.loads(
            content.decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise Refused("body_unreadable") from None
    if not isinstance(sent, dict) or not isinstance(sent.get("rows"), list):
        raise Refused("body_unreadable")
    for field in sent:
        if field != "rows":
            raise Refused("field_unknown", field="".join(c for c in field[:40] if c.isprintable()))
    return list(sent["rows"])


def _no_number(word: str) -> NoReturn:
    """``NaN`` and ``Infinity`` are no JSON."""
    raise ValueError(word)
