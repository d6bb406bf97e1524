"""What must hold of emulation movements, registrations and initiatives; who may do what with them."""

from __future__ import annotations

import re
from datetime import date

from django.db.models import Q, QuerySet

from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries import published
from parindex.apps.briefings.models import Campaign, Commendation
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import NotAllowed, Rights, way_up
from parindex.apps.organisations.roles import Act
from parindex.core.formats.typed import one_line
from parindex.core.kernel.numbers import exact_text, read_number
from parindex.core.kernel.problems import AnswerRefused, Refused
from parindex.core.wording.terms import TERMS


LONGEST = {"name": 300, "slogan": 300, "document": 250, "criterion": 600}
MOST_CRITERIA = 30
_COUNT = re.compile(r"[1-9]\d{0,3}")
State = Campaign.State


def text_of(typed: str, limit: int, *, missing: str = "") -> str:
    """One line. Raises Refused ``text_too_long``, or `missing` where it is empty."""
    found = one_line(typed)
    if missing and not found:
        raise Refused(missing)
    if len(found) > limit:
        raise Refused("text_too_long", limit=limit)
    return found


def criteria_of(typed: str) -> list[str]:
    """A line each. Raises Refused ``campaign_criteria_missing``, ``campaign_criteria_many``,
    ``text_too_long``."""
    found = [text_of(line, LONGEST["criterion"]) for line in typed.splitlines() if one_line(line)]
    if not found:
        raise Refused("campaign_criteria_missing")
    if len(found) > MOST_CRITERIA:
        raise Refused("campaign_criteria_many", limit=MOST_CRITERIA)
    return found


def count_of(typed: str) -> int | None:
    """A whole number from 1; None where nothing is asked.

    Raises:
        Refused: ``campaign_condition_unreadable``.
    """
    text = typed.strip()
    if not text:
        return None
    if not text.isascii() or not _COUNT.fullmatch(text):
        raise Refused("campaign_condition_unreadable", text=text[:40])
    return int(text)


def index_of(typed: str) -> str:
    """An index, exact; "" where none is asked. Raises Refused ``campaign_condition_unreadable``."""
    text = typed.strip()
    if not text:
        return ""
    try:
        found = read_number(text)
    except AnswerRefused:
        raise Refused("campaign_condition_unreadable", text=text[:40]) from None
    if not 0 < found <= 10_000:
        raise Refused("campaign_condition_unreadable", text=text[:40])
    return exact_text(found)


def check_days(start: date, end: date) -> None:
    """Raises Refused ``campaign_days_reversed``."""
    if end < start:
        raise Refused("campaign_days_reversed", first=start, last=end)


def rounds_for(unit: Unit) -> QuerySet[Round]:
    """Published rounds that a movement of the unit may speak of, the newest first."""
    found = Round.objects.filter(published(), territory=unit, results__isnull=False).distinct()
    return found.order_by("-year", "-pk")


def check_round(unit: Unit, round_: Round | None, *, needed: bool) -> None:
    """Raises Refused ``campaign_round_unknown``, ``campaign_rank_without_round``."""
    if round_ is None:
        if needed:
            raise Refused("campaign_rank_without_round")
    elif not rounds_for(unit).filter(pk=round_.pk).exists():
        raise Refused("campaign_round_unknown")


def check_state(campaign: Campaign, *states: Campaign.State) -> None:
    """Raises Refused ``campaign_not_now``."""
    if campaign.state not in states:
        raise Refused("campaign_not_now", now=TERMS["campaign"][campaign.state])


def check_open(campaign: Campaign, today: date) -> None:
    """It runs, and its last day is not past. Raises Refused ``campaign_not_now``, ``campaign_over``."""
    check_state(campaign, State.RUNNING)
    if today > campaign.end:
        raise Refused("campaign_over", last=campaign.end)


def check_within(campaign: Campaign, unit: Unit) -> None:
    """The unit is the one that runs it or one below. Raises Refused ``campaign_elsewhere``."""
    if campaign.unit_id not in {place.pk for place in way_up(unit)}:
        raise Refused("campaign_elsewhere", unit=unit.name_vi)


def check_list_open(commendation: Commendation) -> None:
    """Raises Refused ``commendation_issued``."""
    if commendation.state != Commendation.State.DRAFT:
        raise Refused("commendation_issued")


def can_run(rights: Rights, campaign: Campaign) -> bool:
    """Whoever runs movements of the unit."""
    return rights.may(Act.EMULATION_RUN, campaign.unit_id)


def check_run(rights: Rights, campaign: Campaign) -> None:
    """Raises NotAllowed ``not_allowed`` where `can_run` is false."""
    if not can_run(rights, campaign):
        raise NotAllowed("not_allowed", act=Act.EMULATION_RUN.value)


def check_see(rights: Rights, campaign: Campaign) -> None:
    """A draft: whoever runs it. Else whoever sees movements in its unit, above or below it.

    Raises:
        NotAllowed: ``not_allowed``.
    """
    if can_run(rights, campaign):
        return
    if campaign.state == State.DRAFT or not seen(rights).filter(pk=campaign.pk).exists():
        raise NotAllowed("not_allowed", act=Act.EMULATION_VIEW.value)


def seen(rights: Rights) -> QuerySet[Campaign]:
    """The movements that a person may see, newest first. Two queries."""
    held = rights.units(Act.EMULATION_VIEW)
    units = Unit.objects.filter(pk__in=held).select_related("parent__parent__parent")
    around = Q(unit__in={place.pk for unit in units for place in way_up(unit)})
    for step in ("parent", "parent__parent", "parent__parent__parent"):
        around |= Q(**{f"unit__{step}__in": held})
    own = Q(unit__in=rights.units(Act.EMULATION_RUN))
    found = Campaign.objects.filter(own | (around & ~Q(state=State.DRAFT)))
    return found.select_related("unit__parent__parent__parent", "territory", "round").order_by(
        "-start", "-pk"
    )


def joining(rights: Rights, campaign: Campaign) -> list[Unit]:
    """The person's units that may take part in a movement. One query."""
    units = Unit.objects.filter(pk__in=rights.units(Act.EMULATION_JOIN), valid_to=None)
    found = units.select_related("parent__parent__parent").order_by("name_vi", "pk")
    return [unit for unit in found if campaign.unit_id in {place.pk for place in way_up(unit)}]


def check_joins(rights: Rights, unit: Unit) -> None:
    """The person acts for the unit in movements. Raises NotAllowed ``not_allowed``."""
    rights.check(Act.EMULATION_JOIN, unit.pk)
