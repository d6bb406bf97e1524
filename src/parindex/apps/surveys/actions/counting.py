"""Surveys are counted: a frozen count, and values of the survey's indicator with their standard errors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from parindex.apps.indicators.actions import record_values
from parindex.apps.indicators.periods import months
from parindex.apps.organisations.queries import tree_of
from parindex.apps.surveys import rules
from parindex.apps.surveys.chains import lock_survey, tell
from parindex.apps.surveys.counting import counted, figures_by_indicator, named_by_factors
from parindex.apps.surveys.models import Count, Flag, Interview, Survey
from parindex.core.formats.canonical import digest
from parindex.core.formats.registers import RegisterRow
from parindex.core.kernel.numbers import exact, fixed_text
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date


DECIMALS = 4
"""Of a value and its error in percent, as they are handed on to the indicator."""


@transaction.atomic
def count_survey(*, survey: Survey, by: str, at: datetime) -> Count:
    """Count a closed survey. The count is frozen; where the survey names an indicator, its values are
    recorded, each with standard error and number of answers, alike those of its factors; none for
    units of fewer answers than the limit.

    Raises:
        Refused: ``survey_not_now``; ``survey_flags_left``: what looks odd waits for a person;
            ``survey_nothing_to_count``.
    """
    locked = lock_survey(survey)
    rules.check_step(locked, "count")
    waiting = locked.flags.filter(decision=Flag.Decision.WAITING).count()
    if waiting:
        raise Refused("survey_flags_left", count=waiting)
    content = counted(locked)
    if not content["units"]:
        raise Refused("survey_nothing_to_count")
    number = locked.counts.count() + 1
    made = Count.objects.create(survey=locked, number=number, content=content, by=by, at=at)
    locked.state = Survey.State.COUNTED
    locked.save(update_fields=["state"])
    Interview.objects.filter(group__survey=locked).exclude(number="").update(number="")
    _hand_on(locked, content, by=by, at=at)
    told = {
        "number": number,
        "units": [[u["unit"], u["satisfied"], u["index"]] for u in content["units"]],
        "aside": content["aside"],
        "content": digest(content),
    }
    tell(locked, "survey.counted", told, by=by, at=at)
    return made


def _hand_on(survey: Survey, content: Mapping[str, Any], *, by: str, at: datetime) -> None:
    """Values of the survey's indicators for its year."""
    start, end = months(survey.year, 1, 12)
    tree = tree_of(survey.territory)
    known = {unit.code: tree.address(unit) for unit in tree.walk()}
    named = named_by_factors(survey)
    rows: list[RegisterRow] = []
    for unit in content["units"]:
        for indicator, one in figures_by_indicator(survey, named, unit).items():
            if one["n"] < survey.small or unit["unit"] not in known:
                continue
            cells = {
                "indicator": indicator,
                "unit": known[unit["unit"]],
                "from": start.isoformat(),
                "to": end.isoformat(),
                "value": fixed_text(exact(one["value"]), DECIMALS),
                "as_of": min(max(survey.closes, start), legal_date(at)).isoformat(),
                "n": str(one["n"]),
                "ref": survey.slug,
                **({"se": fixed_text(exact(one["se"]), DECIMALS)} if one["se"] is not None else {}),
            }
            rows.append(RegisterRow(len(rows) + 1, cells, {}))
    if rows:
        record_values(territory=survey.territory, rows=rows, origin=f"survey:{survey.slug}", by=by, at=at)
