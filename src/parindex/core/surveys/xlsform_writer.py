"""A questionnaire as the sheets of an XLSForm, as `xlsform` reads them back."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.core.kernel.numbers import decimal_text
from parindex.core.kernel.text import Text
from parindex.core.surveys.questionnaire import Option, Question, Questionnaire
from parindex.core.surveys.relevance import relevant_of


Rows = list[list[str]]
LANGUAGES = ("Tiếng Việt (vi)", "English (en)")
LABELS = [f"label::{language}" for language in LANGUAGES]
SURVEY = [
    "type", "name", *LABELS, *(f"hint::{language}" for language in LANGUAGES), "required", "relevant",
    "constraint", "appearance", "parindex_factor", "parindex_weight", "parindex_once",
]  # fmt: skip
CHOICES = ["list_name", "name", *LABELS, "parindex_score", "parindex_satisfied", "parindex_no_opinion"]
SETTINGS = ["form_title", "form_id", "version", "default_language", "parindex_group"]
FACTORS = ["name", *LABELS, "part_of", "weight", "mean"]


def write_xlsform(questionnaire: Questionnaire) -> dict[str, Rows]:
    """The sheets ``survey``, ``choices``, ``settings`` and perhaps ``factors``; headings stand first.

    What an XLSForm has no place for is left out: the English title, the last page, sources, the greatest
    length of a text, how many options may be chosen.
    """
    q = questionnaire
    lists = _lists(q)
    survey: Rows = []
    for number, section in enumerate(q.sections, 1):
        survey.append(_row(SURVEY, type="begin group", name=f"section_{number}", text=section.title))
        if section.intro:
            survey.append(_row(SURVEY, type="note", name=f"intro_{number}", text=section.intro))
        for question in section.questions:
            survey += _question(question, lists)
        survey.append(_row(SURVEY, type="end group"))
    choices = [_choice(name, option) for options, name in lists.items() for option in options]
    settings = _row(
        SETTINGS,
        form_title=q.title.vi,
        form_id=q.code,
        version=q.version,
        default_language=LANGUAGES[0],
        parindex_group=q.group,
    )
    found = {"survey": [SURVEY, *survey], "choices": [CHOICES, *choices], "settings": [SETTINGS, settings]}
    if q.factors:
        found["factors"] = [
            FACTORS,
            *(
                _row(
                    FACTORS,
                    name=f.code,
                    text=f.name,
                    part_of=f.part_of,
                    weight=_number(f.weight),
                    mean=f.mean,
                )
                for f in q.factors
            ),
        ]
    return found


def _number(value: Fraction | None) -> str:
    return "" if value is None else decimal_text(value)


def _row(heads: list[str], *, text: Text | None = None, hint: Text | None = None, **cells: str) -> list[str]:
    """Cells under their headings."""
    for name, words in (("label", text), ("hint", hint)):
        if words:
            cells |= {f"{name}::{LANGUAGES[0]}": words.vi, f"{name}::{LANGUAGES[1]}": words.en}
    return [cells.get(head, "") for head in heads]


def _lists(questionnaire: Questionnaire) -> dict[tuple[Option, ...], str]:
    """Each list of options once, named after the first question that has it."""
    found: dict[tuple[Option, ...], str] = {}
    for question in questionnaire.questions:
        if question.options:
            found.setdefault(question.options, f"list_{question.code}")
    return found


def _choice(name: str, option: Option) -> list[str]:
    satisfied = "" if option.satisfied is None else "yes" if option.satisfied else "no"
    return _row(
        CHOICES,
        list_name=name,
        name=option.code,
        text=option.text,
        parindex_score=_number(option.score),
        parindex_satisfied=satisfied,
        parindex_no_opinion="yes" if option.no_opinion else "",
    )


def _question(question: Question, lists: dict[tuple[Option, ...], str]) -> Iterator[list[str]]:
    """One row, or a table of rows."""
    listed = lists.get(question.options, "")
    required = "yes" if question.required else ""
    relevant = relevant_of(question.when) if question.when else ""
    if question.kind == "grid":
        yield _row(SURVEY, type="begin group", name=question.code, text=question.text, relevant=relevant,
                   appearance="table-list")  # fmt: skip
        for row in question.rows:
            yield _row(
                SURVEY, type=f"select_one {listed}", name=row.code, text=row.text, required=required,
                parindex_factor=row.factor or question.factor,
                parindex_weight="" if row.weight == 1 else _number(row.weight),
            )  # fmt: skip
        yield _row(SURVEY, type="end group")
        return
    kinds = {
        "text": "text",
        "number": "integer" if question.whole else "decimal",
        "multiple": f"select_multiple {listed}",
    }
    yield _row(
        SURVEY, type=kinds.get(question.kind, f"select_one {listed}"), name=question.code, text=question.text,
        hint=question.hint, required=required, relevant=relevant, constraint=_constraint(question),
        parindex_factor=question.factor, parindex_once="yes" if question.once else "",
        parindex_weight="" if question.weight == 1 else _number(question.weight),
    )  # fmt: skip


def _constraint(question: Question) -> str:
    parts = [f". >= {_number(question.least)}"] if question.least is not None else []
    parts += [f". <= {_number(question.most)}"] if question.most is not None else []
    return " and ".join(parts)
