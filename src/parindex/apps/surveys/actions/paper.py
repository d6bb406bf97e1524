"""Paper forms: typed in twice by two people, compared, settled; then they are answers like any other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import rules
from parindex.apps.surveys.actions.planning import check_here
from parindex.apps.surveys.asking import ABOUT_ALL, AnswersRefused, Fields, form_of
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import Answer, PaperBatch, PaperForm, RespondentGroup, Stratum, Survey
from parindex.apps.surveys.queries import only_stratum
from parindex.apps.surveys.sittings import mark_of, new_sitting, row_of
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.answering import Kept, check_answers, from_form


@transaction.atomic
def begin_batch(
    *,
    group: RespondentGroup,
    unit: Unit,
    label: str,
    size: int,
    day: date | None,
    by: str,
    at: datetime,
    stratum: Stratum | None = None,
) -> PaperBatch:
    """Begin a bundle of so many forms about a unit, filled in on a day; of its stratum where it has but one.

    Raises:
        Refused: ``survey_not_now``, ``survey_batch_missing``, ``text_too_long``, ``survey_batch_size``,
            ``survey_days_missing``, ``survey_unit_elsewhere``; ``survey_counter_rated``: paper forms of a
            matrix cannot say whose unit is whose.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "enter")
    said = one_line(label)
    rules.check_text(said, rules.LONGEST_LABEL, "survey_batch_missing")
    if not 1 <= size <= rules.MOST_FORMS:
        raise Refused("survey_batch_size", limit=rules.MOST_FORMS)
    if day is None:
        raise Refused("survey_days_missing")
    if locked.kind == Survey.Kind.OFFICIALS or group.rated.exists():
        raise Refused("survey_counter_rated")
    check_here(locked, unit)
    stratum = stratum or only_stratum(group, unit)
    batch = PaperBatch.objects.create(
        survey=locked, group=group, unit=unit, stratum=stratum, label=said, size=size, day=day, by=by, at=at
    )
    PaperForm.objects.bulk_create(PaperForm(batch=batch, number=n) for n in range(1, size + 1))
    told = {"batch": batch.pk, "group": group.code, "unit": unit.code, "size": size}
    tell(locked, "survey.batch_begun", told, by=by, at=at, batch=said)
    return batch


@transaction.atomic
def enter_form(*, form: PaperForm, fields: Fields, by: str, at: datetime) -> PaperForm:
    """Type in a form: the first time, or the second time by somebody else. Where both say the same, it is
    settled at once.

    Raises:
        Refused: ``survey_not_now``, ``survey_form_settled``; ``survey_form_same_person``: whoever typed it
            in first does not type it in again.
        AnswersRefused: some answers cannot be kept.
    """
    held = _held(form)
    rules.check_step(held.batch.survey, "enter")
    if held.settled is not None:
        raise Refused("survey_form_settled")
    said = _read(held, fields)
    if held.first is None or (held.first_by == by and held.second is None):
        held.first, held.first_by = dict(said), by
    elif held.first_by == by:
        raise Refused("survey_form_same_person")
    else:
        held.second, held.second_by = dict(said), by
        if held.first == held.second:
            _settle(held, said, by=by, at=at)
    held.save()
    return held


def _held(form: PaperForm) -> PaperForm:
    found = PaperForm.objects.select_for_update(of=("self",)).select_related(
        "batch__survey__territory", "batch__group__questionnaire", "batch__group__survey", "batch__unit"
    )
    return found.get(pk=form.pk)


def _read(form: PaperForm, fields: Fields) -> Mapping[str, Kept]:
    """What a form says. An empty one is an answer of nothing. Raises AnswersRefused."""
    questionnaire = form_of(form.batch.group.questionnaire)
    checked = check_answers(questionnaire, from_form(questionnaire, fields, ABOUT_ALL))
    wrong = [p for p in checked.problems if p.code != "answer_required"]  # paper was not asked again
    if wrong:
        raise AnswersRefused({ABOUT_ALL: wrong})
    return checked.answers


@transaction.atomic
def settle_form(*, form: PaperForm, fields: Fields, by: str, at: datetime) -> PaperForm:
    """Say what a form says where its two entries differ, paper in hand.

    Raises:
        Refused: ``survey_not_now``, ``survey_form_settled``, ``survey_form_once``: it was not typed in twice.
        AnswersRefused: some answers cannot be kept.
    """
    held = _held(form)
    rules.check_step(held.batch.survey, "enter")
    if held.settled is not None:
        raise Refused("survey_form_settled")
    if held.first is None or held.second is None:
        raise Refused("survey_form_once")
    _settle(held, _read(held, fields), by=by, at=at)
    held.save()
    told = {"batch": held.batch_id, "form": held.number}
    tell(held.batch.survey, "survey.form_settled", told, by=by, at=at)
    return held


def _settle(form: PaperForm, said: Mapping[str, Kept], *, by: str, at: datetime) -> None:
    """Keep it as an answer, unless there is nothing on it."""
    form.settled, form.settled_by = dict(said), by
    if not said:
        return
    batch, sitting = form.batch, new_sitting()
    Answer.objects.create(
        id=row_of(sitting, batch.unit_id),
        survey=batch.survey,
        group=batch.group,
        unit=batch.unit,
        stratum_id=batch.stratum_id,
        sitting=mark_of(sitting, batch.unit_id, apart=False),
        day=batch.day,
        channel=Answer.Channel.PAPER,
        content=dict(said),
    )
