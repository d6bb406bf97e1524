"""What is asked of the dossiers of a store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


Key = Literal["unit", "procedure", "field", "division", "officer", "week", "month", "year"]
KEYS: tuple[Key, ...] = ("unit", "procedure", "field", "division", "officer", "week", "month", "year")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows.

    Attributes:
        as_of: the minute at which everything is looked at; what came later is not known.
        by: keys of the answer, in their order; `week`, `month` and `year` are those of receipt.
        eras: day numbers at which the tree of units changes, ascending.
        of: whose figures: of the unit that resolves, or of the centre that receives.
        rolled: whether the table `tree` says which units are counted.
        first_month, last_month: only dossiers received in these months (202503); None: without bound.
        since: the first minute of a period that ends with `as_of`; see `period`.
        only: units whose rows are looked at; empty: all. counted: the unit whose figures they enter.
    """

    as_of: int
    by: tuple[Key, ...]
    eras: tuple[int, ...] = ()
    of: Literal["unit", "centre"] = "unit"
    rolled: bool = False
    first_month: int | None = None
    last_month: int | None = None
    since: int | None = None
    only: tuple[str, ...] = ()
    counted: str = ""
