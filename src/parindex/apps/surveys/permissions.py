"""Who runs surveys, who sees how they go, who types in paper forms."""

from __future__ import annotations

from parindex.apps.organisations.permissions import Rights
from parindex.apps.organisations.roles import Act
from parindex.apps.surveys.models import Survey


def can_run(rights: Rights, survey: Survey) -> bool:
    """Whoever runs surveys of its territory."""
    return rights.may(Act.SURVEY_RUN, survey.territory_id)


def can_view(rights: Rights, survey: Survey) -> bool:
    """Whoever runs or follows surveys of its territory."""
    return can_run(rights, survey) or rights.may(Act.SURVEY_VIEW, survey.territory_id)


def can_enter(rights: Rights, survey: Survey) -> bool:
    """Whoever types in paper forms of its territory."""
    return rights.may(Act.SURVEY_ENTER, survey.territory_id)


def check_run(rights: Rights, survey: Survey) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_run` is false."""
    rights.check(Act.SURVEY_RUN, survey.territory_id)


def check_view(rights: Rights, survey: Survey) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_view` is false."""
    if not can_view(rights, survey):
        rights.check(Act.SURVEY_VIEW, survey.territory_id)


def check_enter(rights: Rights, survey: Survey) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_enter` is false."""
    rights.check(Act.SURVEY_ENTER, survey.territory_id)
