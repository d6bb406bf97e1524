"""A unit's sheet as pages read it: what is typed for each leaf, what it gives, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from parindex.apps.assessments.models import Draft, Handout, Participant, Ruling
from parindex.apps.assessments.queries.standing import STAGES, published
from parindex.apps.assessments.rules.sheets import Place, place_of
from parindex.apps.frameworks.queries import by_hash
from parindex.core.kernel.answers import NO_ANSWER, Answer, AnswerTable, Column
from parindex.core.kernel.answers import Participant as Who
from parindex.core.kernel.assess import Assessment, assess
from parindex.core.kernel.assessment import NodeOutcome, UnitOutcome
from parindex.core.kernel.framework import Framework, Node
from parindex.core.kernel.reading import read_answer


OWN = (Ruling.Stage.SELF.value,)


@dataclass(frozen=True, slots=True)
class Entry:
    """One leaf of a sheet.

    Attributes:
        answer, note, version, by: what is typed (version 0: nobody yet), or what was submitted or supplied.
        outcome: points, maximum and reason by the answer as it stands.
    """

    leaf: Node
    place: Place
    answer: str
    note: str
    version: int
    by: str
    outcome: NodeOutcome
    handout: Handout | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the unit still has to supply it."""
        return self.place is Place.TODO and not self.answer


@dataclass(frozen=True, slots=True)
class SheetRows:
    """What a sheet is read from: drafts and handouts by leaf, rulings as they came."""

    drafts: dict[str, Draft]
    rulings: Sequence[Ruling]
    handouts: Mapping[str, Handout]


@dataclass(frozen=True)
class SheetView:
    """A whole sheet, scored as it stands. The rank needs the other units and is not here."""

    participant: Participant
    framework: Framework
    entries: Mapping[str, Entry]
    whole: UnitOutcome
    nodes: Mapping[str, NodeOutcome] = field(repr=False)

    def at(self, place: Place) -> Sequence[Entry]:
        """Entries in one place, in the order of the criteria set."""
        return [e for e in self.entries.values() if e.place is place]

    @cached_property
    def missing(self) -> Sequence[Entry]:
        """What the unit still has to supply."""
        return [e for e in self.entries.values() if e.is_missing]


def standing_of(participant: Participant, *, upto: str = STAGES[-1], told: bool = False) -> dict[str, Ruling]:
    """The last ruling on each leaf of one participant, of stages up to and including `upto`; `told`: of what
    is published, which a correction that is under way has not changed yet. One query."""
    rulings = participant.rulings.filter(stage__in=STAGES[: STAGES.index(upto) + 1]).order_by("id")
    return _last(rulings.filter(published("participant__round__", "at")) if told else rulings)


def places_of(participant: Participant, rulings: Sequence[Ruling] | None = None) -> dict[str, Place]:
    """Where each leaf stands on a unit's sheet. One query unless its rulings are at hand.

    What stands without the unit's doing was granted at opening, or supplied.
    """
    if rulings is None:
        rulings = list(participant.rulings.order_by("id"))
    framework = by_hash(participant.round.framework.content_hash)
    own = {r.leaf for r in rulings if r.stage in OWN}
    given = _last(r for r in rulings if r.leaf not in own)
    return {
        code: place_of(framework, participant, leaf, given=given.get(code))
        for code, leaf in framework.leaves.items()
    }


def _last(rulings: Iterable[Ruling]) -> dict[str, Ruling]:
    """Of each leaf the ruling that goes before all others."""
    found: dict[str, Ruling] = {}
    for ruling in rulings:
        kept = found.get(ruling.leaf)
        if kept is None or _order(ruling) >= _order(kept):
            found[ruling.leaf] = ruling
    return found


def sheet_view(participant: Participant, rows: SheetRows | None = None) -> SheetView:
    """The sheet with drafts where something is typed, and rulings elsewhere. Three queries unless its rows
    are at hand."""
    if rows is None:
        drafts = {d.leaf: d for d in participant.drafts.all()}
        handouts = {h.leaf: h for h in participant.handouts.select_related("person", "unit")}
        rows = SheetRows(drafts, list(participant.rulings.order_by("id")), handouts)
    framework = by_hash(participant.round.framework.content_hash)
    handed, standing, places = rows.handouts, _last(rows.rulings), places_of(participant, rows.rulings)
    typed = {
        code: _typed(places[code], rows.drafts.get(code), standing.get(code)) for code in framework.leaves
    }
    assessment = score_one(framework, participant, {c: (t[0], t[4], t[5]) for c, t in typed.items()})
    nodes = assessment.nodes(0)
    entries = {
        code: Entry(leaf, places[code], *typed[code][:4], outcome=nodes[code], handout=handed.get(code))
        for code, leaf in framework.leaves.items()
    }
    return SheetView(participant, framework, entries, assessment.units[0], nodes)


def score_one(
    framework: Framework, participant: Participant, written: Mapping[str, tuple[str, str, str]]
) -> Assessment:
    """One unit scored alone, from (answer, standard error, n) of each leaf."""
    columns = {}
    for code, (text, se, n) in written.items():
        answer: Answer = read_answer(framework.leaves[code], text, se=se, n=n) if text else NO_ANSWER
        columns[code] = Column([answer], [0])
    who = Who(participant.name_vi, participant.type, participant.group.code, late_days=participant.late_days)
    return assess(framework, AnswerTable([who], columns))


Typed = tuple[str, str, int, str, str, str]


def _typed(place: Place, draft: Draft | None, ruling: Ruling | None) -> Typed:
    """Answer, note, version, by, standard error, n; on the unit's own leaves the draft goes first."""
    if place in (Place.TODO, Place.CLAIM) and draft is not None:
        return draft.answer, draft.note, draft.version, draft.by, "", ""
    if ruling is not None:
        return ruling.answer, ruling.note, 0, ruling.by, ruling.se, ruling.n
    return "", "", 0, "", "", ""


def _order(ruling: Ruling) -> tuple[int, int]:
    return STAGES.index(ruling.stage), ruling.turn
