"""What papers of a round are made from: plain data, gathered by whoever keeps it, as of one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ground:
    """A document that papers rest on (căn cứ): number with notation, date, issuing body, title; what is not
    known stays empty."""

    document: str
    issued: date | None = None
    issuer: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in its ranking group.

    Attributes:
        index: None where the unit has none. `grade`: its name; empty where the set does not grade.
        rank: None for a unit that is not ranked.
        areas: index of each area in percent, None where nothing applied.
        note: in words, what decided its grade or rank beside the index.
    """

    unit: str
    points: Fraction
    maximum: Fraction
    index: Fraction | None
    grade: str
    rank: int | None
    areas: Sequence[Fraction | None] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A ranking group with its units in ranking order; `grades`: each grade's name and how many hold it."""

    name: str
    lines: Sequence[Line]
    grades: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase of the round: ``self``, ``appraisal``, ``explanation``, ``council``, and its turn from 1."""

    kind: str
    turn: int
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper of the round that came back signed: number with notation, and date."""

    number: str
    on: date


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as its papers tell of it.

    Attributes:
        territory: who runs it (``Tỉnh Minh Họa``); `parent`: the unit above, empty for a province.
        subject: what the index is of (``Chỉ số cải cách hành chính``); `percent`: whether it is a rate.
        framework: title of the criteria set; `grounds`: the documents that it rests on.
        as_of: the day of the snapshot. `code`: ties a paper to the result that it tells; empty before it.
        notice: printed on every page, such as that the data are invented.
        groups: the result by ranking group; empty before there is one.
        areas: names of the set's areas, in the order of `Line.areas`; `with_areas`: whether they are shown.
        issued: papers of this round that were signed, by kind.
    """

    territory: str
    title: str
    year: int
    subject: str
    framework: str
    as_of: date
    parent: str = ""
    percent: bool = True
    decimals: int = 2
    grounds: Sequence[Ground] = ()
    phases: Sequence[Stage] = ()
    groups: Sequence[Group] = ()
    areas: Sequence[str] = ()
    with_areas: bool = False
    code: str = ""
    notice: str = ""
    issued: Mapping[str, Issued] = field(default_factory=dict)

    @property
    def ties(self) -> bool:
        """Whether two units of a group hold one rank."""
        return any(
            len(ranks) > len(set(ranks))
            for group in self.groups
            for ranks in [[line.rank for line in group.lines if line.rank is not None]]
        )
