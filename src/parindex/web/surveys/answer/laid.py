"""A form as a respondent's page lays it out: sections, questions, what was typed, what is wrong."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from parindex.apps.surveys.asking import ABOUT_ALL, Asked, Fields, about
from parindex.core.kernel.problems import Problem
from parindex.core.kernel.text import Text
from parindex.core.surveys.questionnaire import Condition, Question
from parindex.core.wording.problems import sentence
from parindex.web.parts.languages import language
from parindex.web.surveys.questions.shown import condition_words


Found = Mapping[str, Sequence[Problem]]


def laid(asked: Asked, fields: Fields, problems: Found) -> dict[str, Any]:
    """`parts`: of each unit its name, what the names of its fields begin with and its sections; where several
    are rated, `once` has what is asked about the respondent. `open`: the parts to show at first."""
    if not asked.several:
        whole = _sections(asked, fields, ABOUT_ALL, problems=problems, once=None)
        return {"parts": [], "once": whole}
    parts = [
        {
            "name": unit.name,
            "id": f"u{unit.pk}",
            "sections": _sections(asked, fields, about(unit), problems=problems, once=False),
            "open": k == 0 or about(unit) in problems,
        }
        for k, unit in enumerate(asked.units)
    ]
    return {"parts": parts, "once": _sections(asked, fields, ABOUT_ALL, problems=problems, once=True)}


def _sections(
    asked: Asked, fields: Fields, prefix: str, *, problems: Found, once: bool | None
) -> list[dict[str, Any]]:
    wrong: dict[str, list[str]] = defaultdict(list)
    for p in problems.get(prefix, ()):
        wrong[str(p.path[0]) if p.path else ""].append(sentence(p.code, p.data, language()))
    found = [
        {
            "title": section.title,
            "intro": section.intro,
            "questions": [
                _question(asked, q, fields, prefix=prefix, wrong=list(dict.fromkeys(wrong[q.code])))
                for q in section.questions
                if once is None or q.once == once
            ],
        }
        for section in asked.form.sections
    ]
    return [s for s in found if s["questions"]]


def _question(
    asked: Asked, question: Question, fields: Fields, *, prefix: str, wrong: Sequence[str]
) -> dict[str, Any]:
    name = prefix + question.code
    rows: list[tuple[Text | None, str]] = [(row.text, f"{name}.{row.code}") for row in question.rows] or [
        (None, name)
    ]
    return {
        "id": name,
        "kind": question.kind,
        "text": question.text,
        "hint": question.hint,
        "required": question.required,
        "when": condition_words(asked.form, question.when) if question.when else "",
        "shown_if": json.dumps(_condition(asked, question.when, prefix)) if question.when else "",
        "longest": question.longest or 2000,
        "type": "checkbox" if question.kind == "multiple" else "radio",
        "rows": [
            (
                text,
                name_,
                [(o.code, o.text, o.code in fields.get(name_, ())) for o in question.options],
            )
            for text, name_ in rows
        ],
        "name": name,
        "value": _last(fields, name),
        "wrong": wrong,
    }


def _last(fields: Fields, name: str) -> str:
    given = fields.get(name, ())
    return given[-1][:20_000] if given else ""


def _condition(asked: Asked, condition: Condition, prefix: str) -> dict[str, Any]:
    """A condition as the page's script reads it: names of fields, and what they must hold."""
    for key, parts in (("all", condition.all_), ("any", condition.any_)):
        if parts:
            return {key: [_condition(asked, part, prefix) for part in parts]}
    tested = asked.form.by_code.get(condition.question)
    of_all = asked.several and tested is not None and tested.once
    name = (ABOUT_ALL if of_all else prefix) + condition.question
    found: dict[str, Any] = {"field": f"{name}.{condition.row}" if condition.row else name}
    if condition.is_:
        found["is"] = list(condition.is_)
    if condition.is_not:
        found["not"] = list(condition.is_not)
    for key, limit in (("least", condition.at_least), ("most", condition.at_most)):
        if limit is not None:
            found[key] = float(limit)
    return found
