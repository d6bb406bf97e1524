"""Rows of values as another system sends them in JSON: each is read by itself; a wrong one spoils none."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from parindex.apps.indicators.planning import COLUMNS
from parindex.core.formats.registers import CellRefused, RegisterRow
from parindex.core.kernel.problems import Refused


FIELDS = tuple(c.key for c in COLUMNS)
LONGEST = 2_000


def read_sent(sent: Sequence[object]) -> tuple[list[RegisterRow], dict[int, CellRefused]]:
    """The rows that can be read, and why others cannot; both by their place, from 1."""
    rows: list[RegisterRow] = []
    wrong: dict[int, CellRefused] = {}
    for place, one in enumerate(sent, start=1):
        try:
            rows.append(RegisterRow(place, _cells(one), {}))
        except CellRefused as refusal:
            wrong[place] = refusal
    return rows, wrong


def _cells(one: object) -> dict[str, str]:
    """Raises CellRefused."""
    if not isinstance(one, Mapping):
        raise CellRefused("", Refused("row_no_object"))
    for field in one:
        if field not in FIELDS:
            raise CellRefused(_sayable(str(field)), Refused("field_unknown", field=_sayable(str(field))))
    cells = {field: _text(field, value) for field, value in one.items() if value is not None}
    return {field: text for field, text in cells.items() if text}


def _text(field: str, value: object) -> str:
    """A cell as a table would hold it. Raises CellRefused ``field_no_text``, ``field_unusable``."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise CellRefused(field, Refused("field_no_text", field=field))
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST or any(unicodedata.category(c) in ("Cc", "Cs", "Cn") for c in text):
        raise CellRefused(field, Refused("field_unusable", field=field))
    return unicodedata.normalize("NFC", text.strip())


def _sayable(name: str) -> str:
    """A name that may be repeated in an answer."""
    return "".join(c if unicodedata.category(c)[0] != "C" else "?" for c in name[:40])
