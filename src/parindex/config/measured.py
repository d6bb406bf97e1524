"""The demonstration's measured values: the shares that every province counts, for the invented one, with what
was known of them earlier in the year and what they are to reach by its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from parindex.apps.indicators.actions import record_values
from parindex.apps.indicators.common import define_common
from parindex.apps.indicators.models import Value
from parindex.apps.indicators.targets import EVERY, set_targets
from parindex.apps.organisations.models import Unit
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.data import minhhoa
from parindex.data.minhhoa.measures import (
    EARLIER,
    TARGET_PLAN,
    TARGET_YEAR,
    TARGETS,
    Measured,
    Surveyed,
    measured_in,
    surveyed_in,
    told_by,
)


BY = "demo"
KNOWN_AFTER = timedelta(days=1)


@transaction.atomic
def values(at: datetime) -> bool:
    """What was measured in each year of the invented province."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Value.objects.filter(unit__parent=territory).exists():
        return False
    define_common(at, by=BY)
    told = {sample.code: list(measured_in(sample)) for sample in minhhoa.ROUNDS}
    for code, measured in told.items():
        for day in EARLIER.get(code, ()):
            _record(territory, code, [told_by(m, day, place=k) for k, m in enumerate(measured)])
        if measured:
            _record(territory, code, measured)
    for sample in minhhoa.ROUNDS:
        if surveyed := list(surveyed_in(sample)):
            _record_surveys(territory, sample.code, surveyed)
    _targets(territory, told, at)
    return True


def _record(territory: Unit, code: str, measured: Sequence[Measured]) -> None:
    """What the sources told by one day, known on the morning after it."""
    known = datetime.combine(measured[0].as_of, time(8), LEGAL_ZONE) + KNOWN_AFTER
    rows = [_row(k, one) for k, one in enumerate(measured, start=2)]
    record_values(territory=territory, rows=rows, origin=f"minh-hoa-{code}", by=BY, at=known)


def _record_surveys(territory: Unit, code: str, surveyed: Sequence[Surveyed]) -> None:
    """What surveys of a year found, with standard errors, known on the morning after."""
    known = datetime.combine(surveyed[0].as_of, time(8), LEGAL_ZONE) + KNOWN_AFTER
    rows = [
        RegisterRow(
            line,
            {
                "indicator": one.indicator,
                "unit": one.unit,
                "from": f"{one.year}-01-01",
                "to": f"{one.year}-12-31",
                "value": one.value,
                "se": one.se,
                "n": one.n,
                "as_of": one.as_of.isoformat(),
            },
            {},
        )
        for line, one in enumerate(surveyed, start=2)
    ]
    record_values(territory=territory, rows=rows, origin=f"minh-hoa-{code}-dieu-tra", by=BY, at=known)


def _targets(territory: Unit, told: Mapping[str, Sequence[Measured]], at: datetime) -> None:
    """What the plan asks of the province, of each unit below it, and of each agency from where it stood."""
    rows: list[dict[str, str]] = []
    for indicator, (each, whole) in TARGETS.items():
        rows.append({"indicator": indicator, "unit": territory.code, "goal": str(whole)})
        rows.append({"indicator": indicator, "unit": territory.code, "each": EVERY.vi, "goal": str(each)})
    stood = {(m.unit, m.indicator): m for m in told[str(TARGET_YEAR - 1)] if m.denominator}
    for one in told[f"{TARGET_YEAR}-co-quan"]:
        was, goal = stood.get((one.unit, one.indicator)), TARGETS[one.indicator][0]
        if was is not None:
            tenths = 1000 * was.numerator // was.denominator
            row = {"baseline": f"{tenths // 10},{tenths % 10}", "goal": str(goal)}
            rows.append({"indicator": one.indicator, "unit": one.unit, **row})
    common = {"year": str(TARGET_YEAR), "document": TARGET_PLAN}
    sent = [RegisterRow(k, {**common, **row}, {}) for k, row in enumerate(rows, start=2)]
    set_targets(territory=territory, rows=sent, by=BY, at=at)


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
