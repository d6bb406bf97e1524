"""Results that other bodies report, and answers that they collected."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from parindex.apps.evidence.models import Document
from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import rules
from parindex.apps.surveys.actions.planning import check_here
from parindex.apps.surveys.asking import ABOUT_ALL, AnswersRefused, form_of
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import (
    Answer,
    Interview,
    OutsideResult,
    RespondentGroup,
    Stratum,
    Survey,
)
from parindex.apps.surveys.sittings import mark_of, new_sitting, row_of
from parindex.core.formats.typed import one_line
from parindex.core.kernel.numbers import exact_text, read_number
from parindex.core.kernel.problems import AnswerRefused, Problem, Refused
from parindex.core.surveys.answering import check_answers


MOST_RESULTS, MOST_ANSWERS = 5000, 50_000


@dataclass(frozen=True, slots=True)
class ResultWritten:
    """A line of a result table. `value`: percent; `se`: percent points, "" where it is not reported."""

    unit: Unit
    value: str
    n: int
    group: str = ""
    se: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the result table comes from: who made it, number and date of the report, its scan."""

    body: str
    report: str
    document: Document | None = None


@transaction.atomic
def record_results(
    *, survey: Survey, rows: Sequence[ResultWritten], report: Report, by: str, at: datetime
) -> int:
    """Keep a result table that another body reports; a unit and group that is there is replaced. How many.

    Raises:
        Refused: ``survey_not_now``, ``nothing_chosen``, ``survey_body_missing``, ``survey_report_missing``,
            ``text_too_long``, ``survey_results_many``, ``survey_unit_elsewhere``, ``survey_result_percent``,
            ``survey_result_error``, ``survey_result_n``.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "report")
    body, number = one_line(report.body), one_line(report.report)
    rules.check_text(body, rules.LONGEST_BODY, "survey_body_missing")
    rules.check_text(number, rules.LONGEST_REPORT, "survey_report_missing")
    if not rows:
        raise Refused("nothing_chosen")
    if len(rows) > MOST_RESULTS:
        raise Refused("survey_results_many", limit=MOST_RESULTS)
    told = []
    for row in rows:
        check_here(locked, row.unit)
        value, error, group = _percent(row), _error(row), one_line(row.group)
        rules.check_text(group, rules.LONGEST_LABEL)
        if row.n < 1:
            raise Refused("survey_result_n", unit=row.unit.name_vi)
        said = {"value": value, "se": error, "n": row.n, "body": body, "report": number}
        OutsideResult.objects.update_or_create(
            survey=locked,
            unit=row.unit,
            group=group,
            defaults={**said, "document": report.document, "by": by, "at": at},
        )
        told.append([row.unit.code, group, value, error, row.n])
    payload = {"body": body, "report": number, "rows": told}
    tell(locked, "survey.results_reported", payload, by=by, at=at)
    return len(rows)


def _percent(row: ResultWritten) -> str:
    try:
        found = read_number(row.value)
    except AnswerRefused:
        found = None
    if found is None or not 0 <= found <= 100:
        raise Refused("survey_result_percent", unit=row.unit.name_vi, text=row.value[:40])
    return exact_text(found)


def _error(row: ResultWritten) -> str:
    if not row.se.strip():
        return ""
    try:
        found = read_number(row.se)
    except AnswerRefused:
        found = None
    if found is None or not 0 <= found <= 50:
        raise Refused("survey_result_error", unit=row.unit.name_vi, text=row.se[:40])
    return exact_text(found)


@dataclass(frozen=True, slots=True)
class AnswerWritten:
    """Raw answers of one respondent about one unit, as a file says them.

    `line`: where they stand in it. `number`, `enumerator`, `supervisor`: of the form, who asked, who watched
    over it; "" where the file does not say.
    """

    line: int
    unit: Unit
    day: date
    raw: Mapping[str, object]
    stratum: Stratum | None = None
    number: str = ""
    enumerator: str = ""
    supervisor: str = ""


@transaction.atomic
def record_answers(
    *, group: RespondentGroup, rows: Sequence[AnswerWritten], report: Report, by: str, at: datetime
) -> int:
    """Keep raw answers that another body collected, all or none; how many. Where the file names who asked,
    each is kept as an interview, which can be asked again.

    Raises:
        Refused: ``survey_not_now``, ``nothing_chosen``, ``survey_results_many``, ``survey_body_missing``,
            ``survey_report_missing``, ``text_too_long``, ``survey_unit_elsewhere``.
        AnswersRefused: by the number of the line, what is wrong there.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "enter")
    body, number = one_line(report.body), one_line(report.report)
    rules.check_text(body, rules.LONGEST_BODY, "survey_body_missing")
    rules.check_text(number, rules.LONGEST_REPORT, "survey_report_missing")
    if not rows:
        raise Refused("nothing_chosen")
    if len(rows) > MOST_ANSWERS:
        raise Refused("survey_results_many", limit=MOST_ANSWERS)
    for unit in {row.unit for row in rows}:
        check_here(locked, unit)
    answers, interviews = check_written(group, rows)
    made = sorted(answers, key=lambda a: a.pk)
    Answer.objects.bulk_create(made, batch_size=500)
    Interview.objects.bulk_create(interviews, batch_size=500)
    told = {"group": group.code, "count": len(made), "body": body, "report": number}
    tell(locked, "survey.answers_reported", told, by=by, at=at)
    return len(made)


def check_written(
    group: RespondentGroup, rows: Sequence[AnswerWritten]
) -> tuple[list[Answer], list[Interview]]:
    """Rows of answers, those that say nothing left out, and their interviews; nothing is kept.

    Raises:
        AnswersRefused: by line; ``interview_twice``: the number of a form that there is,
            ``interview_person_missing``: a form that has a number and nobody who asked.
    """
    form = form_of(group.questionnaire)
    there = set(group.interviews.exclude(number="").values_list("number", flat=True))
    problems: dict[str, Sequence[Problem]] = {}
    made: list[Answer] = []
    interviews: list[Interview] = []
    for row in rows:
        checked = check_answers(form, row.raw)
        wrong = [*checked.problems, *_of_interview(row, there)]
        if wrong:
            problems[str(row.line)] = wrong
        elif checked.answers:
            made.append(_answer(group, row, dict(checked.answers)))
            there |= {row.number} - {""}
            if row.enumerator:
                said = {"number": row.number, "enumerator": row.enumerator, "supervisor": row.supervisor}
                interviews.append(Interview(group=group, answer=made[-1], **said))
    if problems:
        raise AnswersRefused(problems)
    return made, interviews


def _of_interview(row: AnswerWritten, there: Collection[str]) -> list[Problem]:
    found = []
    if row.number in there:
        found.append(Problem("interview_twice", {"number": row.number[:60]}))
    if (row.number or row.supervisor) and not row.enumerator:
        found.append(Problem("interview_person_missing", {}))
    for text, limit in ((row.number, 60), (row.enumerator, 120), (row.supervisor, 120)):
        if len(text) > limit:
            found.append(Problem("answer_too_long", {"length": len(text), "limit": limit}))
    return found


def _answer(group: RespondentGroup, row: AnswerWritten, content: dict[str, object]) -> Answer:
    sitting = new_sitting()
    return Answer(
        id=row_of(sitting, row.unit.pk),
        survey_id=group.survey_id,
        group=group,
        unit=row.unit,
        stratum=row.stratum,
        sitting=mark_of(sitting, row.unit.pk, apart=False),
        day=row.day,
        channel=Answer.Channel.FILE,
        content=content,
    )


def line_of(prefix: str) -> int:
    """The line of a file that an entry of `AnswersRefused.found` is about; 0 for a form's."""
    return 0 if prefix == ABOUT_ALL or not prefix.isdigit() else int(prefix)
