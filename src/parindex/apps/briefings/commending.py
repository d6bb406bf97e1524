"""The list of proposed commendations: drafted by the conditions, decided on row by row, then frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from parindex.apps.audit.record import record
from parindex.apps.briefings.candidates import candidates_of
from parindex.apps.briefings.emulating import State, check_list_open, check_state, text_of
from parindex.apps.briefings.emulation import chain_of, lock
from parindex.apps.briefings.models import Campaign, Commendation, CommendationRevision
from parindex.apps.briefings.telling import tell_commended
from parindex.core.formats.canonical import digest
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.wording.emulation import grounds_of


Row = dict[str, Any]
LONGEST_FORM, LONGEST_GROUNDS = 200, 1000


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided of one row: whether it is proposed, for which commendation, on what grounds."""

    taken: bool
    form: str = ""
    grounds: str = ""


@transaction.atomic
def draft_list(*, campaign: Campaign, by: str, at: datetime) -> Commendation:
    """Draft the list, or draft it anew: who meets which condition now. Nobody is taken by it; what was
    decided of those who are still candidates stays.

    Raises:
        Refused: ``campaign_not_now``, ``commendation_issued``.
    """
    locked = lock(campaign)
    check_state(locked, State.RUNNING, State.CLOSED)
    made, _ = Commendation.objects.select_for_update().get_or_create(
        campaign=locked, defaults={"by": by, "at": at}
    )
    check_list_open(made)
    last = made.revisions.order_by("-number").first()
    decided = {row["key"]: row for row in last.rows} if last else {}
    rows = []
    for one in candidates_of(locked):
        kept = decided.get(one.key, {})
        said = [c.said for c in one.conditions if c.met]
        rows.append(
            {
                "key": one.key,
                "kind": one.kind,
                "name": one.name,
                "conditions": [c.stored() for c in one.conditions],
                "fits": one.fits,
                "taken": kept.get("taken", False),
                "form": kept.get("form", ""),
                "grounds": kept["grounds"] if kept.get("taken") else grounds_of(said),
            }
        )
    if last is None or last.rows != rows:
        _revise(locked, made, rows, "commendation.drafted", by=by, at=at)
    return made


@transaction.atomic
def save_list(
    *, commendation: Commendation, decisions: Mapping[str, Decision], base: int, by: str, at: datetime
) -> Commendation:
    """Keep what was decided of the rows, by their keys; rows that are not named stay as they are.

    Raises:
        Refused: ``commendation_issued``, ``briefing_changed``: somebody else saved meanwhile;
            ``text_too_long``, ``commendation_without_form``: of one that is taken.
    """
    campaign = lock(commendation.campaign)
    locked = _lock(commendation)
    check_list_open(locked)
    newest = newest_of(locked)
    if newest.number != base:
        raise Refused("briefing_changed", number=newest.number)
    rows = [_decided(row, decisions.get(row["key"])) for row in newest.rows]
    if rows != newest.rows:
        _revise(campaign, locked, rows, "commendation.saved", by=by, at=at)
    return locked


def _decided(row: Row, decision: Decision | None) -> Row:
    if decision is None:
        return row
    form, grounds = text_of(decision.form, LONGEST_FORM), text_of(decision.grounds, LONGEST_GROUNDS)
    if decision.taken and not (form and grounds):
        raise Refused("commendation_without_form", name=row["name"])
    return {**row, "taken": decision.taken, "form": form, "grounds": grounds}


@transaction.atomic
def issue_list(
    *, commendation: Commendation, number: str, on: date, signer: str = "", by: str, at: datetime
) -> Commendation:
    """Freeze the list with the rows that people have taken.

    Raises:
        Refused: ``commendation_issued``, ``commendation_none``, ``briefing_number_missing``,
            ``briefing_issue_day``, ``text_too_long``.
    """
    campaign = lock(commendation.campaign)
    locked = _lock(commendation)
    check_list_open(locked)
    newest = newest_of(locked)
    if not any(row["taken"] for row in newest.rows):
        raise Refused("commendation_none")
    said = text_of(number, 60, missing="briefing_number_missing")
    if not campaign.start <= on <= legal_date(at):
        raise Refused("briefing_issue_day", day=on)
    locked.state, locked.number, locked.issued_on = Commendation.State.ISSUED, said, on
    locked.signer = text_of(signer, 150)
    locked.save()
    payload = {"v": 1, "revision": newest.number, "content": digest(newest.rows), "on": on.isoformat()}
    _record(campaign, "commendation.issued", payload, by=by, at=at, number=said, signer=locked.signer)
    tell_commended(campaign, by=by, at=at)
    return locked


def _lock(commendation: Commendation) -> Commendation:
    return Commendation.objects.select_for_update().get(pk=commendation.pk)


def newest_of(commendation: Commendation) -> CommendationRevision:
    """The last revision: every list has one."""
    return commendation.revisions.order_by("-number")[0]


def _revise(  # noqa: PLR0917  the list, its campaign, its rows and what was done
    campaign: Campaign, commendation: Commendation, rows: list[Row], kind: str, *, by: str, at: datetime
) -> None:
    last = commendation.revisions.order_by("-number").first()
    made = CommendationRevision.objects.create(
        commendation=commendation, number=last.number + 1 if last else 1, rows=rows, by=by, at=at
    )
    taken = [row["key"] for row in rows if row["taken"] and row["kind"] == "unit"]
    payload = {"v": 1, "revision": made.number, "content": digest(rows), "taken": taken}
    _record(campaign, kind, payload, by=by, at=at)


def _record(
    campaign: Campaign, kind: str, payload: Mapping[str, object], *, by: str, at: datetime, **texts: str
) -> None:
    subject = f"{campaign.unit.code}/{campaign.pk}"
    record(chain=chain_of(campaign), kind=kind, subject=subject, payload=payload, texts=texts, by=by, at=at)
