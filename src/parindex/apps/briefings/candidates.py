"""Who meets the stated conditions of a movement: for each one, what is asked, what is so, met or not.

Nothing here proposes anybody: the list that is made of it is decided on by people, row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries import published
from parindex.apps.briefings.models import Campaign, Initiative, Registration
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of
from parindex.apps.results.models import Result, UnitResult
from parindex.core.kernel.numbers import exact
from parindex.core.wording import emulation as words


@dataclass(frozen=True, slots=True)
class Placed:
    """How a unit came out in the round: `ranked`: how many of its group have a rank."""

    rank: int | None
    ranked: int
    index: Fraction | None


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of one candidate. `met`: None: nothing is known of it; `facts`: what was found, as
    `parindex.core.wording.emulation.condition_said` says it."""

    code: str
    met: bool | None
    facts: Mapping[str, object]

    @property
    def said(self) -> str:
        """What was found, in words of the paper."""
        return words.condition_said(self.code, self.facts, words.VI)

    def stored(self) -> dict[str, object]:
        """As it is kept."""
        return {"code": self.code, "met": self.met, "said": self.said, "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit, or the author of an initiative; `key` names it in the list and never changes."""

    key: str
    kind: str
    name: str
    conditions: Sequence[Condition]

    @property
    def fits(self) -> bool:
        """Whether every condition is met."""
        return bool(self.conditions) and all(one.met for one in self.conditions)


def candidates_of(campaign: Campaign) -> list[Candidate]:
    """Units that registered, have a recognised initiative or the rank that is asked for, those that fit
    before the others; then authors. A fixed number of queries."""
    registered = set(
        campaign.registrations.filter(withdrawn="", kind=Registration.Kind.UNIT).values_list(
            "unit", flat=True
        )
    )
    initiatives = list(campaign.initiatives_handed_in.select_related("unit").prefetch_related("reuses"))
    placed = places_in(campaign.round) if campaign.round else {}
    recognised = Counter(one.unit_id for one in initiatives if one.recognised)
    tree = tree_of(campaign.unit)
    first = {pk for pk, one in placed.items() if one.rank and campaign.rank and one.rank <= campaign.rank}
    known = registered | first | set(recognised)
    units = [u for u in tree.walk() if u.pk in known and u.pk != campaign.unit_id and u.valid_to is None]
    found = [
        Candidate(
            f"unit:{tree.address(u)}",
            "unit",
            u.name_vi,
            _conditions(campaign, u, placed, registered=u.pk in registered, recognised=recognised[u.pk]),
        )
        for u in units
    ]
    ranks = {f"unit:{tree.address(u)}": _rank(placed.get(u.pk)) for u in units}
    found.sort(key=lambda c: (not c.fits, ranks[c.key], c.name))
    return found + _authors(campaign, initiatives)


def _rank(placed: Placed | None) -> int:
    last = 10**9
    return placed.rank if placed and placed.rank is not None else last


def places_in(round_: Round) -> dict[int, Placed]:
    """How each unit came out in a round that is published, by its newest published result. Two queries."""
    newest = Result.objects.filter(published("round__", "computed_at"), round=round_).order_by("-pk").first()
    if newest is None:
        return {}
    rows = list(UnitResult.objects.filter(result=newest).select_related("participant").defer("nodes"))
    ranked = Counter(row.group_id for row in rows if row.rank is not None)
    return {row.participant.unit_id: Placed(row.rank, ranked[row.group_id], row.index) for row in rows}


def _conditions(
    campaign: Campaign, unit: Unit, placed: Mapping[int, Placed], *, registered: bool, recognised: int
) -> list[Condition]:
    place = placed.get(unit.pk)
    rank, index = (place.rank, place.index) if place else (None, None)
    found = [Condition("registered", registered, {"done": registered})]
    if campaign.rank is not None:
        met = None if rank is None else rank <= campaign.rank
        found.append(Condition("rank", met, {"rank": rank, "ranked": place.ranked if place else 0}))
    if campaign.index:
        reached = None if index is None else index >= exact(campaign.index)
        found.append(Condition("index", reached, {"index": None if index is None else str(index)}))
    if campaign.initiatives is not None:
        enough = recognised >= campaign.initiatives
        found.append(Condition("initiatives", enough, {"count": recognised}))
    return found


def _authors(campaign: Campaign, initiatives: Sequence[Initiative]) -> list[Candidate]:
    """The authors of recognised initiatives, where the movement asks for their use by others."""
    if campaign.reuse is None:
        return []
    found = []
    for one in initiatives:
        if not one.recognised:
            continue
        count = len(one.reuses.all())
        said = Condition("reuse", count >= campaign.reuse, {"title": one.title, "count": count})
        for name in dict.fromkeys(filter(None, map(str.strip, one.authors.split(";")))):
            key = f"person:{one.number}:{name}"
            found.append(Candidate(key, "person", f"{name} ({one.unit.name_vi})", [said]))
    return sorted(found, key=lambda c: (not c.fits, c.name))
