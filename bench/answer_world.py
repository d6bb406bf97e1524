"""An open survey with so many one-time links: ``python bench/answer_world.py COUNT`` prints them.

``kept`` instead of a number prints how many answers are kept.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

from parindex.config.site import prepare


BATCH = 10_000


def fill(count: int) -> dict[str, object]:
    """The survey, made by the actions that any survey goes through; its links and a form filled in."""
    prepare()
    from parindex.apps.organisations.models import Unit
    from parindex.apps.surveys import actions
    from parindex.apps.surveys.actions.planning import GroupWritten, StratumWritten, SurveyWritten
    from parindex.apps.surveys.actions.sampling import Wanted
    from parindex.config.training import people
    from parindex.core.surveys.questionnaire_file import load_questionnaire
    from parindex.data import minhhoa
    from parindex.data.surveys import questionnaire_path

    now = datetime.now(UTC)
    done = {"by": "bench", "at": now}
    people(now)
    territory = Unit.objects.get(parent=None, code=minhhoa.CODE)
    units = list(Unit.objects.filter(parent=territory).order_by("code")[:30])
    form = load_questionnaire(questionnaire_path("one-stop-exit"))
    questionnaire = actions.keep_questionnaire(territory=territory, form=form, **done)
    questionnaire = actions.fix_questionnaire(questionnaire=questionnaire, **done)
    day = now.date()
    written = SurveyWritten(
        "Khảo sát", now.year, "Sở Nội vụ", "citizens", day - timedelta(days=1), day + timedelta(days=9)
    )
    survey = actions.begin_survey(territory=territory, written=written, key="bench", **done)
    group = actions.add_group(survey=survey, written=GroupWritten("Người dân", questionnaire), **done)
    rows = [StratumWritten(unit, 100_000, 1_000) for unit in units]
    actions.set_strata(group=group, rows=rows, **done)
    actions.open_survey(survey=survey, **done)
    strata = list(group.strata.all())
    wanted = [Wanted(stratum=strata[k % len(strata)]) for k in range(count)]
    links = [
        issued.token
        for k in range(0, count, BATCH)
        for issued in actions.issue_invitations(group=group, wanted=wanted[k : k + BATCH], **done)
    ]
    return {"links": links, "fields": _filled_in(form)}


def _filled_in(form) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """What a respondent sends who says something to every question."""
    said: dict[str, str] = {}
    for question in form.questions:
        if question.when is not None:
            continue
        for code in [f"{question.code}.{row.code}" for row in question.rows] or [question.code]:
            said[f"q-{code}"] = question.options[0].code if question.options else "2"
    return said


def kept() -> int:
    """How many answers are kept."""
    prepare()
    from parindex.apps.surveys.models import Answer

    return Answer.objects.count()


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1])) if sys.argv[1] != "kept" else kept()))
