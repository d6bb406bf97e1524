"""Whose answers may be read one by one or beside others: never those of few, nor what tells of them, and none
while answers still come in."""

from __future__ import annotations

from parindex.apps.surveys import rules
from parindex.apps.surveys.models import Survey
from parindex.apps.surveys.queries import answers_by
from parindex.core.surveys.suppression import shown


def shown_groups(survey: Survey) -> dict[int, set[int]]:
    """By unit's key the keys of the groups whose answers about it may be read inside; a unit of which none
    may is not there. One query.

    None may while the survey takes answers: who reads twice would know what came in between, and whose link
    was used, or who stood at the counter, in that time. A survey that was closed takes none any more.

    The whole of a unit is shown over all its groups, so a small group hides another one beside it
    (`parindex.core.surveys.suppression`).
    """
    if survey.state not in rules.STEPS["read"]:
        return {}
    counts: dict[int, dict[int, int]] = {}
    for row in answers_by(survey, "unit", "group"):
        counts.setdefault(row["unit"], {})[row["group"]] = row["count"]
    found = {unit: shown(groups, survey.small) for unit, groups in counts.items()}
    return {unit: groups for unit, groups in found.items() if groups}


def hidden_answers(survey: Survey) -> int:
    """How many answers may not be read. Two queries."""
    may = shown_groups(survey)
    return sum(
        row["count"]
        for row in answers_by(survey, "unit", "group")
        if row["group"] not in may.get(row["unit"], ())
    )
