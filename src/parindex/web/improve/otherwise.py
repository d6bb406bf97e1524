"""Leaves answered otherwise in an address: each by its own rule's form, read and scored by the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext

from parindex.apps.improvement.queries import Standing
from parindex.core.kernel.answers import Answer, Input, NoCase
from parindex.core.kernel.framework import Node
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reading import read_answer, score_answer, written
from parindex.core.wording.refusals import refusal_sentence
from parindex.web.improve.asked import LEVEL
from parindex.web.parts.inputs import Control, answer_in, controls_of
from parindex.web.parts.languages import language


OPEN, ANSWER = "mo", "tl."
"""Leaves whose own form is shown, and what is filled in there."""
LONGEST = 300


@dataclass(frozen=True)
class Otherwise:
    """What was filled in.

    Attributes:
        open: leaves whose form is shown. answers: those answered otherwise than what stands.
        texts: what is filled in, by leaf. wrong: what cannot be read or scored, in sentences.
    """

    open: frozenset[str]
    answers: Mapping[str, Answer]
    texts: Mapping[str, str]
    wrong: list[str]

    def controls(self, leaf: Node) -> list[Control]:
        """The leaf's form as it was filled in; none where it is not shown."""
        if leaf.code not in self.open:
            return []
        return controls_of(leaf, ANSWER + leaf.code, self.texts.get(leaf.code, ""))


def answerable(standing: Standing) -> list[Node]:
    """Every leaf that is assessed for the unit, bonus and penalty items too."""
    held = standing.assessment.node
    return [
        leaf
        for code, leaf in standing.assessment.framework.leaves.items()
        if (found := held(standing.unit, code)).max or isinstance(found.answer, NoCase)
    ]


def read_otherwise(sent: QueryDict, standing: Standing) -> Otherwise:
    """Read the forms that were shown. What is as it stands is no other answer."""
    leaves = {leaf.code: leaf for leaf in answerable(standing)}
    open_ = frozenset(sent.getlist(OPEN)) & leaves.keys()
    found = Otherwise(open_, {}, {}, [])
    answers, texts = {}, {}
    for code in (c for c in leaves if c in open_):
        text = _text(sent, standing, leaves[code])
        texts[code] = text
        try:
            answer = _answer(standing, leaves[code], text)
        except AnswerRefused as refusal:
            told = refusal_sentence(refusal.code, refusal.data, language())
            found.wrong.append(gettext("Tiêu chí %(code)s: %(told)s") % {"code": code, "told": told})
            continue
        if answer is not None:
            answers[code] = answer
    return replace(found, answers=answers, texts=texts)


def _text(sent: QueryDict, standing: Standing, leaf: Node) -> str:
    """What is filled in; what stands where the form is only now shown."""
    name = ANSWER + leaf.code
    if not any(key == name or key.startswith(f"{name}.") for key in sent):
        return _standing_text(standing, leaf)
    return answer_in(leaf, name, sent)[:LONGEST]


def _standing_text(standing: Standing, leaf: Node) -> str:
    held = standing.assessment.node(standing.unit, leaf.code).answer
    return written(held) if isinstance(held, Input | NoCase) else ""


def _answer(standing: Standing, leaf: Node, text: str) -> Answer | None:
    """The other answer; None where it is what stands. A survey keeps its error. Raises AnswerRefused."""
    if text == _standing_text(standing, leaf):
        return None
    answer = read_answer(leaf, text)
    held = standing.assessment.node(standing.unit, leaf.code).answer
    if isinstance(answer, Input) and isinstance(held, Input):
        if answer.value == held.value:
            return None
        answer = replace(answer, se=held.se, n=held.n)
    who = standing.assessment.table.participants[standing.unit]
    score_answer(leaf, answer, leaf.max_for(who.type), calendar=standing.assessment.framework.calendar)
    return answer


def without_trial(sent: QueryDict) -> QueryDict:
    """The question with nothing to try."""
    kept = sent.copy()
    for key in [k for k in kept if k.startswith((LEVEL, ANSWER)) or k == OPEN]:
        del kept[key]
    return kept
