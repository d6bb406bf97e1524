"""What may be done now: the same rules that the actions check feed the button and its hint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parindex.core.kernel.problems import Refused
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.parts.languages import language


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether something may be done; if not, why not. `late_days`: what it would cost now."""

    is_open: bool
    why_not: str = ""
    late_days: int = 0


def gate(check: Callable[[], int | None]) -> Gate:
    """A gate from a check that raises Refused; what it returns are days late."""
    try:
        return Gate(True, late_days=check() or 0)
    except Refused as refusal:
        return Gate(False, refusal_sentence(refusal.code, refusal.data, language()))
