"""What changes a communication plan: lines added for one unit or many, changed, dropped with a reason."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.news.categories import CATEGORIES
from parindex.apps.news.models import PlannedArticles
from parindex.apps.news.rules import check_reason
from parindex.apps.notices.actions import tell
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import holding_in
from parindex.apps.organisations.roles import ROLES, Act
from parindex.apps.organisations.rules import check_living
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


LONGEST_TOPIC, LONGEST_DOCUMENT = 300, 250
MOST_ARTICLES = 1000
YEARS_AWAY = 5
PLANNING = frozenset(
    r for r, info in ROLES.items() if Act.COMMUNICATION_PLAN in info.acts and info.held_in == "unit"
)


@dataclass(frozen=True, slots=True)
class PlannedWritten:
    """A line as somebody typed it; see `parindex.apps.news.models.PlannedArticles`."""

    topic: str
    start: date
    end: date
    count: int
    category: str = ""
    document: str = ""


@transaction.atomic
def plan_articles(
    *,
    units: Sequence[Unit],
    written: PlannedWritten,
    monthly: bool = False,
    given: bool = False,
    by: str,
    at: datetime,
) -> list[PlannedArticles]:
    """Add a line for each of some units of one territory.

    Args:
        monthly: one for each month of the period. given: from above; those who plan in the units are told.

    Raises:
        Refused: ``planned_no_units``, ``unit_ended``, ``planned_topic_missing``, ``text_too_long``,
            ``news_category_unknown``, ``planned_count``, ``planned_period_reversed``, ``planned_two_years``,
            ``planned_year_far``.
    """
    if not units:
        raise Refused("planned_no_units")
    sound = _sound(written, at)
    parts = _months(sound) if monthly else [sound]
    made = []
    for unit in units:
        check_living(unit)
        top = way_up(unit)[-1]
        made += [_add(unit, top, part, given=given, by=by, at=at) for part in parts]
    if given:
        _tell(units, sound, len(parts) * sound.count, by=by, at=at)
    return made


def _add(
    unit: Unit, top: Unit, part: PlannedWritten, *, given: bool, by: str, at: datetime
) -> PlannedArticles:
    line = PlannedArticles.objects.create(
        territory=top,
        unit=unit,
        year=part.start.year,
        topic=part.topic,
        category=part.category,
        start=part.start,
        end=part.end,
        count=part.count,
        document=part.document,
        given=given,
        by=by,
        at=at,
    )
    _record(line, "communication.planned", by=by, at=at)
    return line


@transaction.atomic
def change_planned(
    *, line: PlannedArticles, written: PlannedWritten, by: str, at: datetime
) -> PlannedArticles:
    """Say a line anew. The same again changes nothing.

    Raises:
        Refused: ``planned_dropped``, or as `plan_articles`.
    """
    locked = _lock(line)
    sound = _sound(written, at)
    said = {name: getattr(sound, name) for name in ("topic", "start", "end", "count", "category", "document")}
    if any(getattr(locked, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(locked, name, value)
        locked.year = sound.start.year
        locked.save()
        _record(locked, "communication.changed", by=by, at=at)
    return locked


@transaction.atomic
def drop_planned(*, line: PlannedArticles, reason: str, by: str, at: datetime) -> PlannedArticles:
    """Drop a line; it stays in the plan's page with the reason and counts no more.

    Raises:
        Refused: ``planned_dropped``, ``news_reason_missing``, ``text_too_long``.
    """
    locked, said = _lock(line), one_line(reason)
    check_reason(said)
    locked.dropped = said
    locked.save()
    _record(locked, "communication.dropped", by=by, at=at, reason=said)
    return locked


def _lock(line: PlannedArticles) -> PlannedArticles:
    held = PlannedArticles.objects.select_for_update(of=("self",)).select_related("unit", "territory")
    locked = held.get(pk=line.pk)
    if locked.dropped:
        raise Refused("planned_dropped")
    return locked


def _sound(written: PlannedWritten, at: datetime) -> PlannedWritten:
    """The line as it is kept."""
    topic, document = one_line(written.topic), one_line(written.document)
    if not topic:
        raise Refused("planned_topic_missing")
    for text, limit in ((topic, LONGEST_TOPIC), (document, LONGEST_DOCUMENT)):
        if len(text) > limit:
            raise Refused("text_too_long", limit=limit)
    if written.category and written.category not in CATEGORIES:
        raise Refused("news_category_unknown")
    if not 1 <= written.count <= MOST_ARTICLES:
        raise Refused("planned_count", limit=MOST_ARTICLES)
    _check_days(written.start, written.end, legal_date(at))
    return replace(written, topic=topic, document=document)


def _check_days(start: date, end: date, today: date) -> None:
    if end < start:
        raise Refused("planned_period_reversed", first=start, last=end)
    if start.year != end.year:
        raise Refused("planned_two_years", first=start, last=end)
    if abs(start.year - today.year) > YEARS_AWAY:
        raise Refused("planned_year_far", year=str(start.year))


def _months(written: PlannedWritten) -> list[PlannedWritten]:
    """The same for each month that the period touches, cut to its days in it."""
    year = written.start.year
    return [
        replace(
            written,
            start=max(written.start, date(year, month, 1)),
            end=min(written.end, date(year, month, monthrange(year, month)[1])),
        )
        for month in range(written.start.month, written.end.month + 1)
    ]


def _tell(units: Sequence[Unit], written: PlannedWritten, count: int, *, by: str, at: datetime) -> None:
    """Those who plan in a unit are told what somebody else gave it."""
    held = holding_in([u.pk for u in units], PLANNING, at)
    for unit in units:
        refs = {ref for role in PLANNING for ref in held.get((unit.pk, role), ())}
        data = {
            "unit": unit.name_vi,
            "unit_en": unit.name_en,
            "count": str(count),
            "year": str(written.start.year),
            "topic": written.topic,
            "communication": ".".join(u.code for u in reversed(way_up(unit))),
        }
        tell(to=sorted(refs - {by}), kind="communication_planned", data=data, at=at)


def _record(line: PlannedArticles, kind: str, *, by: str, at: datetime, reason: str = "") -> None:
    payload = {
        "v": 1,
        "line": line.pk,
        "category": line.category,
        "start": line.start.isoformat(),
        "end": line.end.isoformat(),
        "count": line.count,
    }
    texts = {"topic": line.topic, "document": line.document, "reason": reason}
    chain = f"news:{line.territory.code}"
    record(chain=chain, kind=kind, subject=line.unit.code, payload=payload, texts=texts, by=by, at=at)
