"""What contradicts in a questionnaire: codes that stand twice, options of no use, conditions that loop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from parindex.core.kernel.problems import Problem
from parindex.core.surveys.questionnaire import CHOSEN, Condition, Factor, Question, Questionnaire


Path = tuple[str | int, ...]
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
OPTION_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
MOST_QUESTIONS, MOST_OPTIONS, MOST_TESTS = 300, 200, 20
DEEPEST = 5
"""Joins within joins of a condition."""
LONGEST_TEXT = 20_000


def check_questionnaire(questionnaire: Questionnaire) -> list[Problem]:
    """Every contradiction with its place; empty where the questionnaire can be used."""
    return [
        *_check_head(questionnaire),
        *_check_factors(questionnaire.factors),
        *_check_questions(questionnaire),
        *_check_conditions(questionnaire),
    ]


def places(questionnaire: Questionnaire) -> Iterator[tuple[Question, Path]]:
    """Questions with where they stand."""
    for s, section in enumerate(questionnaire.sections):
        for k, question in enumerate(section.questions):
            yield question, ("sections", s, "questions", k)


def _check_head(questionnaire: Questionnaire) -> Iterator[Problem]:
    if not OPTION_CODE.fullmatch(questionnaire.code):
        yield Problem("code_not_plain", {"code": questionnaire.code[:40]}, ("code",))
    if not VERSION.fullmatch(questionnaire.version):
        yield Problem("code_not_plain", {"code": questionnaire.version[:40]}, ("version",))
    count = len(questionnaire.questions)
    if not 1 <= count <= MOST_QUESTIONS:
        yield Problem("questions_number", {"count": count, "limit": MOST_QUESTIONS}, ("sections",))


def _twice(codes: Iterable[str], path: Path, code: str) -> Iterator[Problem]:
    """Codes that stood before."""
    seen: set[str] = set()
    for k, one in enumerate(codes):
        if one in seen:
            yield Problem("survey_code_twice", {"code": one, "of": code}, (*path, k))
        seen.add(one)


def _check_factors(factors: tuple[Factor, ...]) -> Iterator[Problem]:
    """A factor's parent stands before it, so that factors make no circle."""
    yield from _twice([f.code for f in factors], ("factors",), "factors")
    before: set[str] = set()
    for k, factor in enumerate(factors):
        path: Path = ("factors", k)
        if not OPTION_CODE.fullmatch(factor.code):
            yield Problem("code_not_plain", {"code": factor.code[:40]}, path)
        if factor.part_of and factor.part_of not in before:
            yield Problem("factor_not_before", {"code": factor.code, "part_of": factor.part_of}, path)
        if factor.weight <= 0:
            yield Problem("survey_weight", {"code": factor.code}, path)
        before.add(factor.code)


def _check_questions(questionnaire: Questionnaire) -> Iterator[Problem]:
    factors = {f.code for f in questionnaire.factors}
    seen: set[str] = set()
    for question, path in places(questionnaire):
        if not CODE.fullmatch(question.code):
            yield Problem("code_not_plain", {"code": question.code[:40]}, path)
        if question.code in seen:
            yield Problem("survey_code_twice", {"code": question.code, "of": "questions"}, path)
        seen.add(question.code)
        for named in (question.factor, *(r.factor for r in question.rows)):
            if named and named not in factors:
                yield Problem("factor_unknown", {"code": question.code, "factor": named}, path)
        yield from _check_kind(question, path)
        yield from _check_options(question, path)
        yield from _check_counting(question, path)
        yield from _check_limits(question, path)


def _check_kind(question: Question, path: Path) -> Iterator[Problem]:
    """Options and rows where the kind has them, and only there."""
    data = {"code": question.code, "kind": question.kind}
    if question.kind in CHOSEN and not 2 <= len(question.options) <= MOST_OPTIONS:
        yield Problem("options_missing", {**data, "limit": MOST_OPTIONS}, path)
    if question.kind not in CHOSEN and question.options:
        yield Problem("options_not_for", data, path)
    if question.kind == "grid" and not 1 <= len(question.rows) <= MOST_OPTIONS:
        yield Problem("grid_rows_missing", {**data, "limit": MOST_OPTIONS}, path)
    if question.kind != "grid" and question.rows:
        yield Problem("rows_not_for", data, path)
    if any(w <= 0 for w in (question.weight, *(r.weight for r in question.rows))):
        yield Problem("survey_weight", {"code": question.code}, path)
    yield from _twice([o.code for o in question.options], (*path, "options"), question.code)
    yield from _twice([r.code for r in question.rows], (*path, "rows"), question.code)


def _check_options(question: Question, path: Path) -> Iterator[Problem]:
    """Codes, scores; an option without opinion counts nothing."""
    for k, option in enumerate(question.options):
        at, data = (*path, "options", k), {"code": question.code, "option": option.code[:40]}
        if not OPTION_CODE.fullmatch(option.code):
            yield Problem("code_not_plain", {"code": option.code[:40]}, at)
        if option.score is not None and not 0 <= option.score <= 100:
            yield Problem("score_range", data, at)
        if option.no_opinion and (option.score is not None or option.satisfied is not None):
            yield Problem("no_opinion_counts", data, at)
    for k, row in enumerate(question.rows):
        if not OPTION_CODE.fullmatch(row.code):
            yield Problem("code_not_plain", {"code": row.code[:40]}, (*path, "rows", k))


def _check_counting(question: Question, path: Path) -> Iterator[Problem]:
    """Either all options count or none; several choices count nothing."""
    counted = [o for o in question.options if not o.no_opinion]
    if question.scored and any(o.score is None for o in counted):
        yield Problem("scores_in_part", {"code": question.code}, path)
    if question.asks_satisfaction and any(o.satisfied is None for o in counted):
        yield Problem("satisfied_in_part", {"code": question.code}, path)
    if question.kind == "multiple" and (question.scored or question.asks_satisfaction):
        yield Problem("multiple_counts", {"code": question.code}, path)


def _check_limits(question: Question, path: Path) -> Iterator[Problem]:
    data = {"code": question.code}
    if question.longest is not None and not 1 <= question.longest <= LONGEST_TEXT:
        yield Problem("longest_range", {**data, "limit": LONGEST_TEXT}, path)
    if question.least is not None and question.most is not None and question.least > question.most:
        yield Problem("limits_crossed", data, path)
    if question.most_chosen is not None and question.most_chosen < 1:
        yield Problem("most_chosen_range", data, path)


def _check_conditions(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Conditions look back only; where they do not, whether they run in a circle is said."""
    order = {q.code: k for k, q in reversed(list(enumerate(questionnaire.questions)))}
    leads = {q.code: [t.question for t in q.when.tests()] for q in questionnaire.questions if q.when}
    for k, (question, path) in enumerate(places(questionnaire)):
        if question.when is None:
            continue
        if large := _too_large(question.code, question.when):
            yield Problem(*large, path)
            continue
        yield from _check_joins(question, question.when, path)
        for test in question.when.tests():
            data = {"code": question.code, "question": test.question[:40]}
            if test.question not in order:
                yield Problem("condition_question_unknown", data, path)
            elif circle := circle_from(question.code, test.question, leads):
                yield Problem("condition_loops", {"code": question.code, "circle": tuple(circle)}, path)
            elif order[test.question] >= k:
                yield Problem("condition_looks_ahead", data, path)
            else:
                yield from _check_test(question, test, (questionnaire, path))


def _too_large(code: str, condition: Condition) -> tuple[str, dict[str, object]] | None:
    """More tests, or joins within joins, than anybody could follow."""
    if len(list(condition.tests())) > MOST_TESTS:
        return "condition_too_long", {"code": code, "limit": MOST_TESTS}
    return ("condition_too_deep", {"code": code, "limit": DEEPEST}) if condition.depth > DEEPEST else None


def circle_from(start: str, first: str, leads: Mapping[str, list[str]]) -> list[str]:
    """The way from a question over its condition back to itself; empty where there is none."""
    ways, seen = [[start, first]], {first}
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        for code in leads.get(way[-1], []):
            if code not in seen:
                seen.add(code)
                ways.append([*way, code])
    return []


def _check_joins(question: Question, condition: Condition, path: Path) -> Iterator[Problem]:
    """A condition is one test, or one join of conditions."""
    joined = bool(condition.all_) + bool(condition.any_)
    alone = bool(condition.question)
    if joined + alone != 1:
        yield Problem("condition_unclear", {"code": question.code}, path)
    for part in (*condition.all_, *condition.any_):
        yield from _check_joins(question, part, path)


def _check_test(question: Question, test: Condition, where: tuple[Questionnaire, Path]) -> Iterator[Problem]:
    """The test fits the kind of the question that it looks at."""
    questionnaire, path = where
    tested = questionnaire.by_code[test.question]
    data = {"code": question.code, "question": tested.code}
    if question.once and not tested.once:
        yield Problem("condition_once", data, path)
    numeric = test.at_least is not None or test.at_most is not None
    chosen = (*test.is_, *test.is_not)
    clear = numeric + bool(test.is_) + bool(test.is_not) == 1
    if tested.kind == "text" or not clear or numeric != (tested.kind == "number"):
        yield Problem("condition_unfit", {**data, "kind": tested.kind}, path)
        return
    known = {o.code for o in tested.options}
    for option in chosen:
        if option not in known:
            yield Problem("condition_option_unknown", {**data, "option": option[:40]}, path)
    if (tested.kind == "grid") != (test.row in {r.code for r in tested.rows}):
        yield Problem("condition_row_unknown", {**data, "row": test.row[:40]}, path)
