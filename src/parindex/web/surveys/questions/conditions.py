"""When a question is asked, as its form shows it: lines of tests with brackets, or the words of XLSForm.

A bracket is a condition within the condition: its lines are joined the other way (`any` where the whole is
joined by `all`). What goes deeper is written in words, and shown so again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parindex.core.kernel.problems import Refused
from parindex.core.surveys.questionnaire import Condition, Questionnaire
from parindex.core.surveys.relevance import read_relevant, relevant_of


Plain = dict[str, Any]
Line = tuple[str, str, str, str]
"""A test as the form shows it: bracket, question, test, value."""
TESTS = ("is", "is_not", "at_least", "at_most")
JOINS = {"all": "any", "any": "all"}
"""How tests are joined, and how they are within a bracket."""
BRACKETS = ("1", "2", "3", "4")
MOST_LINES, SPARE = 12, 3
"""Lines that the form shows; empty ones under those that there are."""


def condition_typed(fields: Mapping[str, str], form: Questionnaire) -> Plain | None:
    """The condition of a form that was filled in; None: always asked.

    Raises:
        Refused: ``choice_unknown``; ``survey_condition_twice``: as lines and in words;
            ``survey_condition_unread``: words that say no condition.
    """
    lines = [(fields.get(f"w.{k}.bracket", ""), _test(fields, f"w.{k}.")) for k in range(MOST_LINES)]
    tests = [(bracket, test) for bracket, test in lines if test is not None]
    words = fields.get("when_text", "").strip()
    if words:
        if tests:
            raise Refused("survey_condition_twice")
        return _of_words(words, form)
    return _of_lines(tests, fields.get("when_join", "")) if tests else None


def _of_words(words: str, form: Questionnaire) -> Plain:
    grids = {f"{q.code}.{row.code}": q.code for q in form.questions for row in q.rows}
    found = read_relevant(words, grids)
    if found is None:
        raise Refused("survey_condition_unread", text=words[:80])
    return found


def _of_lines(tests: Sequence[tuple[str, Plain]], join: str) -> Plain:
    """Tests of one bracket stand where its first one does."""
    parts: list[Plain] = []
    brackets: dict[str, list[Plain]] = {}
    if len(tests) > 1 and join not in JOINS:
        raise Refused("choice_unknown", text=join[:40])
    for bracket, test in tests:
        if bracket not in ("", *BRACKETS):
            raise Refused("choice_unknown", text=bracket[:40])
        if not bracket or bracket not in brackets:
            inner = [test]
            parts.append(test if not bracket else {JOINS.get(join, "all"): inner})
            brackets |= {bracket: inner} if bracket else {}
        else:
            brackets[bracket].append(test)
    whole = [part if "question" in part or len(inner := next(iter(part.values()))) > 1 else inner[0]
             for part in parts]  # fmt: skip
    return whole[0] if len(whole) == 1 else {join: whole}


def _test(fields: Mapping[str, str], prefix: str) -> Plain | None:
    """One line of the condition; None where it is left empty."""
    asked, row = [*fields.get(f"{prefix}question", "").strip().split("."), ""][:2]
    if not asked:
        return None
    test, value = fields.get(f"{prefix}test", ""), fields.get(f"{prefix}value", "").strip()
    if test not in TESTS:
        raise Refused("choice_unknown", text=test[:40])
    made: Plain = {"question": asked, **({"row": row} if row else {})}
    if test in ("is", "is_not"):
        return {**made, test: [v.strip() for v in value.replace(";", ",").split(",") if v.strip()]}
    return {**made, test: value.replace(",", ".")}


def condition_said(when: Condition | None) -> dict[str, Any]:
    """A condition as its form shows it, with empty lines for more."""
    join = "any" if when is not None and when.any_ else "all"
    found = _lines(when, join) if when is not None else []
    lines = [_line_said(k, line) for k, line in enumerate([*(found or []), *[None] * SPARE][:MOST_LINES])]
    words = relevant_of(when, named=_name) if when is not None and found is None else ""
    return {"when_join": join, "when_text": words, "tests": lines}


def _line_said(k: int, line: Line | None) -> dict[str, Any]:
    bracket, question, test, value = line or ("", "", "", "")
    return {"k": k, "bracket": bracket, "question": question, "test": test, "value": value}


def _lines(when: Condition, join: str) -> list[Line] | None:
    """The lines of a condition; None where they cannot say it."""
    found: list[Line] = []
    used = 0
    for part in when.all_ or when.any_ or (when,):
        some = _tests(part)
        inner = [_tests(one) for one in (part.any_ if join == "all" else part.all_)]
        if some is not None and (len(some) == 1 or join == "all"):
            found += [("", *line) for line in some]
        elif (
            inner and all(one and (len(one) == 1 or join == "any") for one in inner) and used < len(BRACKETS)
        ):
            found += [(BRACKETS[used], *line) for one in inner if one for line in one]
            used += 1
        else:
            return None
    return found if len(found) <= MOST_LINES else None


def _tests(one: Condition) -> list[tuple[str, str, str]] | None:
    """A single test as lines that must all hold, two of a number with two ends; None: it is a join."""
    if one.all_ or one.any_:
        return None
    codes = (("is", one.is_), ("is_not", one.is_not))
    bounds = (("at_least", one.at_least), ("at_most", one.at_most))
    return [
        *((_name(one), test, ", ".join(some)) for test, some in codes if some),
        *((_name(one), test, str(bound)) for test, bound in bounds if bound is not None),
    ]


def _name(test: Condition) -> str:
    """What a test looks at: a question, or ``question.line`` of a grid."""
    return f"{test.question}.{test.row}" if test.row else test.question
