"""Where acts on surveys are kept in the ledger, and rows held while one happens. Answers write no entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from parindex.apps.audit.record import record
from parindex.apps.surveys.models import Questionnaire, Survey


def survey_chain(survey: Survey) -> str:
    """The chain of a survey."""
    return f"survey:{survey.pk}"


def questionnaire_chain(territory: int, code: str) -> str:
    """The chain of a questionnaire, whatever its version."""
    return f"questionnaire:{territory}:{code}"


def lock_survey(survey: Survey) -> Survey:
    """The survey as it stands, held until the transaction ends."""
    found = Survey.objects.select_for_update(of=("self",)).select_related("territory", "indicator")
    return found.get(pk=survey.pk)


def tell(
    survey: Survey, kind: str, payload: Mapping[str, object], *, by: str, at: datetime, **texts: str
) -> None:
    """An entry of a survey's chain; what was written freely lies beside it."""
    told = {"v": 1, **payload}
    record(
        chain=survey_chain(survey), kind=kind, subject=survey.slug, payload=told, texts=texts, by=by, at=at
    )


def tell_questionnaire(
    one: Questionnaire, kind: str, payload: Mapping[str, object], *, by: str, at: datetime
) -> None:
    """An entry of a questionnaire's chain."""
    told = {"v": 1, "version": one.version, "sha256": one.sha256, **payload}
    chain = questionnaire_chain(one.territory_id, one.code)
    record(chain=chain, kind=kind, subject=one.code, payload=told, by=by, at=at)
