"""What can be wrong with a framework, an answer or a table, as codes with data.

The kernel never speaks: it raises or returns a code with the facts of the case, and
`parindex.core.wording` makes the Vietnamese or English sentence.

    Refused(Exception)
    └── AnswerRefused      one answer cannot be read or scored
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    Attributes:
        code: stable snake_case name, the key of its sentence in `wording`.
        data: the facts the sentence needs (plain strings, integers, fractions, dates).
        path: where in the framework: keys and positions from the root, e.g. ``("tree", 0, "max")``.
    """

    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    path: tuple[str | int, ...] = ()


class Refused(Exception):  # noqa: N818  a refusal is an answer, not an error of the program
    """Base of every refusal of the core: a code with data, no sentence."""

    def __init__(self, code: str, /, **data: object) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data


class AnswerRefused(Refused):
    """An answer that its leaf's rule cannot read or may not accept."""
