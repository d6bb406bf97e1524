"""Rows as another system sends them in JSON: each is read by itself; a wrong one spoils none."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence

from parindex.apps.indicators.planning import COLUMNS
from parindex.core.dossiers.record import BY_NAME
from parindex.core.formats.registers import CellRefused, RegisterRow
from parindex.core.kernel.problems import Refused


FIELDS = tuple(c.key for c in COLUMNS)
FLAGS = frozenset(f.name for f in BY_NAME.values() if f.kind == "flag")
LONGEST = 2_000
MOST_NAMED = 30
Cells = dict[str, str]
Wrong = dict[int, CellRefused]


def read_sent(sent: Sequence[object]) -> tuple[list[RegisterRow], Wrong]:
    """The rows of values that can be read, and why others cannot; both by their place, from 1."""
    rows: list[RegisterRow] = []
    wrong: Wrong = {}
    for place, one in enumerate(sent, start=1):
        try:
            rows.append(RegisterRow(place, _values(one), {}))
        except CellRefused as refusal:
            wrong[place] = refusal
    return rows, wrong


def read_sent_dossiers(sent: Sequence[object]) -> tuple[dict[int, Cells], Wrong, tuple[str, ...]]:
    """Dossiers that can be read, why others cannot, both by their place from 1; and the names of fields that
    were left unread, because nothing is kept of them: citizens' names and numbers are among those."""
    rows: dict[int, Cells] = {}
    wrong: Wrong = {}
    unread: dict[str, None] = {}
    for place, one in enumerate(sent, start=1):
        try:
            found = _object(one)
            unread |= dict.fromkeys(sayable(str(f)) for f in found if f not in BY_NAME)
            rows[place] = _cells({f: v for f, v in found.items() if f in BY_NAME})
        except CellRefused as refusal:
            wrong[place] = refusal
    return rows, wrong, tuple(unread)[:MOST_NAMED]


def sayable(name: str) -> str:
    """A name that may be repeated in an answer."""
    return "".join(c if unicodedata.category(c)[0] != "C" else "?" for c in name[:40])


def _object(one: object) -> Mapping[str, object]:
    """Raises CellRefused."""
    if not isinstance(one, Mapping):
        raise CellRefused("", Refused("row_no_object"))
    return one


def _values(one: object) -> Cells:
    """A row of values, of which no field is passed over in silence. Raises CellRefused."""
    found = _object(one)
    _check_known(found, FIELDS)
    return _cells(found)


def _check_known(found: Collection[str], known: Collection[str]) -> None:
    for field in found:
        if field not in known:
            raise CellRefused(sayable(str(field)), Refused("field_unknown", field=sayable(str(field))))


def _cells(found: Mapping[str, object]) -> Cells:
    """Raises CellRefused."""
    cells = {f: _text(f, v) for f, v in found.items() if v is not None}
    return {field: text for field, text in cells.items() if text}


def _text(field: str, value: object) -> str:
    """A cell as a table would hold it. Raises CellRefused ``field_no_text``, ``field_unusable``."""
    if isinstance(value, bool) and field in FLAGS:
        return "1" if value else "0"
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise CellRefused(field, Refused("field_no_text", field=field))
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST or any(unicodedata.category(c) in ("Cc", "Cs", "Cn") for c in text):
        raise CellRefused(field, Refused("field_unusable", field=field))
    return unicodedata.normalize("NFC", text.strip())
