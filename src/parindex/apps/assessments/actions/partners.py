"""What lets units join with a part of the criteria, and people come to one sheet without an account."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from parindex.apps.assessments.actions.recording import record_on_sheet
from parindex.apps.assessments.actions.steering import grant_not_applicable
from parindex.apps.assessments.ledger import joined_payload, round_chain
from parindex.apps.assessments.models import GuestLink, Participant, RankingGroup, Round, Sheet
from parindex.apps.assessments.rules.partners import check_joining, outside
from parindex.apps.audit.record import record
from parindex.apps.frameworks.queries import by_hash
from parindex.apps.organisations.models import Guest, Unit
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.text import Text


GROUP = "tham-gia-mot-phan"
GROUP_NAME = Text("Tham gia một phần, dự quan sát", "Taking part with a part, observing")
LONGEST = 366
"""Days a guest link may hold."""


@dataclass(frozen=True, slots=True)
class Joining:
    """How a unit joins: with which part, as which type of the criteria set, by which document.

    `nodes`: areas, criteria or leaves that it is assessed by, where the part is some of them.
    """

    unit: Unit
    part: Participant.Part
    type: str
    document: str
    nodes: Sequence[str] = ()


@transaction.atomic
def join_partner(*, round_: Round, joining: Joining, by: str, at: datetime) -> Participant:
    """Let a unit take part in a running round with some criteria, the survey alone, or as an observer.

    It stands in a ranking group apart, so that nobody else's rank depends on it; whatever is outside its
    part is ruled not applicable, which a rebuilt round reads like any other ruling.

    Raises:
        Refused: ``round_not_running``, ``unit_takes_part``, ``document_needed``, ``part_empty``,
            ``unit_type_unknown``.
    """
    locked = Round.objects.select_for_update().select_related("framework", "territory").get(pk=round_.pk)
    framework = by_hash(locked.framework.content_hash)
    check_joining(locked, framework, unit=joining.unit, type_=joining.type)
    if not joining.document.strip():
        raise Refused("document_needed")
    last = locked.groups.aggregate(last=Max("position"))["last"] or 0
    group, _ = RankingGroup.objects.get_or_create(
        round=locked,
        code=GROUP,
        defaults={"name_vi": GROUP_NAME.vi, "name_en": GROUP_NAME.en, "position": last + 1},
    )
    made = Participant.objects.create(
        round=locked,
        unit=joining.unit,
        group=group,
        name_vi=joining.unit.name_vi,
        name_en=joining.unit.name_en,
        type=joining.type,
        part=joining.part,
    )
    Sheet.objects.create(participant=made)
    left_out = outside(framework, made, joining.nodes)
    payload = joined_payload(made, joining.nodes, joining.document.strip())
    record(
        chain=round_chain(locked), kind="partner.joined", subject=locked.code, payload=payload, by=by, at=at
    )
    if left_out:
        ground = f"{GROUP_NAME.vi}: {made.get_part_display()}"
        grant_not_applicable(
            participant=made, leaves=left_out, ground=ground, document=joining.document, by=by, at=at
        )
    return made


def hash_of(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_guest_link(
    *, participant: Participant, mode: GuestLink.Mode, name: str, days: int, by: str, at: datetime
) -> tuple[GuestLink, str]:
    """Make a link to one sheet. Returns it with its secret, which nobody can read again.

    Raises:
        Refused: ``person_name_missing``, ``days_out_of_range``.
    """
    if not name.strip():
        raise Refused("person_name_missing")
    if not 1 <= days <= LONGEST:
        raise Refused("days_out_of_range", limit=LONGEST)
    token = secrets.token_urlsafe(32)
    link = GuestLink.objects.create(
        participant=participant,
        mode=mode,
        name=name.strip()[:200],
        token_hash=hash_of(token),
        expires_at=at + timedelta(days=days),
        by=by,
        at=at,
    )
    payload = {"v": 1, "link": link.pk, "mode": mode.value, "until": link.expires_at.isoformat()}
    record_on_sheet(participant, "guest_link.made", payload, texts={"name": link.name}, by=by, at=at)
    return link, token


@transaction.atomic
def revoke_guest_link(*, link: GuestLink, by: str, at: datetime) -> GuestLink:
    """Close a link at once; whoever came by it is out with the next page. Raises Refused ``link_over``."""
    locked = GuestLink.objects.select_for_update().get(pk=link.pk)
    if not locked.holds(at):
        raise Refused("link_over")
    locked.revoked_by, locked.revoked_at = by, at
    locked.save(update_fields=["revoked_by", "revoked_at"])
    record_on_sheet(link.participant, "guest_link.revoked", {"v": 1, "link": link.pk}, texts={}, by=by, at=at)
    return locked


@transaction.atomic
def come_as_guest(*, link: GuestLink, name: str, at: datetime) -> Guest:
    """Somebody comes by a link and says who they are.

    Raises:
        Refused: ``link_over``, ``person_name_missing``.
    """
    locked = GuestLink.objects.select_for_update().get(pk=link.pk)
    if not locked.holds(at):
        raise Refused("link_over")
    if not name.strip():
        raise Refused("person_name_missing")
    participant = link.participant
    guest = Guest.objects.create(unit=participant.unit, name=" ".join(name.split())[:200], at=at)
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    payload = {"v": 1, "link": link.pk, "mode": link.mode}
    record_on_sheet(participant, "guest.came", payload, texts={"name": guest.name}, by=guest.ref, at=at)
    return guest
