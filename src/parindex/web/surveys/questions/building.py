"""A questionnaire under a person's hands, as the plain values of its file: moved, added to, changed, typed.

Nothing is checked here: what comes of it goes through `parindex.core.surveys.questionnaire_file`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from parindex.core.kernel.problems import Refused
from parindex.core.surveys.questionnaire import Question, Questionnaire
from parindex.data.first_question import first_section
from parindex.web.surveys.questions.conditions import condition_said, condition_typed


Plain = dict[str, Any]
SPARE = 3
"""Empty lines under the options and rows that there are."""
PLAIN_FIELDS = ("least", "most", "longest", "most_chosen")
WIDEST = 200


def text_of(vi: str, en: str) -> Plain | str:
    """A text in two languages, as a file writes it."""
    plain, other = " ".join(vi.split()), " ".join(en.split())
    return {"vi": plain, "en": other} if other else plain


def blank(code: str, group: str, title: Plain | str) -> Plain:
    """A questionnaire with one question to begin with."""
    return {
        "questionnaire": 1,
        "code": code,
        "version": "1",
        "group": group,
        "title": title,
        "sections": [first_section()],
    }


def moved(form: Plain, act: str, place: str) -> Plain:
    """The form after an act on a section (``S``) or a question (``S.Q``): ``up``, ``down``, ``remove``.

    A question that is moved beyond its section goes into the neighbouring one.

    Raises:
        Refused: ``choice_unknown``: there is no such place or act.
    """
    made = copy.deepcopy(form)
    s, q = place_of(made, place)
    if act not in ("up", "down", "remove"):
        raise Refused("choice_unknown", text=act[:40])
    sections = made["sections"]
    if q is None:
        _shift(sections, s, act)
        return made
    questions = sections[s]["questions"]
    if act == "up" and q == 0 and s > 0:
        sections[s - 1]["questions"].append(questions.pop(q))
    elif act == "down" and q == len(questions) - 1 and s < len(sections) - 1:
        sections[s + 1]["questions"].insert(0, questions.pop(q))
    else:
        _shift(questions, q, act)
    return made


def _shift(items: list[Any], k: int, act: str) -> None:
    one = items.pop(k)
    if act != "remove":
        items.insert(max(k - 1, 0) if act == "up" else k + 1, one)


def place_of(form: Plain, place: str) -> tuple[int, int | None]:
    """Section and question that a place names, from 0. Raises Refused ``choice_unknown``."""
    numbers = place.split(".")
    if not all(n.isascii() and n.isdigit() and len(n) < 4 for n in numbers) or len(numbers) > 2:
        raise Refused("choice_unknown", text=place[:40])
    s, q = int(numbers[0]), int(numbers[1]) if len(numbers) == 2 else None
    sections = form["sections"]
    if s >= len(sections) or (q is not None and q >= len(sections[s]["questions"])):
        raise Refused("choice_unknown", text=place[:40])
    return s, q


def with_section(form: Plain, place: str, title: Plain | str) -> Plain:
    """A section added at the end, or the one of a place under another title."""
    made = copy.deepcopy(form)
    if place:
        made["sections"][place_of(made, place)[0]]["title"] = title
    else:
        made["sections"].append({"title": title, "questions": []})
    return made


def with_question(form: Plain, place: str, question: Plain) -> Plain:
    """A question put in the place of ``S.Q``, or added at the end of section ``S``."""
    made = copy.deepcopy(form)
    s, q = place_of(made, place)
    questions = made["sections"][s]["questions"]
    if q is None:
        questions.append(question)
    else:
        questions[q] = question
    return made


def with_factors(form: Plain, text: str) -> Plain:
    """The factors of a form from lines ``code | name | name in English | weight | code above``."""
    made = copy.deepcopy(form)
    factors = []
    for line in text.splitlines():
        if not line.strip():
            continue
        code, vi, en, weight, above = ([c.strip() for c in line.split("|")] + [""] * 5)[:5]
        one: Plain = {"code": code, "name": text_of(vi, en)}
        named = {name: said for name, said in (("weight", weight), ("part_of", above)) if said}
        factors.append({**one, **named})
    made.pop("factors", None)
    return {**made, **({"factors": factors} if factors else {})}


def factor_lines(form: Questionnaire) -> str:
    """The lines that `with_factors` reads."""
    return "\n".join(
        " | ".join((f.code, f.name.vi, f.name.en, str(f.weight), f.part_of)).rstrip(" |")
        for f in form.factors
    )


def question_typed(fields: Mapping[str, str], form: Questionnaire) -> Plain:
    """A question of a form as its page was filled in. Raises Refused as `condition_typed`."""
    kind = fields.get("kind", "")
    made: Plain = {"code": fields.get("code", "").strip(), "kind": kind}
    made["text"] = text_of(fields.get("text_vi", ""), fields.get("text_en", ""))
    if fields.get("hint_vi", "").strip():
        made["hint"] = text_of(fields["hint_vi"], fields.get("hint_en", ""))
    for name, lines in (("options", list(_options(fields))), ("rows", list(_rows(fields)))):
        if lines:  # of a kind that has none too: it is said, and not dropped
            made[name] = lines
    for name in ("required", "once", "whole"):
        if fields.get(name) == "1":
            made[name] = True
    for name in ("factor", "weight", *PLAIN_FIELDS):
        if fields.get(name, "").strip():
            made[name] = fields[name].strip().replace(",", ".")
    when = condition_typed(fields, form)
    return {**made, "when": when} if when else made


def _lines(fields: Mapping[str, str], kind: str) -> Iterable[Mapping[str, str]]:
    """The lines of a table of the form that hold anything."""
    for k in range(WIDEST):
        names = ("code", "vi", "en", "score", "sat", "none", "factor", "weight")
        line = {name: fields.get(f"{kind}.{k}.{name}", "").strip() for name in names}
        if line["code"] or line["vi"] or line["en"]:
            yield line


def _options(fields: Mapping[str, str]) -> Iterable[Plain]:
    for line in _lines(fields, "o"):
        one: Plain = {"code": line["code"], "text": text_of(line["vi"], line["en"])}
        if line["score"]:
            one["score"] = line["score"].replace(",", ".")
        if line["sat"]:
            one["satisfied"] = line["sat"] == "yes"
        if line["none"] == "1":
            one["no_opinion"] = True
        yield one


def _rows(fields: Mapping[str, str]) -> Iterable[Plain]:
    for line in _lines(fields, "r"):
        one: Plain = {"code": line["code"], "text": text_of(line["vi"], line["en"])}
        for name in ("factor", "weight"):
            if line[name]:
                one[name] = line[name].replace(",", ".")
        yield one


def question_said(question: Question | None) -> dict[str, Any]:
    """A question as its form shows it, with empty lines for more; None: a new one."""
    if question is None:
        return {
            "code": "",
            "kind": "single",
            "options": [_option_said(k, None) for k in range(SPARE + 2)],
            "rows": [_row_said(k, None) for k in range(SPARE)],
            **dict.fromkeys(
                ("text_vi", "text_en", "hint_vi", "hint_en", "factor", "weight", *PLAIN_FIELDS), ""
            ),
            **dict.fromkeys(("required", "once", "whole"), ""),
            **condition_said(None),
        }
    hint = question.hint
    numbers = {n: "" if (v := getattr(question, n)) is None else str(v) for n in PLAIN_FIELDS}
    options, rows = [*question.options, *[None] * SPARE], [*question.rows, *[None] * SPARE]
    return {
        "code": question.code,
        "kind": question.kind,
        "text_vi": question.text.vi,
        "text_en": question.text.en,
        "hint_vi": hint.vi if hint else "",
        "hint_en": hint.en if hint else "",
        "factor": question.factor,
        "weight": str(question.weight),
        **numbers,
        "required": question.required,
        "once": question.once,
        "whole": question.whole,
        "options": [_option_said(k, o) for k, o in enumerate(options)],
        "rows": [_row_said(k, r) for k, r in enumerate(rows)],
        **condition_said(question.when),
    }


def _option_said(k: int, option: Any) -> dict[str, Any]:
    if option is None:
        return {"k": k, **dict.fromkeys(("code", "vi", "en", "score", "sat", "none"), "")}
    sat = "" if option.satisfied is None else "yes" if option.satisfied else "no"
    score = "" if option.score is None else str(option.score)
    said = {"code": option.code, "vi": option.text.vi, "en": option.text.en, "score": score, "sat": sat}
    return {"k": k, **said, "none": option.no_opinion}


def _row_said(k: int, row: Any) -> dict[str, Any]:
    if row is None:
        return {"k": k, **dict.fromkeys(("code", "vi", "en", "factor", "weight"), "")}
    said = {"code": row.code, "vi": row.text.vi, "en": row.text.en, "factor": row.factor}
    return {"k": k, **said, "weight": str(row.weight)}
