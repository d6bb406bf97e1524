"""A case as its card shows it: what the unit says, what speaks against it, what may be ruled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from parindex.apps.assessments.models import Explanation, Round
from parindex.apps.assessments.queries.appraising import Case, Standing
from parindex.core.wording.checks import check_sentence
from parindex.core.wording.rules import rule_in_words
from parindex.web.appraise.frame import Turn
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.inputs import controls_of
from parindex.web.parts.languages import language


STATES = {
    Standing.WAITING: "waiting",
    Standing.DONE: "done",
    Standing.EXPLAINING: "back",
    Standing.FREE: "",
}


def name_of(case: Case) -> str:
    """The name of a case's controls: its own on a page of many."""
    return f"a-{case.participant.pk}-{case.leaf.code}"


def anchor_of(case: Case) -> str:
    """Where a case stands on its page."""
    return f"c-{case.participant.unit.code}-{case.leaf.code}"


def row(case: Case, turn: Turn, *, reasons: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """One case."""
    lang = language()
    stood = case.stood.answer if case.stood else ""
    given = [("", "")] if case.held and case.stood is None else answer_facts(case.leaf, stood, lang)
    return {
        "case": case,
        "anchor": anchor_of(case),
        "name": name_of(case),
        "state": STATES[case.standing],
        "standing": case.standing.value,
        "facts": answer_facts(case.leaf, case.said.answer if case.said else "", lang),
        "ruled_facts": given if case.ruled else [],
        "past_facts": answer_facts(case.past.leaf, case.past.answer, lang) if case.past else [],
        "doubts": [check_sentence(f.code, f.data, lang) for f in case.doubts],
        "controls": controls_of(case.leaf, name_of(case), "" if stood.startswith("points:") else stood),
        "seen": case.stood.pk if case.stood else 0,
        "reasons": reasons.get(case.leaf.code, ()),
        "why_not": turn.why_not(case.lead),
        "url": case_url(turn.round, case),
        "then": "",
        "note": case.said.note if case.said else "",
        "answered": case.explanation is not None and case.explanation.state == Explanation.State.ANSWERED,
        "may_accept": bool(case.said and case.said.answer) and case.ruled is None and case.is_first,
    }


def case_url(round_: Round, case: Case) -> str:
    """Where a case is ruled on."""
    return reverse("appraise:case", args=[round_, case.participant.unit.code, case.leaf.code])


def rule_words(case: Case) -> list[str]:
    """The leaf's rule as a scale."""
    return rule_in_words(case.leaf.rule, language()) if case.leaf.rule else []


def sent_before(posted: Mapping[str, str] | None) -> dict[str, str]:
    """What was typed beside the answer, to be shown again."""
    return {k: posted.get(k, "") if posted else "" for k in ("how", "points", "reason", "question")}
