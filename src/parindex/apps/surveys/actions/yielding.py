"""Which indicators the factors of a survey give values of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from parindex.apps.indicators.models import Indicator
from parindex.apps.surveys import rules
from parindex.apps.surveys.asking import factors_of
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import FactorIndicator, Survey
from parindex.core.kernel.problems import Refused


@transaction.atomic
def set_factor_indicators(
    *, survey: Survey, chosen: Mapping[str, Indicator | None], by: str, at: datetime
) -> int:
    """Say which indicator each factor gives values of, in place of what stands; how many.

    Args:
        chosen: by code of factor; None: none.

    Raises:
        Refused: ``survey_not_now``; ``choice_unknown``: no questionnaire of the survey has the factor;
            ``survey_indicator_kind``; ``survey_indicator_twice``: two figures would be values of one.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "change")
    known = {f.code for f in factors_of(locked)}
    said = {factor: one for factor, one in chosen.items() if one is not None}
    taken = {locked.indicator_id} - {None}
    for factor, indicator in said.items():
        if factor not in known:
            raise Refused("choice_unknown", text=factor[:40])
        if indicator.kind != Indicator.Kind.NUMBER:
            raise Refused("survey_indicator_kind", indicator=indicator.name_vi)
        if indicator.pk in taken:
            raise Refused("survey_indicator_twice", indicator=indicator.name_vi)
        taken.add(indicator.pk)
    standing = dict(locked.factor_indicators.values_list("factor", "indicator__code"))
    told = {factor: one.code for factor, one in said.items()}
    if standing == told:
        return len(told)
    locked.factor_indicators.all().delete()
    FactorIndicator.objects.bulk_create(
        FactorIndicator(survey=locked, factor=factor, indicator=one) for factor, one in sorted(said.items())
    )
    tell(locked, "survey.factors_set", {"factors": told}, by=by, at=at)
    return len(told)
