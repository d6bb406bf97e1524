"""What plans of both kinds share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from parindex.core.formats.canonical import digest
from parindex.core.formats.days import read_day
from parindex.core.formats.registers import CellRefused, Planned, RegisterRow
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


Code = TypeVar("Code", bound=str)


def digest_of(plan: Iterable[Planned]) -> str:
    """A short name for all that a plan would do, by which a confirmation knows that it is still the same."""
    return digest([[p.line, p.key, p.outcome.value, [list(c) for c in p.changes]] for p in plan])


def day_in(row: RegisterRow, key: str) -> date | None:
    """A date, None where the cell is empty. Raises CellRefused ``day_unreadable`` or ``day_serial``."""
    typed = row.get(key)
    return within(key, lambda: read_day(typed)) if typed else None


Found = TypeVar("Found")


def within(key: str, check: Callable[[], Found]) -> Found:
    """What a check gives; what it refuses is refused of that column's cell. Raises CellRefused."""
    try:
        return check()
    except Refused as why:
        raise CellRefused(key, why) from None


def by_word(words: Mapping[Code, Text]) -> dict[str, Code]:
    """Codes by themselves and by their words in both languages, whatever the capitals."""
    return {n.casefold(): code for code, text in words.items() for n in (code, text.vi, text.en) if n}


def iso(day: date | None) -> str:
    """A day as the ledger and a plan write it."""
    return day.isoformat() if day else ""
