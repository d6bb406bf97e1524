"""What defines indicators and records what was measured; each act is one transaction and one entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.indicators.planning import ValuePlan, ValueRow, plan_values
from parindex.apps.indicators.rules import check_code
from parindex.apps.organisations.imports.plans import digest_of
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.queries import tree_of
from parindex.core.formats.registers import Outcome, Planned, RegisterRow
from parindex.core.kernel.problems import Refused


CHAIN = "indicators:definitions"


@dataclass(frozen=True, slots=True)
class NewIndicator:
    """An indicator as it is defined; see `parindex.apps.indicators.models.Indicator`."""

    code: str
    name_vi: str
    name_en: str
    kind: str
    measure: str
    source: str
    direction: str = Indicator.Direction.UP.value
    period: str = Indicator.Period.YEAR.value
    definition_vi: str = ""
    definition_en: str = ""
    legal_source: str = ""
    owner: Unit | None = None
    over_year: str = Indicator.OverYear.SUM.value


@transaction.atomic
def define_indicator(*, new: NewIndicator, by: str, at: datetime) -> Indicator:
    """Define an indicator, or say anew what it is; the same again changes nothing.

    Raises:
        Refused: ``indicator_code_unusable``, ``indicator_name_missing``, ``indicator_source_missing``;
            ``indicator_kind_fixed``: values of another kind are kept already.
    """
    check_code(new.code)
    if not new.name_vi.strip():
        raise Refused("indicator_name_missing")
    if not new.source.strip():
        raise Refused("indicator_source_missing")
    _check_words(new)
    said = {**asdict(new), "owner": new.owner}
    found = Indicator.objects.select_for_update().filter(code=new.code).first()
    if found is not None:
        changed = {k: v for k, v in said.items() if getattr(found, k) != v}
        if not changed:
            return found
        if "kind" in changed and found.values.exists():
            raise Refused("indicator_kind_fixed", indicator=found.name_vi)
    else:
        found, changed = Indicator(code=new.code), said
    for field, value in said.items():
        setattr(found, field, value)
    found.save()
    payload = {k: v.code if isinstance(v, Unit) else v for k, v in changed.items()}
    record(
        chain=CHAIN,
        kind="indicator.defined",
        subject=new.code,
        payload={"v": 1, "changed": payload},
        by=by,
        at=at,
    )
    return found


def _check_words(new: NewIndicator) -> None:
    """Raises Refused ``choice_unknown``, ``text_too_long``."""
    for field, known in (
        ("kind", Indicator.Kind.values),
        ("direction", Indicator.Direction.values),
        ("period", Indicator.Period.values),
        ("over_year", Indicator.OverYear.values),
    ):
        if getattr(new, field) not in known:
            raise Refused("choice_unknown", text=str(getattr(new, field))[:40])
    limits = {"name_vi": 250, "name_en": 250, "measure": 60, "source": 120, "legal_source": 250}
    for field, limit in limits.items():
        if len(getattr(new, field)) > limit:
            raise Refused("text_too_long", limit=limit)


@transaction.atomic
def record_values(
    *,
    territory: Unit,
    rows: Sequence[RegisterRow],
    origin: str,
    by: str,
    at: datetime,
    shown: str | None = None,
    allowed: Collection[int] | None = None,
    only: Collection[str] | None = None,
    sound_only: bool = False,
) -> Sequence[Planned]:
    """Record values of a territory's units, all or none; what says the same as what stands does nothing.

    Args:
        rows: cells by the keys of `parindex.apps.indicators.planning.COLUMNS`.
        origin: what the rows come from: a file's name, a system.
        shown: the digest of the plan that was looked at; None: nobody did.
        allowed: keys of the units whose values may be handed in; None: all of the territory's.
        only: codes of the indicators that may be; None: all.
        sound_only: record what can be, and leave the rows that are refused.

    Returns:
        What each row did.

    Raises:
        ValuesRefused: ``rows_refused``, unless `sound_only`; its `rows` say which and why.
        Refused: ``upload_changed`` where the plan would be another by now.
    """
    locked = Unit.objects.select_for_update().get(pk=territory.pk)
    tree = tree_of(locked)
    plan = plan_values(tree, rows, at=at, allowed=allowed, only=only)
    if shown is not None and digest_of(plan.rows) != shown:
        raise Refused("upload_changed")
    if not sound_only and any(p.outcome is Outcome.REFUSED for p in plan.rows):
        raise ValuesRefused(plan.rows)
    doing = [plan.sound[p.line] for p in plan.rows if p.outcome in (Outcome.ADDED, Outcome.CHANGED)]
    if not doing:
        return plan.rows
    made = Value.objects.bulk_create(
        [_value(plan, row, origin=origin, by=by, at=at) for row in doing], batch_size=500
    )
    record(
        chain=f"indicators:{tree.prefix}",
        kind="values.recorded",
        subject=tree.prefix,
        payload={
            "v": 1,
            "origin": origin[:250],
            "rows": [_told(row, value) for row, value in zip(doing, made, strict=True)],
        },
        by=by,
        at=at,
    )
    return plan.rows


class ValuesRefused(Refused):
    """Some rows cannot be kept, so none was. `rows`: what each would do."""

    def __init__(self, rows: Sequence[Planned]) -> None:
        super().__init__("rows_refused")
        self.rows = rows


def _value(plan: ValuePlan, row: ValueRow, *, origin: str, by: str, at: datetime) -> Value:
    """The next version of a datum."""
    stands = plan.standing.get(row.key)
    part, whole, text, _, error, _ = row.texts
    return Value(
        indicator=row.indicator,
        unit=row.unit,
        start=row.start,
        end=row.end,
        numerator=int(part) if part else None,
        denominator=int(whole) if whole else None,
        value=text,
        se=error,
        n=row.n,
        source=row.source,
        as_of=row.as_of,
        origin=f"{origin} · {row.ref}"[:250] if row.ref else origin[:250],
        version=stands.version + 1 if stands else 1,
        by=by,
        known_at=at,
    )


def _told(row: ValueRow, value: Value) -> list[object]:
    """A row of the entry: enough to keep the value again; of a survey's with its standard error and n."""
    period = [row.start.isoformat(), row.end.isoformat()]
    *said, error, answers = row.texts
    surveyed = [error, answers] if error or answers else []
    return [row.indicator.code, row.unit.code, *period, row.source, *said, value.version, *surveyed]
