"""Which contradictions still count where a part of a framework file could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from parindex.core.kernel.problems import Problem


Path = tuple[str | int, ...]
TREES = frozenset({"tree", "bonus", "penalty"})
NODES = TREES | {"children", "items"}


def is_sound(problem: Problem, damaged: Iterable[Path]) -> bool:
    """Whether a contradiction would stand as well if everything damaged were put right.

    It may not: what it speaks of was itself unreadable, holds something unreadable, or names something that
    may stand in the unreadable part.
    """
    path, leans_on = problem.path, LEANS_ON.get(problem.code, _nothing)
    return not any(_meet(path, d) or leans_on(path, d) for d in damaged)


def _meet(path: Path, damaged: Path) -> bool:
    """One holds the other."""
    short = min(len(path), len(damaged))
    return path[:short] == damaged[:short]


def _nothing(path: Path, damaged: Path) -> bool:
    return False


def _maxima(path: Path, damaged: Path) -> bool:
    """A sum leans on the maxima of the children, and on there being all of them."""
    children = (*path[:-1], "children")
    below = damaged[len(children) :]
    return damaged[: len(children)] == children and (len(below) < 2 or below[1] == "max")


def _codes(path: Path, damaged: Path) -> bool:
    """A code may belong to a node that was left out."""
    last = next(key for key in reversed(damaged) if isinstance(key, str))
    return damaged[0] in TREES and last in NODES


def _options(path: Path, damaged: Path) -> bool:
    """An option, or a method, may stand anywhere in the tree."""
    return damaged[0] in TREES


def _bands(path: Path, damaged: Path) -> bool:
    return damaged[0] == "grades"


def _types(path: Path, damaged: Path) -> bool:
    return damaged[0] == "unit_types"


def _units(path: Path, damaged: Path) -> bool:
    return damaged[0] == "units"


LEANS_ON: Mapping[str, Callable[[Path, Path], bool]] = {
    "children_do_not_add_up": _maxima,
    "node_unknown": _codes,
    "option_of_rule_unknown": _options,
    "node_without_options": _options,
    "policy_needs_survey": _options,
    "grade_unknown": _bands,
    "quota_on_lowest": _bands,
    "cap_on_best": _bands,
    "unit_type_unknown": _types,
    "unit_unknown": _units,
}
