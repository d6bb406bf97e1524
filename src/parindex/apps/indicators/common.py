"""Indicators that every province measures, defined as they are shipped."""

from __future__ import annotations

from datetime import datetime

from parindex.apps.indicators.actions import NewIndicator, define_indicator
from parindex.apps.indicators.models import Indicator
from parindex.data.indicators import INDICATORS


def define_common(at: datetime, *, by: str) -> None:
    """Define those that are not there yet; those that stand are left as they are."""
    known = set(Indicator.objects.values_list("code", flat=True))
    for one in INDICATORS:
        if one.code in known:
            continue
        new = NewIndicator(
            code=one.code,
            name_vi=one.name.vi,
            name_en=one.name.en,
            kind=one.kind,
            measure=one.measure,
            direction=one.direction,
            over_year=one.over_year,
            source=one.source,
            definition_vi=one.definition.vi,
            definition_en=one.definition.en,
            legal_source=one.legal_source,
        )
        define_indicator(new=new, by=by, at=at)
