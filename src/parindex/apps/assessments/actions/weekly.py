"""The weekly digest by e-mail: to those who answer for a unit, on Monday at 7 o'clock, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from parindex.apps.assessments.actions.telling import ANSWERING
from parindex.apps.assessments.models import Participant, Phase, Sheet
from parindex.apps.assessments.queries.rounds import participations
from parindex.apps.assessments.queries.sheets import sheet_view
from parindex.apps.assessments.rules.explanations import last_close
from parindex.apps.indicators.goals import Goals, Standing, forecasts
from parindex.apps.indicators.models import Indicator, Value
from parindex.apps.notices.actions import Message, tell_all
from parindex.apps.notices.queries import wanting_mail, was_told_since
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.queries import holding_in
from parindex.core.kernel.forecast import Light
from parindex.core.kernel.text import Text
from parindex.core.kernel.time import LEGAL_ZONE, legal_date


KINDS = ("weekly", "weekly_due")
AT = time(7, 0)  # Việt Nam's time
WEEK, A_DAY = timedelta(days=7), timedelta(days=1)
NAMED = 5
AWAITED = (Sheet.State.DRAFT, Sheet.State.RETURNED)


@dataclass
class _Week:
    """What there is to tell of one unit."""

    unit: Unit
    changed: list[Indicator] = field(default_factory=list)
    standing: list[Standing] = field(default_factory=list)
    due: Participant | None = None
    missing: int = 0


@transaction.atomic
def tell_weekly(*, at: datetime, link: Callable[[str], str]) -> int:
    """Tell the focal officers and heads of each unit that has anything to be told, by mail.

    Only on Monday from 7 o'clock on, all of them in one transaction and once, however often this is called;
    whoever wants no mail is left out.

    Args:
        link: the page of a unit's values, by the way to it.

    Returns:
        how many digests.
    """
    monday = _monday(at)
    if not settings.EMAIL_HOST or not monday <= at < monday + A_DAY or was_told_since(KINDS, monday):
        return 0
    weeks = _weeks(at, since=monday - WEEK, until=monday)
    holding = holding_in(weeks, ANSWERING, at)
    wanted = wanting_mail({ref for refs in holding.values() for ref in refs})
    messages = []
    for key, week in weeks.items():
        url = link(".".join(u.code for u in reversed(way_up(week.unit))))
        refs = {ref for role in ANSWERING for ref in holding.get((key, role), ())}
        messages.append(_message(week, sorted(refs & wanted), url=url, at=at))
    return len(tell_all(messages, at=at))


def _monday(at: datetime) -> datetime:
    """The last Monday, 7 o'clock in Việt Nam."""
    here = at.astimezone(LEGAL_ZONE)
    monday = datetime.combine(here.date() - timedelta(days=here.weekday()), AT, LEGAL_ZONE)
    return monday if here >= monday else monday - WEEK


def _weeks(at: datetime, *, since: datetime, until: datetime) -> dict[int, _Week]:
    """Every unit of which there is something to tell. A fixed number of queries, and a sheet's for each unit
    whose sheet is awaited."""
    year = legal_date(at).year
    weeks: dict[int, _Week] = {}

    def of(unit: Unit) -> _Week:
        return weeks.setdefault(unit.pk, _Week(unit))

    fresh = Value.objects.filter(known_at__gte=since, known_at__lt=until, source=F("indicator__source"))
    for value in fresh.select_related("indicator", "unit__parent__parent__parent").order_by(
        "indicator__code"
    ):
        if value.indicator not in (week := of(value.unit)).changed:
            week.changed.append(value.indicator)
    every = Unit.objects.select_related("parent__parent__parent")
    for participant in participations(every.values_list("pk", flat=True)):
        missing = _missing(participant, at)
        if missing and of(participant.unit).due is None:
            weeks[participant.unit_id].due, weeks[participant.unit_id].missing = participant, missing
    for unit, standing in _standing(list(every), year):
        of(unit).standing = standing
    return weeks


def _missing(participant: Participant, at: datetime) -> int:
    """How many criteria the unit still has to fill in, while its sheet is awaited."""
    until = last_close(participant, Phase.Kind.SELF)
    if until is None or until < at or participant.sheet.state not in AWAITED:
        return 0
    return len(sheet_view(participant).missing)


def _standing(units: Sequence[Unit], year: int) -> Iterator[tuple[Unit, list[Standing]]]:
    """How each unit that was measured stands against its targets of a year. Three queries."""
    indicators = list(Indicator.objects.filter(targets__year=year).distinct())
    if not indicators:
        return
    found = forecasts([u.pk for u in units], year)
    measured = {key for _, key in found}
    goals = Goals((way_up(u) for u in units if u.pk in measured), year=year)
    for unit in units:
        if unit.pk not in measured:
            continue
        standing = [
            Standing(i, target, found[i.code, unit.pk])
            for i in indicators
            if (i.code, unit.pk) in found and (target := goals.of(i, unit, year)) is not None
        ]
        if standing:
            yield unit, standing


def _message(week: _Week, to: Collection[str], *, url: str, at: datetime) -> Message:
    """One unit's week: what changed, how its targets stand, what is missing until when."""
    lights = Counter(one.light for one in week.standing)
    red = [one.indicator.name for one in week.standing if one.light is Light.RED]
    changed = [i.name for i in week.changed]
    data = {
        "unit": week.unit.name_vi,
        "unit_en": week.unit.name_en,
        "changed": str(len(changed)),
        **_listed("names", changed),
        "year": str(legal_date(at).year),
        **{light.value: str(lights[light]) for light in Light},
        **_listed("reds", red),
    }
    if week.due is None:
        return Message(to, "weekly", data, url, at_once=True)
    until = last_close(week.due, Phase.Kind.SELF)
    due = {
        "round": week.due.round.title_vi,
        "round_en": week.due.round.title_en,
        "missing": str(week.missing),
        "until": until.isoformat() if until else "",
    }
    return Message(to, "weekly_due", data | due, url, at_once=True)


def _listed(key: str, names: Sequence[Text]) -> dict[str, str]:
    """Some names in brackets, in both languages; "" where there are none."""
    more = "…" if len(names) > NAMED else ""
    return {
        f"{key}{end}": f" ({', '.join(n.in_(language) for n in names[:NAMED])}{more})" if names else ""
        for end, language in (("", "vi"), ("_en", "en"))
    }
