"""What looks odd among answers: found by rules, decided on by a person, with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from parindex.apps.surveys import rules
from parindex.apps.surveys.asking import form_of
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.models import Answer, Flag, RespondentGroup, Survey
from parindex.core.formats.typed import one_line
from parindex.core.kernel.problems import Refused
from parindex.core.surveys.suspicion import Entry, Suspicion, bursts, identical, straight_lines


KINDS = {
    "burst": Flag.Kind.BURST,
    "straight_line": Flag.Kind.STRAIGHT,
    "identical": Flag.Kind.IDENTICAL,
}


@transaction.atomic
def find_flags(*, survey: Survey, by: str, at: datetime) -> int:
    """Look for days of a counter with far too many answers, for answers of one level throughout and for
    twins; how many cases are new. One that was found before is not found again, whatever was decided. Hours
    that were full are told of as they happen.

    Raises:
        Refused: ``survey_not_now``.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "judge")
    new = 0
    for group in locked.groups.select_related("questionnaire").defer("questionnaire__content"):
        for sign in _signs(group):
            new += _flagged(locked, group, sign)
    tell(locked, "survey.searched", {"new": new}, by=by, at=at)
    return new


def _signs(group: RespondentGroup) -> Iterator[Suspicion]:
    """Of one group: by unit and counter, and of counters by day, since an answer keeps no more."""
    found = Answer.objects.filter(group=group).order_by("pk")
    entries: list[Entry] = []
    by_day: dict[tuple[str, str], list[str]] = defaultdict(list)
    for pk, unit, counter, day, content in found.values_list(
        "pk", "unit_id", "counter_id", "day", "content"
    ).iterator():
        source = f"{unit}/{counter or 0}"
        entries.append(Entry(str(pk), source, content))
        if counter:
            by_day[source, day.isoformat()].append(str(pk))
    for sign in bursts({where: len(pks) for where, pks in by_day.items()}):
        yield replace(sign, forms=tuple(by_day[sign.source, sign.slot]))
    yield from straight_lines(form_of(group.questionnaire), entries)
    yield from identical(entries)


def _flagged(survey: Survey, group: RespondentGroup, sign: Suspicion) -> bool:
    """Keep a case, unless it stands."""
    unit, counter = sign.source.split("/")
    said = " ".join([sign.sign, group.code, sign.source, sign.slot, *sign.forms])
    told = {"count": sign.count, "of": sign.of, "usual": round(sign.usual, 4), "day": sign.slot}
    one, new = Flag.objects.get_or_create(
        survey=survey,
        fingerprint=sha256(said.encode()).hexdigest(),
        defaults={
            "kind": KINDS[sign.sign],
            "unit_id": int(unit),
            "counter_id": int(counter) or None,
            "data": told,
        },
    )
    if new:
        one.answers.set(int(pk) for pk in sign.forms)
    return new


@transaction.atomic
def decide_flag(*, flag: Flag, decision: str, reason: str, by: str, at: datetime) -> Flag:
    """Keep the answers of a flag, or set them aside: they stay, and are not counted.

    Raises:
        Refused: ``survey_not_now``, ``choice_unknown``, ``survey_reason_missing``, ``text_too_long``.
    """
    locked = lock_survey(flag.survey)
    rules.check_step(locked, "judge")
    said = one_line(reason)
    if decision not in (Flag.Decision.KEPT, Flag.Decision.SET_ASIDE):
        raise Refused("choice_unknown", text=decision[:40])
    rules.check_text(said, rules.LONGEST_REASON, "survey_reason_missing")
    held = Flag.objects.select_for_update().get(pk=flag.pk)
    if (held.decision, held.reason) == (decision, said):
        return held
    held.decision, held.reason, held.decided_by, held.decided_at = decision, said, by, at
    held.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    told = {"flag": held.pk, "kind": held.kind, "decision": decision, "answers": held.answers.count()}
    tell(locked, "survey.judged", told, by=by, at=at, reason=said)
    return held
