"""A round read from its ledger alone: what it was opened with, and every ruling since.

The kind of an act that makes rulings has its reader in one line of `RULINGS`; of one that changes who takes
part, or by which criteria set, in one line of `OPENINGS`. An entry with rulings and without a reader is an
error, never passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from parindex.apps.assessments.ledger import (
    Opening,
    RulingLine,
    read_carried,
    read_opening,
    read_rulings,
    with_framework,
    with_joined,
    with_late_days,
)
from parindex.apps.assessments.queries import STAGES, standing_answers, table_of
from parindex.apps.audit.models import Entry
from parindex.core.kernel.answers import AnswerTable
from parindex.core.kernel.answers import Participant as Who
from parindex.core.kernel.framework import Framework


CHANGED = "framework.changed"
RULINGS: Mapping[str, Callable[[Mapping[str, Any]], list[RulingLine]]] = {
    "answers.recorded": read_rulings,
    "matrix.locked": read_rulings,
    "sheet.submitted": read_rulings,
    "leaves.appraised": read_rulings,
    "not_applicable.granted": read_rulings,
    "council.ruled": read_rulings,
    "penalty.recorded": read_rulings,
    "penalty.withdrawn": read_rulings,
    "rulings.carried": read_carried,
}
OPENINGS: Mapping[str, Callable[[Opening | None, Mapping[str, Any]], Opening]] = {
    "round.opened": lambda _, payload: read_opening(payload),
    "sheet.late": lambda opening, payload: with_late_days(opening, payload),
    "partner.joined": lambda opening, payload: with_joined(opening, payload),
    CHANGED: lambda opening, payload: with_framework(opening, payload),
}
COMPUTED = "result.computed"
Heads = Mapping[str, int]


class LedgerUnreadable(Exception):  # noqa: N818  says what is the matter, as the refusals do
    """An entry that a round cannot be read from: its place as ``chain#position``, and its kind."""

    def __init__(self, place: str, kind: str) -> None:
        super().__init__(f"{place} {kind}")
        self.place = place
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Told:
    """A ruling with the entry that tells of it: its chain and position, who acted, when."""

    line: RulingLine
    chain: str
    position: int
    by: str
    at: datetime

    def before(self, heads: Heads) -> bool:
        """Whether it was there when the chains had come so far."""
        return self.position <= heads.get(self.chain, 0)


@dataclass(frozen=True, slots=True)
class Replay:
    """A round as its ledger tells it.

    Attributes:
        openings: chain, position, kind and payload of what says who takes part, and by which criteria set.
        rulings: every one.
        computed: the entry of the standing result.
    """

    openings: Sequence[tuple[str, int, str, Mapping[str, Any]]]
    rulings: Sequence[Told]
    computed: Entry | None

    def opening(self, heads: Heads | None = None) -> Opening | None:
        """Who took part, and by which criteria set, when the chains had come so far; by default, now.

        Raises:
            KeyError, TypeError, ValueError: a payload has another shape, or nothing was opened before it.
        """
        found: Opening | None = None
        for chain, position, kind, payload in self.openings:
            if heads is None or position <= heads.get(chain, 0):
                found = OPENINGS[kind](found, payload)
        return found

    def table(self, opening: Opening, framework: Framework, heads: Heads) -> AnswerTable:
        """The round as the kernel reads it, when the chains had come so far."""
        at = {u.code: k for k, u in enumerate(opening.units)}
        outdated = self._outdated(heads)
        standing = standing_answers(
            ((it.leaf, at[it.unit]), (STAGES.index(it.stage), it.turn), (it.answer, it.se, it.n))
            for it in (told.line for told in self.rulings if told.before(heads) and not outdated(told))
            if it.unit in at
        )
        people = [Who(u.name_vi, u.type, u.group, u.late_days) for u in opening.units]
        return table_of(framework, people, standing)

    def _outdated(self, heads: Heads) -> Callable[[Told], bool]:
        """Whether a ruling was made on a leaf that a later change of the criteria set let go."""
        changes = [
            (frozenset(payload["outdated"]), payload["heads"])
            for chain, position, kind, payload in self.openings
            if kind == CHANGED and position <= heads.get(chain, 0)
        ]
        return lambda told: any(told.line.leaf in leaves and told.before(then) for leaves, then in changes)


def heads_of(book: str) -> dict[str, int]:
    """How far a round's chains have come: the position of the last entry that a result depends on."""
    kinds = [*RULINGS, *OPENINGS]
    entries = Entry.objects.filter(book=book, kind__in=kinds).order_by("chain")
    return dict(entries.values("chain").annotate(last=Max("position")).values_list("chain", "last"))


def replay(book: str) -> Replay:
    """Read a round from its ledger.

    Raises:
        LedgerUnreadable: an entry has a shape that no reader knows, or rulings and no reader.
    """
    openings: list[tuple[str, int, str, Mapping[str, Any]]] = []
    rulings: list[Told] = []
    computed: Entry | None = None
    opening: Opening | None = None
    for entry in _entries(book):
        try:
            if entry.kind in OPENINGS:
                opening = OPENINGS[entry.kind](opening, entry.payload)
                openings.append((entry.chain, entry.position, entry.kind, entry.payload))
            elif entry.kind in RULINGS:
                lines = RULINGS[entry.kind](entry.payload)
                rulings.extend(Told(line, entry.chain, entry.position, entry.by, entry.at) for line in lines)
            elif entry.kind == COMPUTED:
                computed = entry
            else:
                raise LedgerUnreadable(entry.place, entry.kind)
        except (KeyError, TypeError, ValueError) as fault:
            raise LedgerUnreadable(entry.place, entry.kind) from fault
    return Replay(openings, rulings, computed)


def _entries(book: str) -> QuerySet[Entry]:
    """Those that tell of the round's result, and those that seem to."""
    known = Q(kind__in=[*RULINGS, *OPENINGS, COMPUTED])
    found = Entry.objects.filter(known | Q(payload__has_key="rulings"), book=book)
    return found.order_by("chain", "position")
