"""A kind of paper, and the shelf of kinds that may be made of one thing: a round, a unit's sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from parindex.core.kernel.text import Text
from parindex.core.papers.paper import Paper


Facts = TypeVar("Facts")  # what it is made from: plain data
Standing = TypeVar("Standing")  # how far things have got: what decides whether it can be made


@dataclass(frozen=True, slots=True)
class Kind(Generic[Facts, Standing]):
    """A kind of paper.

    Attributes:
        code: its name in addresses, ``quyet-dinh-cong-bo``.
        abbreviation: of the kind's name in the notation (``QĐ``); empty for a letter, which has none.
        stage: when in the life of what it is about it is made.
        name, use, issuer: what it is called, what it is for and who issues it, in both languages.
        missing: codes of what must be there first; none: it can be made.
        build: the paper from the facts.
    """

    code: str
    abbreviation: str
    stage: str
    name: Text
    use: Text
    issuer: Text
    missing: Callable[[Standing], Sequence[str]]
    build: Callable[[Facts], Paper]


def find_kind(shelf: Sequence[Kind[Facts, Standing]], code: str) -> Kind[Facts, Standing] | None:
    """The kind of that code; None where there is none."""
    return next((kind for kind in shelf if kind.code == code), None)
