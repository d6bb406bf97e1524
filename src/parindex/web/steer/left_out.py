"""Exceptions to the matrix while a round is being opened: carried by the form, typed for one unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.http import QueryDict

from parindex.apps.assessments.queries.matrix import UnitLine
from parindex.apps.assessments.rules.matrix import LeftOut, check_reason
from parindex.core.kernel.problems import Refused
from parindex.web.parts.sent_tables import words_of


OWN = "m-"
PASSING = frozenset({"csrfmiddlewaretoken", "step", "seen", "confirmed"})


def is_carried(name: str) -> bool:
    """Whether a field says something of the round itself, and not only of the step that was taken."""
    return name not in PASSING and not name.startswith(OWN)


def packed(rows: Iterable[LeftOut]) -> str:
    """Exceptions as the text of one field: each reason once."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        found.setdefault(row.reason, {}).setdefault(row.unit, []).append(row.leaf)
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


def unpacked(text: str) -> list[LeftOut]:
    """And back. Raises Refused ``left_out_unreadable``."""
    if not text.strip():
        return []
    try:
        found = json.loads(text)
        rows = [
            LeftOut(unit, leaf, reason)
            for reason, units in found.items()
            for unit, leaves in units.items()
            for leaf in leaves
        ]
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise Refused("left_out_unreadable") from None
    if not all(isinstance(row.leaf, str) for row in rows):
        raise Refused("left_out_unreadable")
    return rows


def without(rows: Sequence[LeftOut], unit: str) -> list[LeftOut]:
    """The exceptions of all other units."""
    return [row for row in rows if row.unit != unit]


def read_unit(line: UnitLine, typed: QueryDict) -> tuple[list[LeftOut], dict[str, str]]:
    """One unit's exceptions as they were typed, and a sentence for each criterion without a reason."""
    unit, ticked = line.participant.unit.code, set(typed.getlist("m-in"))
    common = " ".join(typed.get("m-why", "").split())
    rows, wrong = [], {}
    for leaf in line.applied - ticked:
        reason = " ".join(typed.get(f"m-why-{leaf}", "").split()) or common
        try:
            check_reason(reason)
        except Refused as refusal:
            wrong[leaf] = words_of(refusal)
        rows.append(LeftOut(unit, leaf, reason))
    return sorted(rows, key=lambda row: row.leaf), wrong
