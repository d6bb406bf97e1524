"""A round as it stood at each stage: index, grade and rank before and after, and how far units overrate
themselves.

Everything is computed in memory from the rulings, and kept until the round's ledger moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from django.db.models import Q

from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Participant, Round, Ruling
from parindex.apps.assessments.queries import STAGES, published, standing_answers, table_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.results.models import Result
from parindex.apps.results.replay import Heads, heads_of
from parindex.core.kernel.answers import Participant as Who
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.assessment import UnitOutcome
from parindex.core.kernel.framework import Framework, Node


SHOWN = (Ruling.Stage.SELF, Ruling.Stage.APPRAISED, Ruling.Stage.EXPLAINED, Ruling.Stage.COUNCIL)
KEPT = 8
MOST_YEARS = 5


@dataclass(frozen=True, slots=True)
class _Row:
    """A ruling without its words."""

    key: int
    unit: int
    leaf: str
    order: tuple[int, int]
    written: tuple[str, str, str]


_Difference = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Overrating:
    """What units gave themselves beyond what stands, over some leaves.

    Attributes:
        points: self-assessed minus standing; negative where they underrated themselves.
        share: in percent of the applicable maximum of the same leaves; None where that is 0.
        cases: how many leaves of units stand lower than self-assessed, of `size`.
    """

    points: Fraction
    maximum: Fraction
    cases: int
    size: int

    @property
    def share(self) -> Fraction | None:
        """Points in percent of the maximum."""
        return self.points / self.maximum * 100 if self.maximum else None


def _overrating(differences: Sequence[_Difference]) -> Overrating:
    return Overrating(
        sum((d for d, _ in differences), Fraction(0)),
        sum((m for _, m in differences), Fraction(0)),
        sum(d > 0 for d, _ in differences),
        len(differences),
    )


def overrating_of(book: RoundBook) -> Overrating:
    """A whole round's: all units together."""
    overs = [over for over in book.by_unit if over.size]
    return Overrating(
        sum((over.points for over in overs), Fraction(0)),
        sum((over.maximum for over in overs), Fraction(0)),
        sum(over.cases for over in overs),
        sum(over.size for over in overs),
    )


@dataclass(frozen=True)
class RoundBook:
    """All rulings of a round, and what they give up to each stage."""

    framework: Framework
    participants: Sequence[Participant]
    rows: Sequence[_Row]

    @cached_property
    def at(self) -> Mapping[int, int]:
        """Position of each participant in every assessment, by key."""
        return {p.pk: k for k, p in enumerate(self.participants)}

    @cached_property
    def now(self) -> Assessment:
        """By what stands. Raises TableRefused."""
        return self._assess(lambda row: True)

    @cached_property
    def stages(self) -> Mapping[str, Assessment]:
        """Up to each of `SHOWN`; survey results count the same at every stage. Raises TableRefused."""
        survey = {c for c in self.framework.nodes if self.framework.method_of(c) == "survey"}
        found: dict[str, Assessment] = {}
        for stage in SHOWN:
            upto = STAGES.index(stage)
            found[stage] = self._assess(lambda row, upto=upto: row.order[0] <= upto or row.leaf in survey)  # type: ignore[misc]
        return found

    def before(self, ruling: int) -> Assessment:
        """Without one ruling and all later ones. Raises TableRefused."""
        return self._assess(lambda row: row.key < ruling)

    def upto(self, ruling: int) -> Assessment:
        """With one ruling and all earlier ones. Raises TableRefused."""
        last = max((row.key for row in self.rows), default=0)
        return self.now if ruling == last else self._assess(lambda row: row.key <= ruling)

    def _assess(self, keeps: Callable[[_Row], bool]) -> Assessment:
        standing = standing_answers(
            ((row.leaf, row.unit), row.order, row.written) for row in self.rows if keeps(row)
        )
        people = [Who(p.name_vi, p.type, p.group.code, p.late_days) for p in self.participants]
        return assess(self.framework, table_of(self.framework, people, standing))

    @cached_property
    def _own(self) -> Sequence[tuple[str, int]]:
        """(leaf, unit) that the unit assessed itself and that are assessed still."""
        own = STAGES.index(Ruling.Stage.SELF)
        places = dict.fromkeys((row.leaf, row.unit) for row in self.rows if row.order[0] == own)
        return [p for p in places if p[0] in self.framework.leaves and self.now.node(p[1], p[0]).max]

    @property
    def is_self_assessed(self) -> bool:
        """Whether any unit assessed itself: a round recorded from finished results has no self-assessment."""
        own = STAGES.index(Ruling.Stage.SELF)
        return any(row.order[0] == own for row in self.rows)

    @cached_property
    def _differences(self) -> Mapping[tuple[str, int], _Difference]:
        """(self minus standing, maximum) of each place in `_own`."""
        first, now = self.stages[Ruling.Stage.SELF], self.now
        return {
            (leaf, unit): (first.node(unit, leaf).points - last.points, abs(last.max))
            for leaf, unit in self._own
            for last in [now.node(unit, leaf)]
        }

    @cached_property
    def by_unit(self) -> Sequence[Overrating]:
        """Each unit's, by its position."""
        found: list[list[_Difference]] = [[] for _ in self.participants]
        for (_, unit), difference in self._differences.items():
            found[unit].append(difference)
        return [_overrating(differences) for differences in found]

    @cached_property
    def _by_leaf(self) -> Mapping[str, Sequence[_Difference]]:
        found: dict[str, list[_Difference]] = {}
        for (leaf, _), difference in self._differences.items():
            found.setdefault(leaf, []).append(difference)
        return found

    def by_node(self, nodes: Iterable[Node]) -> list[tuple[Node, Overrating]]:
        """Each node's over all units, the most overrated first; nodes that no unit answers are left out."""
        found = []
        for node in nodes:
            leaves = [n.code for n in node.walk() if n.is_leaf]
            one = _overrating([d for leaf in leaves for d in self._by_leaf.get(leaf, ())])
            if one.size:
                found.append((node, one))
        return sorted(found, key=lambda pair: (-pair[1].points, pair[0].code))


@dataclass(frozen=True, slots=True)
class StageLine:
    """A unit's outcome at each stage of `SHOWN`, and as it stands."""

    participant: Participant
    outcomes: Sequence[UnitOutcome]
    overrating: Overrating

    @property
    def now(self) -> UnitOutcome:
        """As it stands."""
        return self.outcomes[-1]


def stage_lines(book: RoundBook) -> list[tuple[str, list[StageLine]]]:
    """Every unit's line by ranking group, in the order of the ranking as it stands."""
    stages = list(book.stages.values())
    return [
        (
            group,
            [
                StageLine(
                    book.participants[u],
                    [s.units[u] for s in stages],
                    book.by_unit[u],
                )
                for u in members
            ],
        )
        for group, members in book.now.groups().items()
    ]


def books_of_years(round_: Round) -> list[tuple[Round, RoundBook]]:
    """A round and those before it in which units assessed themselves, the newest first, `MOST_YEARS` at most.

    A round before that is not concluded is left out. A few queries for each.
    """
    found: list[tuple[Round, RoundBook]] = []
    one, seen = round_, set[int]()
    while len(found) < MOST_YEARS and one.pk not in seen:
        seen.add(one.pk)
        if one.pk == round_.pk or one.state in (Round.State.CONCLUDED, Round.State.PUBLISHED):
            book = book_of(one)
            if book.is_self_assessed:
                found.append((one, book))
        if one.previous is None:
            break
        one = one.previous
    return found


_books: dict[tuple[int, datetime | None], tuple[str, Heads, RoundBook]] = {}


def book_of(round_: Round) -> RoundBook:
    """The round's rulings; read again once its ledger has moved. One query where it has not, else four."""
    return _book(round_, None)


def published_book_of(round_: Round) -> RoundBook:
    """What is published of a round: while a correction is under way, all as it stood when that began, by the
    criteria set of the published result; else as `book_of`. One query more than that at most."""
    return _book(round_, round_.corrected_since)


def _book(round_: Round, since: datetime | None) -> RoundBook:
    heads, place = heads_of(round_name(round_)), (round_.pk, since)
    key = round_.framework.content_hash
    kept = _books.get(place)
    if kept is not None and kept[:2] == (key, heads):
        return kept[2]
    book = _read(round_) if since is None else _read_published(round_)
    _books.pop(place, None)
    while len(_books) >= KEPT:
        _books.pop(next(iter(_books)), None)
    _books[place] = (key, heads, book)
    return book


def forget_books() -> None:
    """Read every round anew; for tests, whose ledgers go back."""
    _books.clear()


def _read_published(round_: Round) -> RoundBook:
    """What was published of a round that is being corrected."""
    results = Result.objects.filter(published("round__", "computed_at"), round=round_).order_by("-id")
    told = results.values_list("framework_hash", flat=True).first()
    framework_hash = told or round_.framework.content_hash
    return _read(round_, published("participant__round__", "at"), framework_hash=framework_hash)


def _read(round_: Round, which: Q | None = None, *, framework_hash: str = "") -> RoundBook:
    """Of all rulings, or of those that are asked for."""
    participants = list(round_.participants.select_related("unit", "group").order_by("id"))
    at = {p.pk: k for k, p in enumerate(participants)}
    rulings = Ruling.objects.filter(which or Q(), participant__round=round_).order_by("id")
    rows = [
        _Row(key, at[pk], leaf, (STAGES.index(stage), turn), (answer, se, n))
        for key, pk, leaf, stage, turn, answer, se, n in rulings.values_list(
            "id", "participant_id", "leaf", "stage", "turn", "answer", "se", "n"
        )
    ]
    return RoundBook(by_hash(framework_hash or round_.framework.content_hash), participants, rows)
