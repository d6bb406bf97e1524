"""What the analysis says of each unit, and the recipe that repeats it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class UnitSpread:
    """One unit.

    Attributes:
        name, group: the unit and its ranking group.
        rank, grade: in the exact result; None where not ranked or not graded.
        median_rank, low_rank, high_rank: the least ranks that 50, 5 and 95 % of the draws reach or better;
        None
            where the unit is not ranked.
        grades: by grade id, best first, the share of the draws in which the unit held it; empty where the set
        does
            not grade or the unit has no index.
        ranks: the share of the draws in which the unit held rank 1, 2, …; empty for groups above 200 units.
        tier: number of its group of units that can't be told apart, 1 for the best; None where not ranked.
    """

    name: str
    group: str
    rank: int | None = None
    grade: str | None = None
    median_rank: int | None = None
    low_rank: int | None = None
    high_rank: int | None = None
    grades: Mapping[str, float] = field(default_factory=dict)
    ranks: tuple[float, ...] = ()
    tier: int | None = None


@dataclass(frozen=True, slots=True)
class Robustness:
    """The outcome of a simulation.

    Attributes:
        units: one per participant, in the table's order.
        draws, weights, seed: as asked for.
        survey_errors: how many answers had a standard error.
    """

    units: Sequence[UnitSpread]
    draws: int
    weights: float
    seed: int
    survey_errors: int

    METHOD = "pcg64-words-1"

    def recipe(self) -> dict[str, int | float | str]:
        """What it takes to have the same draws again; `method` names how they are made from raw words."""
        return {
            "draws": self.draws,
            "weights": self.weights,
            "seed": self.seed,
            "survey_errors": self.survey_errors,
            "method": self.METHOD,
        }

    def rows(self) -> tuple[list[str], list[list[Cell]]]:
        """Stable column names and a row per unit: by group and rank, unranked units last."""
        ids = list(dict.fromkeys(g for u in self.units for g in u.grades))
        header = [
            "group",
            "unit",
            "rank",
            "median_rank",
            "low_rank",
            "high_rank",
            "tier",
            "grade",
            *(f"p_{g}" for g in ids),
        ]
        ordered = sorted(self.units, key=lambda u: (u.group, u.rank is None, u.rank or 0, u.name))
        return header, [
            [
                u.group,
                u.name,
                u.rank,
                u.median_rank,
                u.low_rank,
                u.high_rank,
                u.tier,
                u.grade,
                *(u.grades.get(g) for g in ids),
            ]
            for u in ordered
        ]

    def rank_shares(self) -> dict[tuple[Cell, Cell], dict[int, float]]:
        """By group and unit, the ranks it held in some draw and the share of the draws."""
        return {
            (u.group, u.name): {r: p for r, p in enumerate(u.ranks, start=1) if p}
            for u in self.units
            if u.ranks
        }


def tiers(spreads: Sequence[tuple[int, int, int]]) -> list[int]:
    """Groups of units that can't be told apart, in one ranking group.

    The ranking is walked from the best down: the first unit opens a tier, and each next one joins it while
    its 5-95 % ranks overlap those of the tier's first unit; the first that does not overlap opens the next
    tier.

    Args:
        spreads: (exact rank, low rank, high rank) of each ranked unit.

    Returns:
        the tier of each, from 1.
    """
    found = [0] * len(spreads)
    tier, reach = 0, 0
    for unit in sorted(range(len(spreads)), key=lambda u: spreads[u]):
        _, low, high = spreads[unit]
        if low > reach:
            tier, reach = tier + 1, high
        found[unit] = tier
    return found
