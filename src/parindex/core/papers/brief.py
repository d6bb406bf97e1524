"""One A4 page for a reader who has a minute: figures, a comparison drawn as bars, a table, things to do.

It is no document that an office issues, so it has no number and no signature; margins and letters are the
decree's. Both kinds of file fit on one page whatever it says: the PDF measures itself, the word processor's
file is set in the letters that the PDF has measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A large figure with what it is above and what it means below."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the comparison: its name, its cells, and the bar.

    Attributes:
        length: thousandths of the full width. `mark`: where the group's median stands; None: nowhere.
    """

    name: str
    cells: Sequence[str]
    length: int
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was lost: its name, how much, why, and figures to compare with."""

    name: str
    lost: str
    why: str
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what, what it asks for, and what it gives."""

    name: str
    asks: str
    gives: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The page.

    Attributes:
        above: who stands over the page, at its left; `beside`: what it is for, at its right.
        heads: of the comparison's columns, the name's first and the bar's last; of the losses', likewise
            name, lost, why, then the figures'.
        titles: of the three sections. `nothing`: what stands where a section has no line.
        together: what all steps give.
        foot: how it was made, at the foot.
        as_of: the day that the files carry.
    """

    above: str
    beside: str
    title: str
    about: str
    figures: Sequence[Figure]
    lead: str
    titles: tuple[str, str, str]
    bar_heads: Sequence[str]
    bars: Sequence[Bar]
    loss_heads: Sequence[str]
    losses: Sequence[Loss]
    steps: Sequence[Step]
    together: str
    nothing: tuple[str, str, str]
    foot: str
    as_of: date
