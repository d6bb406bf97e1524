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
class Member:
    """Somebody of the council or its assistants: ``chair``, ``member``, ``secretariat``, ``assistant``."""

    role: str
    name: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class Appraised:
    """A unit's own points, those of the first appraisal, and how many of its criteria were lowered."""

    unit: str
    claimed: Fraction
    given: Fraction
    lowered: int


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling of the council: points before it (None: nothing stood) and given, what the unit said and
    claimed last, and the reason."""

    unit: str
    leaf: str
    name: str
    before: Fraction | None
    given: Fraction
    reason: str
    claimed: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How a round went, in numbers.

    Attributes:
        units: that owe a sheet; `handed_in`, `late` of them.
        explained, before_council, ruled: explanations in all, put before the council, ruled on by it.
        overrated: points that units gave themselves beyond what stands, of `assessed` points at most;
            `lowered`: how many criteria of units stand lower.
    """

    units: int = 0
    handed_in: int = 0
    late: int = 0
    explained: int = 0
    before_council: int = 0
    ruled: int = 0
    overrated: Fraction = Fraction(0)
    assessed: Fraction = Fraction(0)
    lowered: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What a publication says of a unit; None and empty where it says nothing."""

    index: Fraction | None = None
    grade: str = ""
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A unit whose published result a correction changes."""

    unit: str
    group: str
    before: Standing
    now: Standing


@dataclass(frozen=True, slots=True)
class Office:
    """What the office behind a territory's papers said once for all of them; empty where it said nothing.

    Attributes:
        standing: the unit that is the council's standing body, ``Sở Nội vụ``.
        grounds: the laws and programmes that each paper cites before the documents of its set.
        copies: who gets a copy of each paper, beside those whom it concerns.
    """

    standing: str = ""
    grounds: Sequence[str] = ()
    copies: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as its papers tell of it.

    Attributes:
        territory: who runs it (``Tỉnh Minh Họa``); `parent`: the unit above, empty for a province.
        subject: what the index is of (``Chỉ số cải cách hành chính``); `percent`: whether it is a rate.
        office: what the office said once for all its papers.
        framework: title of the criteria set; `grounds`: the documents that it rests on.
        as_of: the day of the snapshot. `code`: ties a paper to the result that it tells; empty before it.
        notice: printed on every page, such as that the data are invented.
        groups: the result by ranking group; empty before there is one.
        areas: names of the set's areas, in the order of `Line.areas`; `with_areas`: whether they are shown.
        issued: papers of this round that were signed, by kind.
        assessed: who is assessed, by ranking group; `scheme`: code, name and maximum of each area.
        period: first and last day that the figures describe. `bands`: grades and the least index for each.
        leads: who appraises what; `signed_off`: by which letter each handed its part in.
        members: of the council and its assistants. `first`: the first appraisal by group.
        worst: criteria most lowered: code, name, units, points. `changes`: what a correction changes;
            `because`: why, in the words of whoever opened it.
    """

    territory: str
    title: str
    year: int
    subject: str
    framework: str
    as_of: date
    parent: str = ""
    office: Office = Office()
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
    assessed: Sequence[tuple[str, Sequence[str]]] = ()
    scheme: Sequence[tuple[str, str, Fraction]] = ()
    period: tuple[date, date] | None = None
    bands: Sequence[tuple[str, Fraction]] = ()
    leads: Sequence[tuple[str, Sequence[str]]] = ()
    signed_off: Sequence[tuple[str, str]] = ()
    members: Sequence[Member] = ()
    first: Sequence[tuple[str, Sequence[Appraised]]] = ()
    rulings: Sequence[Ruled] = ()
    course: Course = field(default_factory=Course)
    worst: Sequence[tuple[str, str, int, Fraction]] = ()
    changes: Sequence[Change] = ()
    because: str = ""

    @property
    def ties(self) -> bool:
        """Whether two units of a group hold one rank."""
        return any(
            len(ranks) > len(set(ranks))
            for group in self.groups
            for ranks in [[line.rank for line in group.lines if line.rank is not None]]
        )
