"""What pages and the rooms above read of indicators: what stood when, and where an indicator is used."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import F

from parindex.apps.frameworks.queries import by_hash, public_versions
from parindex.apps.indicators.models import Indicator, Push, Token, Value
from parindex.apps.organisations.queries import names_of
from parindex.core.kernel.framework import Framework, Node


Datum = tuple[int, str, date, date]


def standing_values(
    *,
    units: Collection[int],
    indicators: Collection[str] | None = None,
    periods: Collection[tuple[date, date]] | None = None,
    at: datetime | None = None,
    every_source: bool = False,
) -> list[Value]:
    """The last version of each datum, by indicator, unit, period and source. One query.

    Args:
        units: keys. `indicators`: codes; None: all. `periods`: first and last day; None: all.
        at: what was known then; None: what is known now.
        every_source: also of sources beside the authoritative one.
    """
    found = Value.objects.filter(unit__in=units).select_related("indicator")
    if indicators is not None:
        found = found.filter(indicator__code__in=indicators)
    if periods is not None:
        found = found.filter(start__in={p[0] for p in periods}, end__in={p[1] for p in periods})
    if not every_source:
        found = found.filter(source=F("indicator__source"))
    last = found.standing(at).order_by("indicator__code", "unit_id", "start", "end", "source")
    return [v for v in last if periods is None or (v.start, v.end) in periods]


def values_by_datum(values: Iterable[Value]) -> dict[Datum, Value]:
    """By unit, indicator's code and period."""
    return {(v.unit_id, v.indicator.code, v.start, v.end): v for v in values}


@dataclass(frozen=True, slots=True)
class Apart:
    """What the authoritative source of a datum says, and what another source does."""

    official: Value
    own: Value


def apart(values: Iterable[Value], source: str) -> list[Apart]:
    """Where another source says something else than the authoritative one, the largest part of it first.

    Args:
        values: standing ones of every source; source: the other one.
    """
    known = list(values)
    own = {(v.unit_id, v.indicator_id, v.start, v.end): v for v in known if v.source == source}
    found = [
        Apart(v, own[v.unit_id, v.indicator_id, v.start, v.end])
        for v in known
        if v.source == v.indicator.source != source and (v.unit_id, v.indicator_id, v.start, v.end) in own
    ]
    return sorted(
        (one for one in found if one.official.written != one.own.written), key=_share_apart, reverse=True
    )


def _share_apart(one: Apart) -> Fraction:
    """By which part of itself the whole differs most, from one source to the other."""
    numbers = ("numerator", "denominator", "exact")
    pairs = [(getattr(one.official, n), getattr(one.own, n)) for n in numbers]
    known = [(Fraction(a), Fraction(b)) for a, b in pairs if a is not None and b is not None]
    return max((abs(a - b) / max(a, b) for a, b in known if a != b), default=Fraction(0))


def versions_of(value: Value) -> list[Value]:
    """Everything its source has said of the same datum, the last first. One query."""
    same = Value.objects.filter(
        indicator=value.indicator_id,
        unit=value.unit_id,
        start=value.start,
        end=value.end,
        source=value.source,
    )
    return list(same.order_by("-version"))


def find_indicator(code: str) -> Indicator | None:
    """An indicator by its code. One query."""
    return Indicator.objects.select_related("owner").filter(code=code).first()


def all_indicators() -> list[Indicator]:
    """Every indicator, by code. One query."""
    return list(Indicator.objects.select_related("owner"))


@dataclass(frozen=True, slots=True)
class Use:
    """A criterion that an indicator answers."""

    framework: Framework
    leaf: Node


def uses() -> dict[str, list[Use]]:
    """Where each indicator is used, by its code, over all sets that everybody sees.

    One query, and one for each set that this process has not read yet.
    """
    found: dict[str, list[Use]] = {}
    for framework in (by_hash(v.content_hash) for v in public_versions()):
        for leaf in framework.leaves.values():
            if leaf.indicator:
                found.setdefault(leaf.indicator, []).append(Use(framework, leaf))
    return found


def tokens_of(territories: Collection[int]) -> list[Token]:
    """Every token of some territories, the newest first, with units and indicators. Three queries."""
    found = Token.objects.filter(territory__in=territories).select_related("territory")
    return list(found.prefetch_related("units", "indicators"))


def find_token_by_key(key: int) -> Token | None:
    """A token by its number, with units and indicators. Three queries."""
    found = Token.objects.select_related("territory").prefetch_related("units", "indicators")
    return found.filter(pk=key).first()


def last_pushes(token: Token, most: int) -> list[Push]:
    """A token's last deliveries, without what was answered. One query."""
    return list(token.pushes.defer("answer")[:most])


def values_pushed(
    token: Token,
    *,
    units: Collection[int],
    indicators: Collection[int],
    period: tuple[date, date] | None,
    after: int,
    most: int,
) -> list[tuple[Value, bool]]:
    """What a system has handed in, as it was recorded, and whether each is the last version. Two queries.

    Args:
        units, indicators: keys. `period`: first and last day; None: all.
        after: of the last one already read.
    """
    found = Value.objects.filter(by=token.ref, unit__in=units, indicator__in=indicators, pk__gt=after)
    if period is not None:
        found = found.filter(start=period[0], end=period[1])
    rows = list(found.select_related("indicator").order_by("pk")[:most])
    last = Value.objects.filter(pk__in=[v.pk for v in rows]).standing()
    standing = set(last.values_list("pk", flat=True))
    return [(value, value.pk in standing) for value in rows]


def recorders(refs: set[str]) -> dict[str, str]:
    """Who recorded values, in words: persons and systems; any other text stays as it is. Two queries."""
    keys = {ref: int(ref.partition(":")[2]) for ref in refs if ref.startswith("token:")}
    systems = dict(Token.objects.filter(pk__in=keys.values()).values_list("pk", "system"))
    return names_of(refs) | {ref: systems.get(key, ref) for ref, key in keys.items()}
