"""The conditions of XLSForm (``relevant``) and of questionnaires, each as the other's plain values.

What is read: ``${question} = 'option'``, ``!=``, ``>=``, ``<=``, ``selected(${question}, 'option')``, its
``not(…)``, joined by ``and`` and ``or`` as deep as brackets go; ``and`` binds closer than ``or``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from parindex.core.kernel.numbers import decimal_text
from parindex.core.surveys.checks import DEEPEST
from parindex.core.surveys.questionnaire import Condition


Plain = dict[str, Any]
TEST = re.compile(r"\s*\$\{\s*([\w.-]+)\s*\}\s*(=|!=|>=|<=)\s*(?:'([^']*)'|\"([^\"]*)\"|(-?\d+(?:\.\d+)?))")
SELECTED = re.compile(
    r"\s*(not\s*\(\s*)?selected\s*\(\s*\$\{\s*([\w.-]+)\s*\}\s*,\s*['\"]([^'\"]*)['\"]\s*\)(?(1)\s*\))"
)
JOINS = (("any", re.compile(r"\s*or\b")), ("all", re.compile(r"\s*and\b")))
"""From the loosest to the closest."""
OPEN, SHUT, BLANK = re.compile(r"\s*\("), re.compile(r"\s*\)"), re.compile(r"\s*")


def read_relevant(text: str, grids: Mapping[str, str]) -> Plain | None:
    """The condition that a text says, as a questionnaire's file writes it; None where it says something else.

    Args:
        grids: by the name of a line of a grid (``line``, or ``question.line``), its question.
    """
    found = _Reading(text, grids).joined(0, 0, depth=1)
    return found[0] if found and BLANK.fullmatch(text, found[1]) else None


def all_of(conditions: list[Plain]) -> Plain:
    """Several conditions that must all hold, as one."""
    parts = [part for one in conditions for part in (one["all"] if set(one) == {"all"} else [one])]
    return _one("all", parts)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text while it is read. Its methods find a condition and where it ends; None: there is none."""

    text: str
    grids: Mapping[str, str]

    def joined(self, at: int, join: int, *, depth: int) -> tuple[Plain, int] | None:
        """Conditions joined by one of `JOINS`, or a single one. `depth`: in how many brackets, plus one."""
        if join == len(JOINS):
            return self.single(at, depth=depth)
        key, word = JOINS[join]
        parts: list[Plain] = []
        while found := self.joined(at, join + 1, depth=depth):
            parts.append(found[0])
            if (then := word.match(self.text, found[1])) is None:
                return _one(key, parts), found[1]
            at = then.end()
        return None

    def single(self, at: int, *, depth: int) -> tuple[Plain, int] | None:
        """One comparison, or what stands in brackets."""
        if begun := OPEN.match(self.text, at):
            inner = self.joined(begun.end(), 0, depth=depth + 1) if depth <= DEEPEST else None
            ended = SHUT.match(self.text, inner[1]) if inner else None
            return (inner[0], ended.end()) if inner and ended else None
        if found := SELECTED.match(self.text, at):
            return _place(found[2], self.grids) | {"is_not" if found[1] else "is": [found[3]]}, found.end()
        found = TEST.match(self.text, at)
        test = _compared(found, self.grids) if found else None
        return (test, found.end()) if found and test else None


def _compared(found: re.Match[str], grids: Mapping[str, str]) -> Plain | None:
    name, sign, value = found[1], found[2], found[3] or found[4] or found[5]
    if sign in (">=", "<="):
        return {"question": name, "at_least" if sign == ">=" else "at_most": value}
    if not value and sign == "=":
        return None
    return _place(name, grids) | {"is" if sign == "=" else "is_not": [value]}


def _place(name: str, grids: Mapping[str, str]) -> Plain:
    """A question, or the line of a grid that bears the name."""
    return {"question": grids[name], "row": name.rpartition(".")[2]} if name in grids else {"question": name}


def _one(join: str, parts: list[Plain]) -> Plain:
    parts = _merged(parts, "is_not" if join == "all" else "is")
    return parts[0] if len(parts) == 1 else {join: parts}


def _merged(tests: list[Plain], key: str) -> list[Plain]:
    """Tests of one place that differ in their option, as one; “answered at all” is part of it."""
    found: dict[str, Plain] = {}
    for number, test in enumerate(tests):
        place = f"{test['question']}.{test.get('row', '')}" if key in test else str(number)
        if place in found:
            found[place][key] += [option for option in test[key] if option]
        else:
            found[place] = {**test, key: [option for option in test[key] if option]} if key in test else test
    return list(found.values())


def relevant_of(condition: Condition, *, named: Callable[[Condition], str] | None = None) -> str:
    """A condition in the language of XLSForm; whatever is joined within a join stands in brackets.

    Args:
        named: how a test names its question; by default as XLSForm does, to which a line of a grid is one.
    """
    for parts, word in ((condition.all_, " and "), (condition.any_, " or ")):
        if parts:
            return word.join(_within(part, named) for part in parts)
    name = named(condition) if named else condition.row or condition.question
    tests = [f"selected(${{{name}}}, '{option}')" for option in condition.is_]
    if condition.is_not:
        none = [f"not(selected(${{{name}}}, '{option}'))" for option in condition.is_not]
        return " and ".join([f"${{{name}}} != ''", *none])
    for sign, limit in ((">=", condition.at_least), ("<=", condition.at_most)):
        tests += [f"${{{name}}} {sign} {decimal_text(limit)}"] if limit is not None else []
    return (" or " if condition.is_ else " and ").join(tests)


def _within(part: Condition, named: Callable[[Condition], str] | None) -> str:
    text = relevant_of(part, named=named)
    single = len(part.is_) == 1 or (part.at_least is None) != (part.at_most is None)
    return text if single else f"({text})"
