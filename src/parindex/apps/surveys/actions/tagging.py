"""Tags on what people wrote: given and taken off by the desk; the text itself is never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from parindex.apps.surveys import rules
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import Survey, TextTag
from parindex.apps.surveys.texts import readable
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused


LONGEST_TAG, MOST_AT_ONCE, MOST_TAGS = 60, 500, 200


@transaction.atomic
def tag_texts(*, survey: Survey, texts: Mapping[int, set[str]], tag: str, by: str, at: datetime) -> int:
    """Give texts a tag; how many did not have it. The ledger is told the tag and how many, not whose.

    Args:
        texts: by answer's key, the codes of questions.

    Raises:
        Refused: ``survey_tag_missing``, ``text_too_long``, ``nothing_chosen``, ``survey_tags_many``.
    """
    locked = lock_survey(survey)
    said = _said(tag)
    found = readable(locked, texts)
    if not found:
        raise Refused("nothing_chosen")
    known = set(TextTag.objects.filter(survey=locked).values_list("tag", flat=True).distinct())
    if len(found) > MOST_AT_ONCE or len(known | {said}) > MOST_TAGS:
        raise Refused("survey_tags_many", limit=MOST_TAGS, texts=MOST_AT_ONCE)
    answers = [one.pk for one, _ in found]
    there = set(
        TextTag.objects.filter(survey=locked, tag=said, answer__in=answers).values_list("answer", "question")
    )
    new = [(one, code) for one, code in found if (one.pk, code) not in there]
    TextTag.objects.bulk_create(
        TextTag(survey=locked, answer=one, question=code, tag=said) for one, code in new
    )
    if new:
        tell(locked, "survey.texts_tagged", {"count": len(new)}, by=by, at=at, tag=said)
    return len(new)


@transaction.atomic
def untag_texts(*, survey: Survey, texts: Mapping[int, set[str]], tag: str, by: str, at: datetime) -> int:
    """Take a tag off texts; how many had it.

    Raises:
        Refused: ``survey_tag_missing``, ``text_too_long``, ``nothing_chosen``: none of them has it.
    """
    locked = lock_survey(survey)
    said = _said(tag)
    chosen = Q(pk__in=[])
    for answer, codes in texts.items():
        chosen |= Q(answer=answer, question__in=codes)
    gone, _ = TextTag.objects.filter(chosen, survey=locked, tag=said).delete()
    if not gone:
        raise Refused("nothing_chosen")
    tell(locked, "survey.texts_untagged", {"count": gone}, by=by, at=at, tag=said)
    return gone


def _said(tag: str) -> str:
    said = one_line(tag)
    rules.check_text(said, LONGEST_TAG, "survey_tag_missing")
    return said
