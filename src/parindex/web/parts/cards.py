"""What waits for somebody, as the start page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do or look at.

    Attributes:
        context: where it belongs (round, unit). `state`: where it stands, in words.
        due_at: its deadline. `act`: what the button says.
        quiet: nothing waits for the reader there; it is only to be looked at.
    """

    context: Text | str
    title: str
    url: str
    act: str
    state: str = ""
    due_at: datetime | None = None
    late: bool = False
    quiet: bool = False
