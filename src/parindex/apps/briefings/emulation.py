"""What changes a movement: launched, joined, initiatives handed in and used; each act has its entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from parindex.apps.assessments.models import Round
from parindex.apps.audit.record import record
from parindex.apps.briefings.emulating import (
    LONGEST,
    State,
    check_days,
    check_open,
    check_round,
    check_state,
    check_within,
    count_of,
    criteria_of,
    index_of,
    text_of,
)
from parindex.apps.briefings.models import Campaign, Initiative, Registration, Reuse
from parindex.apps.briefings.telling import tell_launched
from parindex.apps.organisations.models import Unit
from parindex.apps.organisations.permissions import way_up
from parindex.apps.organisations.rules import check_living
from parindex.core.formats.canonical import digest
from parindex.core.formats.typed import lines
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


LONGEST_TEXT = 10_000
Kind = Registration.Kind


@dataclass(frozen=True, slots=True)
class CampaignWritten:
    """A movement as somebody typed it; criteria a line each, conditions as texts, see `Campaign`."""

    name: str
    start: date
    end: date
    criteria: str
    slogan: str = ""
    document: str = ""
    round: Round | None = None
    rank: str = ""
    index: str = ""
    initiatives: str = ""
    reuse: str = ""


@dataclass(frozen=True, slots=True)
class InitiativeWritten:
    """An initiative as somebody typed it; see `Initiative`."""

    title: str
    authors: str
    description: str
    effect: str
    recognised_by: str = ""
    decision: str = ""
    recognised_on: date | None = None


def chain_of(campaign: Campaign) -> str:
    """The chain of one movement."""
    return f"emulation:{campaign.pk}"


@transaction.atomic
def begin_campaign(*, unit: Unit, written: CampaignWritten, by: str, at: datetime) -> Campaign:
    """Begin a movement as a draft.

    Raises:
        Refused: ``unit_ended``, ``campaign_name_missing``, ``text_too_long``, ``campaign_criteria_missing``,
            ``campaign_criteria_many``, ``campaign_days_reversed``, ``campaign_condition_unreadable``,
            ``campaign_rank_without_round``, ``campaign_round_unknown``.
    """
    check_living(unit)
    made = Campaign(territory=way_up(unit)[-1], unit=unit, by=by, at=at)
    _write(made, written)
    made.save()
    _record(made, "campaign.begun", {"content": asked_hash(made)}, by=by, at=at, name=made.name)
    return made


@transaction.atomic
def change_campaign(*, campaign: Campaign, written: CampaignWritten, by: str, at: datetime) -> Campaign:
    """Say a draft anew: once launched, what is asked of those who take part stays.

    Raises:
        Refused: ``campaign_not_now``, or as `begin_campaign`.
    """
    locked = lock(campaign)
    check_state(locked, State.DRAFT)
    _write(locked, written)
    locked.save()
    _record(locked, "campaign.changed", {"content": asked_hash(locked)}, by=by, at=at, name=locked.name)
    return locked


def _write(campaign: Campaign, written: CampaignWritten) -> None:
    campaign.name = text_of(written.name, LONGEST["name"], missing="campaign_name_missing")
    campaign.slogan = text_of(written.slogan, LONGEST["slogan"])
    campaign.document = text_of(written.document, LONGEST["document"])
    campaign.criteria = criteria_of(written.criteria)
    check_days(written.start, written.end)
    campaign.start, campaign.end = written.start, written.end
    campaign.rank, campaign.index = count_of(written.rank), index_of(written.index)
    campaign.initiatives, campaign.reuse = count_of(written.initiatives), count_of(written.reuse)
    check_round(campaign.unit, written.round, needed=bool(campaign.rank or campaign.index))
    campaign.round = written.round


def asked_hash(campaign: Campaign) -> str:
    """SHA-256 over all that a movement asks."""
    told = (campaign.name, campaign.slogan, campaign.criteria, campaign.document, campaign.index)
    days = campaign.start.isoformat(), campaign.end.isoformat()
    return digest([*told, *days, campaign.round_id, campaign.rank, campaign.initiatives, campaign.reuse])


@transaction.atomic
def launch_campaign(*, campaign: Campaign, by: str, at: datetime) -> Campaign:
    """Launch it: units below are told and may register. Raises Refused ``campaign_not_now``."""
    locked = lock(campaign)
    check_state(locked, State.DRAFT)
    tell_launched(locked, by=by, at=at)
    return _move(locked, State.RUNNING, "campaign.launched", by=by, at=at)


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: str, at: datetime) -> Campaign:
    """Close it: nobody registers or hands in any more. Raises Refused ``campaign_not_now``."""
    locked = lock(campaign)
    check_state(locked, State.RUNNING)
    return _move(locked, State.CLOSED, "campaign.closed", by=by, at=at)


def _move(campaign: Campaign, state: Campaign.State, kind: str, *, by: str, at: datetime) -> Campaign:
    campaign.state = state
    campaign.save(update_fields=["state"])
    _record(campaign, kind, {"state": state.value}, by=by, at=at)
    return campaign


@transaction.atomic
def register_for(
    *, campaign: Campaign, unit: Unit, kind: str, name: str, pledge: str, by: str, at: datetime
) -> Registration:
    """Register a unit, a division or a person of it.

    Raises:
        Refused: ``campaign_not_now``, ``campaign_over``, ``campaign_elsewhere``, ``choice_unknown``,
            ``registration_name_missing``, ``registration_pledge_missing``, ``text_too_long``,
            ``registration_twice``.
    """
    locked = lock(campaign)
    check_open(locked, legal_date(at))
    check_within(locked, unit)
    if kind not in Kind.values:
        raise Refused("choice_unknown", text=kind[:40])
    missing = "" if kind == Kind.UNIT else "registration_name_missing"
    said = "" if kind == Kind.UNIT else text_of(name, 200, missing=missing)
    promised = text_of(pledge, 1000, missing="registration_pledge_missing")
    if locked.registrations.filter(unit=unit, kind=kind, name=said, withdrawn="").exists():
        raise Refused("registration_twice", name=said or unit.name_vi)
    made = Registration.objects.create(
        campaign=locked, unit=unit, kind=kind, name=said, pledge=promised, by=by, at=at
    )
    payload = {"unit": unit.code, "registration": made.pk, "who": kind}
    _record(locked, "emulation.registered", payload, by=by, at=at, name=said, text=promised)
    return made


@transaction.atomic
def withdraw_registration(*, registration: Registration, reason: str, by: str, at: datetime) -> Registration:
    """Take a registration back, with a reason.

    Raises:
        Refused: ``campaign_not_now``, ``registration_withdrawn``, ``emulation_reason_missing``,
            ``text_too_long``.
    """
    campaign = lock(registration.campaign)
    check_state(campaign, State.RUNNING)
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.withdrawn:
        raise Refused("registration_withdrawn")
    locked.withdrawn = text_of(reason, 600, missing="emulation_reason_missing")
    locked.save(update_fields=["withdrawn"])
    payload = {"registration": locked.pk}
    _record(campaign, "emulation.withdrawn", payload, by=by, at=at, reason=locked.withdrawn)
    return locked


@transaction.atomic
def hand_in_initiative(
    *, campaign: Campaign, unit: Unit, written: InitiativeWritten, by: str, at: datetime
) -> Initiative:
    """Hand in an initiative of a unit.

    Raises:
        Refused: ``campaign_not_now``, ``campaign_over``, ``campaign_elsewhere``, ``initiative_unfinished``,
            ``initiative_recognition``, ``initiative_day``, ``text_too_long``.
    """
    locked = lock(campaign)
    check_open(locked, legal_date(at))
    check_within(locked, unit)
    last = locked.initiatives_handed_in.aggregate(last=Max("number"))["last"] or 0
    made = Initiative(campaign=locked, unit=unit, number=last + 1, by=by, at=at)
    return _put(made, written, "initiative.handed_in", by=by, at=at)


@transaction.atomic
def change_initiative(
    *, initiative: Initiative, written: InitiativeWritten, by: str, at: datetime
) -> Initiative:
    """Say it anew, such as who has recognised it since. Raises Refused as `hand_in_initiative`, but that it
    may be done until the movement is closed."""
    campaign = lock(initiative.campaign)
    check_state(campaign, State.RUNNING)
    locked = Initiative.objects.select_for_update(of=("self",)).select_related("unit").get(pk=initiative.pk)
    locked.campaign = campaign
    return _put(locked, written, "initiative.changed", by=by, at=at)


def _put(
    initiative: Initiative, written: InitiativeWritten, kind: str, *, by: str, at: datetime
) -> Initiative:
    initiative.title = text_of(written.title, 300, missing="initiative_unfinished")
    initiative.authors = text_of(written.authors, 300, missing="initiative_unfinished")
    initiative.description, initiative.effect = lines(written.description), lines(written.effect)
    for text in (initiative.description, initiative.effect):
        if not text:
            raise Refused("initiative_unfinished")
        if len(text) > LONGEST_TEXT:
            raise Refused("text_too_long", limit=LONGEST_TEXT)
    initiative.recognised_by = text_of(written.recognised_by, 200)
    initiative.decision = text_of(written.decision, 100)
    initiative.recognised_on = written.recognised_on
    parts = (initiative.recognised_by, initiative.decision, initiative.recognised_on)
    if any(parts) and not all(parts):
        raise Refused("initiative_recognition")
    if initiative.recognised_on and initiative.recognised_on > legal_date(at):
        raise Refused("initiative_day", day=initiative.recognised_on)
    initiative.save()
    payload = {
        "unit": initiative.unit.code,
        "initiative": initiative.number,
        "content": digest([initiative.title, initiative.authors, initiative.description, initiative.effect]),
        "number": initiative.decision,
        "issued": initiative.recognised_on.isoformat() if initiative.recognised_on else "",
    }
    _record(initiative.campaign, kind, payload, by=by, at=at, title=initiative.title)
    return initiative


@transaction.atomic
def record_reuse(*, initiative: Initiative, unit: Unit, note: str, by: str, at: datetime) -> Reuse:
    """A unit says that it uses another's initiative.

    Raises:
        Refused: ``campaign_not_now``, ``campaign_elsewhere``, ``reuse_own``, ``reuse_twice``,
            ``reuse_note_missing``, ``text_too_long``.
    """
    campaign = lock(initiative.campaign)
    check_state(campaign, State.RUNNING)
    check_within(campaign, unit)
    if initiative.unit_id in {place.pk for place in way_up(unit)}:
        raise Refused("reuse_own")
    said = text_of(note, 500, missing="reuse_note_missing")
    if initiative.reuses.filter(unit=unit).exists():
        raise Refused("reuse_twice", unit=unit.name_vi)
    made = Reuse.objects.create(initiative=initiative, unit=unit, note=said, by=by, at=at)
    payload = {"unit": unit.code, "initiative": initiative.number}
    _record(campaign, "initiative.reused", payload, by=by, at=at, note=said)
    return made


def lock(campaign: Campaign) -> Campaign:
    """The movement as it stands, held until the transaction ends."""
    held = Campaign.objects.select_for_update(of=("self",)).select_related(
        "unit__parent__parent__parent", "territory", "round"
    )
    return held.get(pk=campaign.pk)


def _record(
    campaign: Campaign, kind: str, payload: Mapping[str, object], *, by: str, at: datetime, **texts: str
) -> None:
    told = {"v": 1, **payload}
    subject = f"{campaign.unit.code}/{campaign.pk}"
    record(chain=chain_of(campaign), kind=kind, subject=subject, payload=told, texts=texts, by=by, at=at)
