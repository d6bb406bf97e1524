"""Interviews that are asked again by somebody else: which, and how much of both agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db import transaction

from parindex.apps.surveys import rules
from parindex.apps.surveys.asking import AnswersRefused, form_of
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import Interview, RespondentGroup
from parindex.core.formats.folded import folded
from parindex.core.kernel.problems import Problem, Refused
from parindex.core.surveys.answering import check_answers
from parindex.core.surveys.back_checks import agreement
from parindex.core.surveys.sampling import draw


MOST_CHECKS = 20_000


@dataclass(frozen=True, slots=True)
class CheckWritten:
    """An interview asked again, as a file says it. `number`: of the form; `person`: who asked again."""

    line: int
    number: str
    person: str
    raw: Mapping[str, object]


@transaction.atomic
def choose_checks(*, group: RespondentGroup, percent: int, by: str, at: datetime) -> int:
    """Choose a share of everybody's interviews to be asked again, by the survey's seed; how many there are
    then. A greater share adds to what was chosen, and the same again changes nothing.

    Raises:
        Refused: ``survey_not_now``, ``survey_check_share``, ``survey_interviews_none``.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "enter")
    if not 1 <= percent <= 100:
        raise Refused("survey_check_share")
    frame: dict[str, list[str]] = {}
    for person, number in group.interviews.exclude(number="").values_list("enumerator", "number"):
        frame.setdefault(person, []).append(number)
    if not frame:
        raise Refused("survey_interviews_none")
    quotas = {person: ceil(len(numbers) * percent / 100) for person, numbers in frame.items()}
    drawn = draw(frame, quotas, seed=f"{locked.seed}/{group.code}/checks")
    numbers = [n for one in drawn.values() for n in one.drawn]
    for k in range(0, len(numbers), 500):
        group.interviews.filter(number__in=numbers[k : k + 500]).update(chosen=True)
    chosen = group.interviews.filter(chosen=True).count()
    told = {"group": group.code, "percent": percent, "count": chosen, "seed": locked.seed}
    tell(locked, "survey.checks_chosen", told, by=by, at=at)
    return chosen


@transaction.atomic
def record_checks(*, group: RespondentGroup, rows: Sequence[CheckWritten], by: str, at: datetime) -> int:
    """Compare interviews that were asked again with what was said the first time; how many. What was said
    the second time is not kept, and an interview that was checked before is compared anew.

    Raises:
        Refused: ``survey_not_now``, ``nothing_chosen``, ``survey_results_many``.
        AnswersRefused: as `check_checks`.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "enter")
    if not rows:
        raise Refused("nothing_chosen")
    if len(rows) > MOST_CHECKS:
        raise Refused("survey_results_many", limit=MOST_CHECKS)
    made = check_checks(group, rows)
    Interview.objects.bulk_update(made, ["checked_by", "compared", "differing"], batch_size=200)
    compared = sum(one.compared for one in made)
    differing = sum(len(one.differing) for one in made)
    told = {"group": group.code, "count": len(made), "compared": compared, "differing": differing}
    tell(locked, "survey.checked", told, by=by, at=at)
    return len(made)


def check_checks(group: RespondentGroup, rows: Sequence[CheckWritten]) -> list[Interview]:
    """The interviews as they are after the comparison; nothing is kept.

    Raises:
        AnswersRefused: by line; ``interview_unknown``, ``interview_twice``: the form stands twice in the
            file, ``interview_same_person``: whoever asked does not check, ``interview_person_missing``.
    """
    form = form_of(group.questionnaire)
    found = group.interviews.exclude(number="").select_related("answer")
    known = {one.number: one for one in found}
    problems: dict[str, Sequence[Problem]] = {}
    made: dict[str, Interview] = {}
    for row in rows:
        one = known.get(row.number)
        checked = check_answers(form, row.raw)
        wrong = [*checked.problems, *_of_check(row, one, twice=row.number in made)]
        if wrong:
            problems[str(row.line)] = wrong
        elif one is not None:
            said = agreement(form, one.answer.content, checked.answers)
            one.checked_by, one.compared, one.differing = row.person, said.compared, list(said.differing)
            made[row.number] = one
    if problems:
        raise AnswersRefused(problems)
    return list(made.values())


def _of_check(row: CheckWritten, one: Interview | None, *, twice: bool) -> list[Problem]:
    if twice:
        return [Problem("interview_twice", {"number": row.number[:60]})]
    if one is None:
        return [Problem("interview_unknown", {"number": row.number[:60]})]
    if not row.person or len(row.person) > 120:
        return [Problem("interview_person_missing", {})]
    if folded(row.person) == folded(one.enumerator):
        return [Problem("interview_same_person", {"person": row.person})]
    return []
