"""Recorded penalties as pages show them: the case, its document, who entered it, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parindex.apps.assessments.models import Penalty
from parindex.apps.assessments.rules.penalties import is_counted, is_met_by_any
from parindex.apps.organisations.queries import names_of
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.problems import AnswerRefused
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.languages import language


def penalty_rows(framework: Framework, cases: Sequence[Penalty]) -> list[dict[str, Any]]:
    """Cases with the item's name and people's names. One query. Whoever may withdraw one says so after."""
    names = names_of({ref for case in cases for ref in (case.by, case.withdrawn_by) if ref})
    return [
        {
            "case": case,
            "item": framework.leaves.get(case.leaf),
            "facts": _facts(framework, case),
            "by": names.get(case.by, case.by),
            "may_withdraw": False,
            "withdrawn_by": names.get(case.withdrawn_by, case.withdrawn_by),
        }
        for case in cases
    ]


def _facts(framework: Framework, case: Penalty) -> str:
    """What the case says to a rule that does not count, in words."""
    leaf = framework.leaves.get(case.leaf)
    if leaf is None or is_counted(leaf) or is_met_by_any(leaf):
        return ""
    try:
        facts = answer_facts(leaf, case.answer, language())
    except AnswerRefused:
        return case.answer
    return "; ".join(f"{label}: {value}" if label else value for label, value in facts)
