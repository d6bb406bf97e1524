"""The demonstration's emulation movement: running, with registrations, initiatives, a list to decide on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from parindex.apps.assessments.models import Round
from parindex.apps.briefings.commending import draft_list
from parindex.apps.briefings.counting import record_initiatives
from parindex.apps.briefings.emulation import (
    CampaignWritten,
    InitiativeWritten,
    begin_campaign,
    hand_in_initiative,
    launch_campaign,
    record_reuse,
    register_for,
)
from parindex.apps.briefings.models import Campaign
from parindex.apps.notices.actions import mark_read
from parindex.apps.notices.models import Notice
from parindex.apps.organisations.models import Person, Unit
from parindex.core.kernel.time import legal_date
from parindex.data import minhhoa
from parindex.data.minhhoa import emulation as sample


RECOGNISED_BEFORE = timedelta(days=2)


@transaction.atomic
def emulation(at: datetime) -> bool:
    """The movement of the year in which the demonstration runs."""
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    if Campaign.objects.filter(unit=territory).exists():
        return False
    refs = {p.username: p.ref for p in Person.objects.filter(illustrative=True)}
    units = {u.code: u for u in Unit.objects.filter(parent=territory)}
    campaign = _launched(territory, by=refs[sample.RUN_BY], at=at)
    for code, pledge in sample.REGISTERED:
        register_for(
            campaign=campaign,
            unit=units[code],
            kind="unit",
            name="",
            pledge=pledge,
            by=refs[f"dau-moi.{code}"],
            at=at,
        )
    _initiatives(campaign, units, refs, at=at)
    draft_list(campaign=campaign, by=refs[sample.RUN_BY], at=at)
    record_initiatives(territory=territory, by="demo", at=at)
    told = Notice.objects.filter(kind="campaign_launched", read_at=None)
    for to in sorted(set(told.values_list("to", flat=True))):
        mark_read(to=to, at=at, only=set(told.filter(to=to).values_list("pk", flat=True)))
    return True


def _launched(territory: Unit, *, by: str, at: datetime) -> Campaign:
    year = legal_date(at).year
    written = CampaignWritten(
        name=sample.NAME,
        slogan=sample.SLOGAN,
        start=date(year, 1, 1),
        end=date(year, 12, 31),
        criteria="\n".join(sample.CRITERIA),
        document=sample.DOCUMENT,
        round=Round.objects.get(territory=territory, code=sample.ROUND),
        rank=sample.RANK,
        initiatives=sample.INITIATIVES,
        reuse=sample.REUSE,
    )
    return launch_campaign(
        campaign=begin_campaign(unit=territory, written=written, by=by, at=at), by=by, at=at
    )


def _initiatives(
    campaign: Campaign, units: Mapping[str, Unit], refs: Mapping[str, str], *, at: datetime
) -> None:
    for one in sample.INITIATIVES_IN:
        written = InitiativeWritten(
            title=one.title,
            authors=one.authors,
            description=one.description,
            effect=one.effect,
            recognised_by="Chủ tịch Ủy ban nhân dân tỉnh" if one.decision else "",
            decision=one.decision,
            recognised_on=legal_date(at) - RECOGNISED_BEFORE if one.decision else None,
        )
        by = refs[f"dau-moi.{one.unit}"]
        made = hand_in_initiative(campaign=campaign, unit=units[one.unit], written=written, by=by, at=at)
        for code, note in one.used_by:
            record_reuse(initiative=made, unit=units[code], note=note, by=refs[f"dau-moi.{code}"], at=at)
