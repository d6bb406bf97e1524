"""A questionnaire as a page shows it: for a look before it is used, for typing in paper forms, for print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from parindex.core.kernel.problems import Problem
from parindex.core.surveys.answering import Kept
from parindex.core.surveys.questionnaire import Condition, Question, Questionnaire
from parindex.core.wording.notation import number
from parindex.core.wording.problems import sentence
from parindex.web.parts.languages import language
from parindex.web.parts.templatetags.parts import said


def shown(
    form: Questionnaire,
    answers: Mapping[str, Kept] | None = None,
    *,
    prefix: str = "q-",
    problems: Mapping[str, list[Problem]] | None = None,
) -> list[dict[str, Any]]:
    """Sections with their questions, as the template `survey_desk/fields.html` lays them out.

    Args:
        answers: what is chosen already. problems: what is wrong, by question.
    """
    return [
        {
            "title": section.title,
            "intro": section.intro,
            "questions": [
                _question(
                    form,
                    q,
                    kept=(answers or {}).get(q.code),
                    name=prefix + q.code,
                    problems=(problems or {}).get(q.code, []),
                )
                for q in section.questions
            ],
        }
        for section in form.sections
    ]


def _question(
    form: Questionnaire, question: Question, *, kept: Kept | None, name: str, problems: list[Problem]
) -> dict[str, Any]:
    chosen = {kept} if isinstance(kept, str) else set(kept or ())
    by_row = kept if isinstance(kept, dict) else {}
    return {
        "question": question,
        "name": name,
        "when": condition_words(form, question.when) if question.when else "",
        "options": [(o, f"{name}-{o.code}", o.code in chosen) for o in question.options],
        "rows": [
            (
                row,
                f"{name}.{row.code}",
                [
                    (o, f"{name}.{row.code}-{o.code}", by_row.get(row.code) == o.code)
                    for o in question.options
                ],
            )
            for row in question.rows
        ],
        "value": kept if isinstance(kept, str) else "",
        "wrong": " ".join(sentence(p.code, p.data, language()) for p in problems),
    }


def condition_words(form: Questionnaire, condition: Condition) -> str:
    """When a question is asked, in words; conditions within it stand in brackets."""
    for parts, word in ((condition.all_, gettext(" và ")), (condition.any_, gettext(" hoặc "))):
        if parts:
            return word.join(
                f"({words})" if part.all_ or part.any_ else words
                for part in parts
                for words in [condition_words(form, part)]
            )
    tested = form.by_code.get(condition.question)
    if tested is None:
        return condition.question
    asked = said(tested.text)
    if condition.row:
        asked = next((said(r.text) for r in tested.rows if r.code == condition.row), asked)
    if condition.at_least is not None or condition.at_most is not None:
        return _number_words(asked, condition)
    codes = condition.is_ or condition.is_not
    names = "; ".join(said(o.text) if (o := tested.option(code)) else code for code in codes)
    words = (
        gettext("“%(asked)s” trả lời: %(names)s")
        if condition.is_
        else gettext("“%(asked)s” không phải: %(names)s")
    )
    return words % {"asked": asked, "names": names}


def _number_words(asked: str, condition: Condition) -> str:
    least, most = condition.at_least, condition.at_most
    if least is not None and most is not None:
        words = gettext("“%(asked)s” từ %(least)s đến %(most)s")
    elif least is not None:
        words = gettext("“%(asked)s” từ %(least)s trở lên")
    else:
        words = gettext("“%(asked)s” không quá %(most)s")
    shown_as = {
        k: number(v, language()) if v is not None else "" for k, v in (("least", least), ("most", most))
    }
    return words % {"asked": asked, **shown_as}


def codes_of(question: Question) -> list[str]:
    """The columns of a question in a table of answers: of a grid one for each line."""
    return [f"{question.code}.{row.code}" for row in question.rows] or [question.code]
