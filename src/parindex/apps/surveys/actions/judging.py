"""What looks odd among answers: found by rules, decided on by a person, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from parindex.apps.surveys import rules
from parindex.apps.surveys.chains import lock_survey, one_line, tell
from parindex.apps.surveys.models import Flag
from parindex.core.kernel.problems import Refused


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
