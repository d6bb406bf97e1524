"""The demonstration's measured values: the shares that every province counts, for the invented one."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction

from parindex.apps.indicators.actions import record_values
from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.models import Value
from parindex.apps.organisations.models import Unit
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.data import minhhoa
from parindex.data.minhhoa.measures import Measured, measured_in


BY = "demo"
KNOWN_AFTER = timedelta(days=1)


@transaction.atomic
def values(at: datetime) -> bool:
    """What was measured in each year of the invented province."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Value.objects.filter(unit__parent=territory).exists():
        return False
    define_common(at, by=BY)
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
