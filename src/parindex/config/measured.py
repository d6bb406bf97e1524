"""The demonstration's measured values: the shares that every province counts, for the invented one."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction

from parindex.apps.indicators.actions import NewIndicator, define_indicator, record_values
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.organisations.models import Unit
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.data import minhhoa
from parindex.data.indicators import INDICATORS
from parindex.data.minhhoa.measures import Measured, measured_in


BY = "demo"
KNOWN_AFTER = timedelta(days=1)
SHARE = Indicator.Kind.SHARE.value


def define_common(at: datetime, *, by: str = BY) -> None:
    """The indicators that every province measures; those that stand are left as they are."""
    known = set(Indicator.objects.values_list("code", flat=True))
    for one in INDICATORS:
        if one.code in known:
            continue
        new = NewIndicator(
            code=one.code,
            name_vi=one.name.vi,
            name_en=one.name.en,
            kind=SHARE,
            measure="%",
            source=one.source,
            definition_vi=one.definition.vi,
            definition_en=one.definition.en,
            legal_source=one.legal_source,
        )
        define_indicator(new=new, by=by, at=at)


@transaction.atomic
def values(at: datetime) -> bool:
    """What was measured in each year of the invented province."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Value.objects.filter(unit__parent=territory).exists():
        return False
    define_common(at)
    for sample in minhhoa.ROUNDS:
        measured = list(measured_in(sample))
        if not measured:
            continue
        known = datetime.combine(measured[0].as_of, time(8), LEGAL_ZONE) + KNOWN_AFTER
        rows = [_row(k, one) for k, one in enumerate(measured, start=2)]
        record_values(territory=territory, rows=rows, origin=f"minh-hoa-{sample.code}", by=BY, at=known)
    return True


def _row(line: int, one: Measured) -> RegisterRow:
    cells = {
        "indicator": one.indicator,
        "unit": one.unit,
        "from": one.start.isoformat(),
        "to": one.end.isoformat(),
        "numerator": str(one.numerator),
        "denominator": str(one.denominator),
        "as_of": one.as_of.isoformat(),
    }
    return RegisterRow(line, cells, {})
