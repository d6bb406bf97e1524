"""What the opening form proposes: set, units, working days, who appraises what, as the year before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.dateparse import parse_date
from django.utils.translation import gettext

from parindex.apps.assessments.models import Phase, Round
from parindex.apps.assessments.queries.amending import successors_of
from parindex.apps.assessments.queries.matrix import TakenOver, taken_over
from parindex.apps.assessments.queries.rounds import rounds_of
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.schedule.holidays import likely_calendar
from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.comparing import comparable_codes
from parindex.core.kernel.time import LEGAL_ZONE, legal_date
from parindex.web.steer.first_form import (
    USUAL_DAYS,
    USUAL_TURNS,
    Asked,
    calendar_rows,
    part_name,
    row_name,
)
from parindex.web.steer.first_units import propose_taken
from parindex.web.steer.left_out import packed


LONGEST_PHASE = 366
OPENS, CLOSES = time(8), time(17)
LOCAL = "{:%Y-%m-%dT%H:%M}"
YEARS_AHEAD = 4


def propose_all(asked: Asked, day: date) -> None:
    """Fill in what nobody has yet: the last round’s set or the newest, its units, dates from the next day."""
    typed = asked.typed
    typed["year"], typed["turns"] = str(day.year), str(USUAL_TURNS)
    typed["start"] = (day + timedelta(days=1)).isoformat()
    for kind, days in USUAL_DAYS.items():
        typed[f"days-{kind.value}"] = str(days)
    last = next(iter(rounds_of(asked.territory.pk)), None)
    if chosen := last.framework if last else max(asked.versions, key=lambda v: v.pk, default=None):
        typed["framework"] = chosen.content_hash
    _propose_groups(asked)
    propose_units(asked)
    propose_calendar(asked)


def propose_like(asked: Asked, last: Round, day: date) -> None:
    """Fill in what the last round had, a year later: set, units, groups, phases, appraisal, exceptions."""
    typed, year = asked.typed, last.year + 1
    typed["year"] = str(year)
    typed["title"] = last.title_vi.replace(str(last.year), str(year))
    typed["title_en"] = last.title_en.replace(str(last.year), str(year))
    typed["code"] = last.code.replace(str(last.year), str(year)) if str(last.year) in last.code else ""
    typed["framework"] = _next_set(last, year)
    _propose_groups(asked)
    propose_units(asked)
    _propose_parts(asked, last)
    _propose_dates(asked, last, day)


def _next_set(last: Round, year: int) -> str:
    """The set made for the new year with a code map to the last one's; else the last one's."""
    for version in successors_of(last):
        period = by_hash(version.content_hash).period
        if period is not None and period.start.year == year:
            return version.content_hash
    return last.framework.content_hash


def _propose_groups(asked: Asked) -> None:
    for unit in asked.units:
        if unit.type in asked.shown:
            asked.typed[f"group-{unit.pk}"] = asked.own.get(unit.pk, "")


def propose_units(asked: Asked) -> None:
    """The units whose type the chosen set is for, of those of the last round where there is one; with what
    was not assessed at them."""
    known = asked.framework.type_codes if asked.framework else frozenset()
    wanted = [u for u in asked.units if u.type in known or not (known or u == asked.territory)]
    if asked.last is not None:
        wanted = [u for u in wanted if u.pk in asked.members]
    propose_taken(asked.typed, asked.units, wanted)
    if asked.last is not None:
        asked.typed["left-out"] = packed(carried_over(asked).rows)
    asked.typed["ticked-for"] = asked.typed.get("framework", "")


def carried_over(asked: Asked) -> TakenOver:
    """The last round's exceptions under the chosen set; those of units that are no more are gone."""
    if asked.last is None or asked.framework is None:
        return TakenOver([], [])
    found = taken_over(asked.last, asked.framework)
    codes = {u.code for u in asked.units}
    rows = [row for row in found.rows if row.unit in codes]
    return TakenOver(rows, [*found.gone, *(row for row in found.rows if row.unit not in codes)])


def _propose_parts(asked: Asked, last: Round) -> None:
    """Who appraised what, under the chosen set's codes; where the lead has ended, nobody is proposed."""
    if asked.framework is None:
        return
    links = comparable_codes(asked.framework, by_hash(last.framework.content_hash))
    today = {was: code for code, was in links.items()}
    for part in asked.last_parts:
        if part.lead.valid_to:
            continue
        name = part_name(today.get(part.node, part.node), part.group.code if part.group else "")
        asked.typed[f"lead-{name}"] = str(part.lead_id)
        asked.typed[f"stand-{name}"] = str(part.stand_in_id or "")


def _propose_dates(asked: Asked, last: Round, day: date) -> None:
    """The last round's phases a year later, from tomorrow at the earliest, on working days."""
    phases = list(last.phases.all())
    asked.typed["turns"] = str(sum(p.kind == Phase.Kind.EXPLANATION for p in phases))
    lengths = {p.kind: (legal_date(p.closes_at) - legal_date(p.opens_at)).days + 1 for p in phases}
    for kind, days in USUAL_DAYS.items():
        asked.typed[f"days-{kind.value}"] = str(lengths.get(kind, days))
    if not phases:
        asked.typed["start"] = (day + timedelta(days=1)).isoformat()
        propose_calendar(asked)
        return
    first = _a_year_on(legal_date(phases[0].opens_at))
    late = max(day + timedelta(days=1) - first, timedelta())
    calendar = _working_days(asked, (first + late).year)
    before: datetime | None = None
    for phase in phases:
        opens, closes = (
            _on_working_day(instant.astimezone(LEGAL_ZONE).replace(tzinfo=None), late, calendar)
            for instant in (phase.opens_at, phase.closes_at)
        )
        if before is None:
            asked.typed["start"] = opens.date().isoformat()
        elif opens <= before:
            opens = _next_working(before, opens.time(), calendar)
        if closes <= opens:
            closes = _next_working(opens, closes.time(), calendar)
        name = row_name(Phase.Kind(phase.kind), phase.turn)
        asked.typed[f"opens-{name}"], asked.typed[f"closes-{name}"] = (
            LOCAL.format(opens),
            LOCAL.format(closes),
        )
        before = closes


def _a_year_on(day: date) -> date:
    """The same day of the next year; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _on_working_day(instant: datetime, late: timedelta, calendar: Calendar) -> datetime:
    """The same time a year later, on that day or the next one on which offices work."""
    day = calendar.working_day_after(_a_year_on(instant.date()) + late, 0)
    return datetime.combine(day, instant.time().replace(second=0, microsecond=0))


def _next_working(after: datetime, at: time, calendar: Calendar) -> datetime:
    return datetime.combine(calendar.working_day_after(after.date(), 1), at)


def _working_days(asked: Asked, year: int) -> Calendar:
    """The working days from a year on; which of the first two nobody has decided is kept for the page."""
    found, undecided = likely_calendar(range(year, year + YEARS_AHEAD))
    asked.undecided = [y for y in undecided if y <= year + 1]
    return found


def propose_calendar(asked: Asked) -> None:
    """Fill the calendar from the first day and the lengths; a length that cannot be read is said.

    A phase begins on a working day and ends on one.
    """
    day = _day(asked.typed.get("start", ""))
    if day is None:
        asked.errors["start"] = gettext("Hãy ghi ngày bắt đầu (từ năm 2000 đến năm 2100).")
    lengths = _lengths(asked)
    if day is None or asked.errors:
        return
    calendar = _working_days(asked, day.year)
    for kind, turn in calendar_rows(asked.turns):
        day = calendar.working_day_after(day, 0)
        last = calendar.working_day_after(day + timedelta(days=lengths[kind] - 1), 0)
        name = row_name(kind, turn)
        asked.typed[f"opens-{name}"] = LOCAL.format(datetime.combine(day, OPENS))
        asked.typed[f"closes-{name}"] = LOCAL.format(datetime.combine(last, CLOSES))
        day = last + timedelta(days=1)


def _lengths(asked: Asked) -> dict[Phase.Kind, int]:
    found = {}
    for kind in USUAL_DAYS:
        said = asked.text(f"days-{kind.value}")
        if said.isascii() and said.isdigit() and 1 <= int(said[:4]) <= LONGEST_PHASE:
            found[kind] = int(said[:4])
        else:
            asked.errors[f"days-{kind.value}"] = gettext("Hãy ghi số ngày từ 1 đến 366.")
    return found


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None
