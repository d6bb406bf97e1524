"""A round read from its ledger alone: what it was opened with, and every ruling since.

The kind of an act that makes rulings has its reader in one line of `RULINGS`; of one that changes who takes
part, or by which criteria set, in one line of `OPENINGS`. An entry with rulings and without a reader is an
error, never passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet

from parindex.apps.assessments.ledger import (
    Opening,
    RulingLine,
    read_opening,
    read_rulings,
    with_late_days,
)
from parindex.apps.assessments.queries import STAGES, Written, standing_answers, table_of
from parindex.apps.audit.models import Entry
from parindex.core.kernel.answers import AnswerTable
from parindex.core.kernel.answers import Participant as Who
from parindex.core.kernel.framework import Framework


RULINGS: Mapping[str, Callable[[Mapping[str, Any]], list[RulingLine]]] = {
    "answers.recorded": read_rulings,
    "sheet.submitted": read_rulings,
    "leaves.appraised": read_rulings,
    "council.ruled": read_rulings,
}
OPENINGS: Mapping[str, Callable[[Opening | None, Mapping[str, Any]], Opening]] = {
    "round.opened": lambda _, payload: read_opening(payload),
    "sheet.late": lambda opening, payload: with_late_days(opening, payload),
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
class Replay:
    """A round as its ledger tells it. `rulings`: every one, with the place of its entry in its chain."""

    opening: Opening | None
    rulings: Sequence[tuple[str, int, RulingLine]]
    computed: Entry | None

    def standing(self, heads: Heads) -> dict[tuple[str, int], Written]:
        """What stood for each (leaf, position of the unit) when the chains had come so far."""
        at = {u.code: k for k, u in enumerate(self.opening.units)} if self.opening else {}
        return standing_answers(
            (
                (line.leaf, at[line.unit]),
                (STAGES.index(line.stage), line.turn),
                (line.answer, line.se, line.n),
            )
            for chain, position, line in self.rulings
            if position <= heads.get(chain, 0) and line.unit in at
        )

    def table(self, framework: Framework, heads: Heads) -> AnswerTable:
        """The round as the kernel reads it, when the chains had come so far."""
        units = self.opening.units if self.opening else ()
        people = [Who(u.name_vi, u.type, u.group, u.late_days) for u in units]
        return table_of(framework, people, self.standing(heads))


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
    opening: Opening | None = None
    rulings: list[tuple[str, int, RulingLine]] = []
    computed: Entry | None = None
    for entry in _entries(book):
        try:
            if entry.kind in OPENINGS:
                opening = OPENINGS[entry.kind](opening, entry.payload)
            elif entry.kind in RULINGS:
                lines = RULINGS[entry.kind](entry.payload)
                rulings.extend((entry.chain, entry.position, line) for line in lines)
            elif entry.kind == COMPUTED:
                computed = entry
            else:
                raise LedgerUnreadable(f"{entry.chain}#{entry.position}", entry.kind)
        except (KeyError, TypeError, ValueError) as fault:
            raise LedgerUnreadable(f"{entry.chain}#{entry.position}", entry.kind) from fault
    return Replay(opening, rulings, computed)


def _entries(book: str) -> QuerySet[Entry]:
    """Those that tell of the round's result, and those that seem to."""
    known = Q(kind__in=[*RULINGS, *OPENINGS, COMPUTED])
    found = Entry.objects.filter(known | Q(payload__has_key="rulings"), book=book)
    return found.order_by("chain", "position")
