"""Questionnaires: kept as drafts, fixed, and after that changed only as a new version."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import rules
from parindex.apps.surveys.chains import tell_questionnaire
from parindex.apps.surveys.models import Questionnaire
from parindex.core.surveys.questionnaire import Questionnaire as Form
from parindex.core.surveys.questionnaire_file import questionnaire_hash, to_mapping


@transaction.atomic
def keep_questionnaire(*, territory: Unit, form: Form, by: str, at: datetime) -> Questionnaire:
    """Keep a questionnaire under its code: the draft that there is changes; beside a fixed version a new one
    begins. The same content again changes nothing.

    Args:
        form: as the core has checked it; its version becomes the number that it is kept under.

    Raises:
        Refused: ``survey_title_missing``, ``text_too_long``.
    """
    rules.check_text(form.title.vi, rules.LONGEST_TITLE, "survey_title_missing")
    rules.check_text(form.title.en, rules.LONGEST_TITLE)
    held = Unit.objects.select_for_update().get(pk=territory.pk)
    last = Questionnaire.objects.filter(territory=held, code=form.code).order_by("-version").first()
    if last is not None and questionnaire_hash(replace(form, version=str(last.version))) == last.sha256:
        return last
    if last is not None and last.state == Questionnaire.State.DRAFT:
        one = last
    else:
        one = Questionnaire(territory=held, code=form.code, version=last.version + 1 if last else 1)
    said = replace(form, version=str(one.version))
    one.title_vi, one.title_en = said.title.vi, said.title.en
    one.content, one.sha256 = to_mapping(said), questionnaire_hash(said)
    one.by, one.at = by, at
    one.save()
    tell_questionnaire(one, "questionnaire.kept", {}, by=by, at=at)
    return one


@transaction.atomic
def change_questionnaire(*, questionnaire: Questionnaire, form: Form, by: str, at: datetime) -> Questionnaire:
    """Change a draft. Its code stays.

    Raises:
        Refused: ``questionnaire_fixed``: it may be in the field, begin a new version; as
            `keep_questionnaire`.
    """
    held = Questionnaire.objects.select_for_update().select_related("territory").get(pk=questionnaire.pk)
    rules.check_draft(held)
    return keep_questionnaire(territory=held.territory, form=replace(form, code=held.code), by=by, at=at)


@transaction.atomic
def fix_questionnaire(*, questionnaire: Questionnaire, by: str, at: datetime) -> Questionnaire:
    """Fix a draft: surveys may use it, and it is never changed again. A fixed one is left as it is."""
    held = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if held.state == Questionnaire.State.FIXED:
        return held
    held.state = Questionnaire.State.FIXED
    held.save(update_fields=["state"])
    tell_questionnaire(held, "questionnaire.fixed", {}, by=by, at=at)
    return held
