"""Invitations and counters: who may answer. Links are told once, as they are made; only digests are kept."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from parindex.apps.organisations.models import Unit
from parindex.apps.surveys import rules
from parindex.apps.surveys.actions.planning import check_here
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import Counter, Invitation, RespondentGroup, Stratum, Survey, Tally
from parindex.apps.surveys.queries import only_stratum
from parindex.apps.surveys.tokens import digest_of, new_code, new_token
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused


LONGEST_HOURLY = 600


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody to be invited. `own_unit`: theirs, which they are not asked about."""

    contact: str = ""
    stratum: Stratum | None = None
    own_unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation with its token, which nobody can ask for again."""

    token: str
    contact: str
    stratum: Stratum | None
    own_unit: Unit | None


@transaction.atomic
def issue_invitations(
    *, group: RespondentGroup, wanted: Sequence[Wanted], by: str, at: datetime
) -> list[Issued]:
    """Make one-time links. The ledger is told how many, not for whom.

    Where fewer than `rules.FEWEST_TOGETHER` people of a unit are asked, their answers are kept apart.

    Raises:
        Refused: ``survey_not_now``, ``nothing_chosen``, ``survey_invited_many``, ``text_too_long``,
            ``survey_unit_elsewhere``.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "invite")
    if not wanted:
        raise Refused("nothing_chosen")
    if len(wanted) > rules.MOST_INVITED:
        raise Refused("survey_invited_many", limit=rules.MOST_INVITED)
    for one in wanted:
        rules.check_text(one_line(one.contact), rules.LONGEST_CONTACT)
        if one.stratum is not None and one.stratum.group_id != group.pk:
            raise Refused("survey_stratum_elsewhere", label=str(one.stratum))
    issued = [Issued(new_token(), one_line(w.contact), w.stratum, w.own_unit) for w in wanted]
    few = _few(group, wanted)
    Invitation.objects.bulk_create(
        (
            Invitation(
                group=group,
                stratum=one.stratum,
                contact=one.contact,
                own_unit=one.own_unit,
                digest=digest_of(one.token),
                apart=one.own_unit is not None and one.own_unit.pk in few,
            )
            for one in sorted(issued, key=lambda i: digest_of(i.token))
        ),
        batch_size=500,
    )
    by_stratum = Counted(w.stratum for w in wanted)
    _count_issued(group, None, len(wanted))
    for stratum, count in by_stratum.items():
        if stratum is not None:
            _count_issued(group, stratum, count)
    told = {"group": group.code, "count": len(wanted)}
    tell(locked, "survey.invited", told, by=by, at=at)
    return issued


def _few(group: RespondentGroup, wanted: Sequence[Wanted]) -> set[int]:
    """Units of which too few are asked for their sittings to stay whole."""
    waiting = group.invitations.filter(own_unit__isnull=False).values_list("own_unit", flat=True)
    asked = Counted(waiting.order_by())
    asked.update(w.own_unit.pk for w in wanted if w.own_unit is not None)
    return {unit for unit, count in asked.items() if count < rules.FEWEST_TOGETHER}


def _count_issued(group: RespondentGroup, stratum: Stratum | None, count: int) -> None:
    one = Tally.objects.filter(group=group, stratum=stratum)
    if not one.update(issued=F("issued") + count):
        Tally.objects.create(survey_id=group.survey_id, group=group, stratum=stratum, issued=count)


@transaction.atomic
def withdraw_invitations(*, group: RespondentGroup, contacts: Sequence[str], by: str, at: datetime) -> int:
    """Take links back that were not used, by whom they went to; how many there were.

    Raises:
        Refused: ``survey_not_now``, ``nothing_chosen``.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "invite")
    chosen = [one_line(c) for c in contacts if one_line(c)]
    if not chosen:
        raise Refused("nothing_chosen")
    gone, _ = group.invitations.filter(contact__in=chosen).delete()
    if gone:
        tell(locked, "survey.uninvited", {"group": group.code, "count": gone}, by=by, at=at)
    return gone


@transaction.atomic
def renew_invitations(
    *, group: RespondentGroup, contacts: Sequence[str], by: str, at: datetime
) -> list[Issued]:
    """New links for those of the contacts who have not answered; the old ones stop working. For reminders:
    the old links cannot be told again.

    Raises:
        Refused: ``survey_not_now``, ``nothing_chosen``: none of them still has a link.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "invite")
    chosen = {one_line(c) for c in contacts if one_line(c)}
    found = list(
        group.invitations.select_for_update(of=("self",))
        .filter(contact__in=chosen)
        .select_related("stratum__unit", "own_unit")
    )
    if not found:
        raise Refused("nothing_chosen")
    issued = []
    for one in found:
        token = new_token()
        one.digest = digest_of(token)
        issued.append(Issued(token, one.contact, one.stratum, one.own_unit))
    Invitation.objects.bulk_update(found, ["digest"], batch_size=500)
    tell(locked, "survey.reminded", {"group": group.code, "count": len(found)}, by=by, at=at)
    return issued


@transaction.atomic
def add_counter(
    *,
    group: RespondentGroup,
    unit: Unit,
    label: str,
    hourly: int,
    by: str,
    at: datetime,
    stratum: Stratum | None = None,
) -> Counter:
    """Let a counter of a unit take answers by a poster or a tablet, of the unit's stratum where it has only
    one; the same label again changes its limit.

    Raises:
        Refused: ``survey_not_now``, ``survey_counter_missing``, ``text_too_long``, ``survey_hourly``,
            ``survey_unit_elsewhere``; ``survey_counter_rated``: who comes by an open link could rate their
            own unit.
    """
    locked = lock_survey(group.survey)
    rules.check_step(locked, "invite")
    said = one_line(label)
    rules.check_text(said, rules.LONGEST_LABEL, "survey_counter_missing")
    if not 1 <= hourly <= LONGEST_HOURLY:
        raise Refused("survey_hourly", limit=LONGEST_HOURLY)
    if locked.kind == Survey.Kind.OFFICIALS or group.rated.exists():
        raise Refused("survey_counter_rated")
    check_here(locked, unit)
    stratum = stratum or only_stratum(group, unit)
    made = Counter.objects.filter(group=group, unit=unit, label=said).first()
    if made is not None and made.hourly == hourly and made.stratum == stratum:
        return made
    if made is None:
        made = Counter(group=group, unit=unit, label=said, code=new_code(), by=by, at=at)
    made.hourly, made.stratum = hourly, stratum
    made.save()
    told = {"group": group.code, "unit": unit.code, "hourly": hourly}
    tell(locked, "survey.counter_set", told, by=by, at=at, counter=said)
    return made


@transaction.atomic
def close_counter(*, counter: Counter, by: str, at: datetime) -> Counter:
    """Let a counter take nothing more; its poster says so."""
    locked = lock_survey(counter.group.survey)
    held = Counter.objects.select_for_update().get(pk=counter.pk)
    if held.closed:
        return held
    held.closed = True
    held.save(update_fields=["closed"])
    tell(locked, "survey.counter_closed", {"unit": held.unit.code}, by=by, at=at, counter=held.label)
    return held
