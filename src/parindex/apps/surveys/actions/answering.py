"""Answers come in: a right is spent and the answers are kept, in one transaction. No entry in the ledger.

Nothing that is written here says who answered or when: of an invitation that was used no row is left, of the
instant only the day, and the numbers of rows are hashes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from parindex.apps.surveys import rules
from parindex.apps.surveys.asking import (
    Asked,
    Fields,
    asked_of,
    check_now,
    counter_of,
    form_of,
    read_answers,
    right_of,
    was_sent,
)
from parindex.apps.surveys.models import Answer, Counter, Flag, Invitation, RespondentGroup, Stratum
from parindex.apps.surveys.sittings import is_sitting, mark_of, row_of
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.core.surveys.answering import Kept
from parindex.core.surveys.questionnaire import Question


class Taken(StrEnum):
    """What became of a form that was sent."""

    KEPT = "kept"
    BEFORE = "before"  # it had come in already: the same sitting again


@dataclass(frozen=True, slots=True)
class _Way:
    """By what right answers come in."""

    group: RespondentGroup
    channel: str
    stratum: Stratum | None = None
    counter: Counter | None = None
    apart: bool = False


def answer_by_link(*, token: str, sitting: str, fields: Fields, at: datetime) -> Taken:
    """Spend a one-time link: its invitation is deleted as the answers are kept, or nothing happens at all.

    Raises:
        Refused: ``survey_link_unknown``, ``survey_link_used``, ``survey_early``, ``survey_over``,
            ``survey_form_old``, ``survey_nothing_to_rate``, ``survey_nothing_answered``.
        AnswersRefused: some answers cannot be kept.
    """
    try:
        invitation = right_of(token, sent=True)
        check_now(invitation.group, at)
        asked = asked_of(invitation)
        found = _read(asked, sitting, fields)
        _spend(invitation, several=asked.several, sitting=sitting, found=found, at=at)
    except Refused as refusal:
        if refusal.code == "survey_link_used" and was_sent(sitting, fields):
            return Taken.BEFORE
        raise
    return Taken.KEPT


@transaction.atomic
def _spend(
    invitation: Invitation,
    *,
    several: bool,
    sitting: str,
    found: Mapping[int, Mapping[str, Kept]],
    at: datetime,
) -> None:
    """Of two at once the second finds nothing left to delete; nor does whoever comes as the survey is closed
    or the link renewed."""
    gone, _ = Invitation.objects.filter(pk=invitation.pk, digest=invitation.digest).delete()
    if not gone:
        raise Refused("survey_link_used")
    way = _Way(
        invitation.group,
        Answer.Channel.LINK.value,
        invitation.stratum,
        apart=invitation.apart and several,
    )
    _keep(way, sitting, found, at=at)


def answer_at_counter(*, code: str, sitting: str, fields: Fields, kiosk: bool, at: datetime) -> Taken:
    """Answer through a poster, an open link or a tablet; so many an hour and no more.

    Raises:
        Refused: ``survey_link_unknown``, ``survey_early``, ``survey_over``, ``survey_form_old``,
            ``survey_counter_closed``, ``survey_counter_full``, ``survey_nothing_answered``.
        AnswersRefused: some answers cannot be kept.
    """
    try:
        with transaction.atomic():
            counter = counter_of(code)
            check_now(counter.group, at)
            asked = asked_of(counter)
            if was_sent(sitting, {}, [u.pk for u in asked.units]):
                return Taken.BEFORE
            found = _read(asked, sitting, fields)
            _count_hour(counter, at)
            channel = Answer.Channel.KIOSK if kiosk else Answer.Channel.COUNTER
            _keep(_Way(counter.group, channel.value, counter.stratum, counter), sitting, found, at=at)
    except IntegrityError:
        if was_sent(sitting, {}, [u.pk for u in asked.units]):
            return Taken.BEFORE
        raise
    return Taken.KEPT


def _read(asked: Asked, sitting: str, fields: Fields) -> Mapping[int, Mapping[str, Kept]]:
    if not is_sitting(sitting):
        raise Refused("survey_form_old")
    return read_answers(asked, fields)


def _count_hour(counter: Counter, at: datetime) -> None:
    """Take one of the hour's places; an hour that is full becomes something to look at."""
    held = Counter.objects.select_for_update().get(pk=counter.pk)
    rules.check_counter(held, at)
    hour = rules.hour_of(at)
    held.taken = held.taken + 1 if held.hour == hour else 1
    held.hour = hour
    held.save(update_fields=["hour", "taken"])
    if held.taken < held.hourly:
        return
    told = {"counter": held.label, "hour": hour.isoformat(), "count": held.taken}
    Flag.objects.get_or_create(
        survey_id=counter.group.survey_id,
        fingerprint=f"burst {held.pk} {hour.isoformat()}",
        defaults={"kind": Flag.Kind.BURST, "counter": held, "unit_id": held.unit_id, "data": told},
    )


def _keep(way: _Way, sitting: str, found: Mapping[int, Mapping[str, Kept]], *, at: datetime) -> None:
    """The rows of a sitting; by the first of them it is counted, so that no row is everybody's, which all who
    answer at once would wait for. What is asked once stands with every unit, unless the answers are kept
    apart: then with one of them alone, or it would join them."""
    once = {q.code for q in _once(way.group)} if way.apart else set()
    first = min(found, key=lambda unit: row_of(sitting, unit))
    Answer.objects.bulk_create(
        Answer(
            id=row_of(sitting, unit),
            survey_id=way.group.survey_id,
            group=way.group,
            unit_id=unit,
            stratum=way.stratum,
            counter=way.counter,
            sitting=mark_of(sitting, unit, apart=way.apart),
            day=legal_date(at),
            channel=way.channel,
            first=unit == first,
            content={k: v for k, v in said.items() if unit == first or k not in once},
        )
        for unit, said in sorted(found.items(), key=lambda item: row_of(sitting, item[0]))
    )


def _once(group: RespondentGroup) -> list[Question]:
    return [q for q in form_of(group.questionnaire).questions if q.once]
