"""What people wrote, read one by one however much there is: searched, with the tags that the desk gave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count as Counted
from django.db.models import Q

from parindex.apps.surveys.asking import form_of
from parindex.apps.surveys.hiding import shown_groups
from parindex.apps.surveys.models import Answer, Survey, TextTag
from parindex.core.formats.folded import folded
from parindex.core.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Written:
    """A text. `answer`: its answer's key; `question`: its code; `asked`: what was asked."""

    answer: int
    unit: int
    question: str
    asked: Text
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which texts: with words, about a unit's key, with a tag (``-``: with none); empty: all."""

    words: str = ""
    unit: int = 0
    tag: str = ""


UNTAGGED = "-"


def texts_of(survey: Survey, sought: Sought = Sought()) -> Iterator[Written]:
    """The texts that may be read, in no order that tells anything. Three queries, and a row at a time."""
    asked = questions_of(survey)
    may = shown_groups(survey)
    tags = tags_by_text(survey)
    words = folded(sought.words)
    codes = {code for some in asked.values() for code in some}
    if not codes:
        return
    found = survey.answers.filter(content__has_any_keys=sorted(codes)).order_by("pk")
    if sought.unit:
        found = found.filter(unit=sought.unit)
    if sought.tag and sought.tag != UNTAGGED:
        found = found.filter(pk__in=TextTag.objects.filter(survey=survey, tag=sought.tag).values("answer"))
    rows = found.values_list("pk", "group_id", "unit_id", "content")
    for pk, group, unit, content in rows.iterator(chunk_size=2000):
        if group not in may.get(unit, ()):
            continue
        for code, question in asked.get(group, {}).items():
            text = content.get(code)
            given = tags.get((pk, code), ())
            if not text or (words and words not in folded(text)) or not _tagged(given, sought.tag):
                continue
            yield Written(pk, unit, code, question, text, given)


def _tagged(given: tuple[str, ...], tag: str) -> bool:
    return not tag or (not given if tag == UNTAGGED else tag in given)


def questions_of(survey: Survey) -> dict[int, dict[str, Text]]:
    """By group, the questions that are answered in words, by code. One query."""
    groups = survey.groups.select_related("questionnaire").defer("questionnaire__content")
    return {
        one.pk: {q.code: q.text for q in form_of(one.questionnaire).questions if q.kind == "text"}
        for one in groups
    }


def tags_by_text(survey: Survey) -> Mapping[tuple[int, str], tuple[str, ...]]:
    """By answer and question, the tags of a text. One query."""
    found: dict[tuple[int, str], tuple[str, ...]] = {}
    rows = TextTag.objects.filter(survey=survey).order_by("tag").values_list("answer", "question", "tag")
    for answer, question, tag in rows.iterator():
        found[answer, question] = (*found.get((answer, question), ()), tag)
    return found


def tags_of(survey: Survey) -> list[tuple[str, int]]:
    """The tags of a survey, each with how many texts have it, the most used first. One query."""
    rows = TextTag.objects.filter(survey=survey).values("tag").annotate(count=Counted("pk"))
    return [(row["tag"], row["count"]) for row in rows.order_by("-count", "tag")]


def readable(survey: Survey, answers: Mapping[int, set[str]]) -> list[tuple[Answer, str]]:
    """Of answers and questions that were named, those texts that there are and that may be read."""
    asked, may = questions_of(survey), shown_groups(survey)
    found = survey.answers.filter(Q(pk__in=list(answers)))
    return [
        (one, code)
        for one in found
        if one.group_id in may.get(one.unit_id, ())
        for code in sorted(answers[one.pk])
        if code in asked.get(one.group_id, {}) and one.content.get(code)
    ]
