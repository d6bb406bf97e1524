"""From what was written to an answer, and from an answer to points: the same for every rule."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from parindex.core.kernel.answers import NO_ANSWER, Answer, Input, NoAnswer, NoCase, NotApplicable, Ruled
from parindex.core.kernel.calendar import Calendar
from parindex.core.kernel.framework import Node
from parindex.core.kernel.numbers import decimal_text, read_number
from parindex.core.kernel.problems import AnswerRefused
from parindex.core.kernel.reasons import Reason, Scored
from parindex.core.kernel.rules import SurveyRule, Terms
from parindex.core.kernel.rules.values import NO_CASE_WORDS, NOT_APPLICABLE_WORDS, RULED_WORDS


ZERO = Fraction(0)


def read_answer(leaf: Node, text: str, *, se: str = "", n: str = "") -> Answer:
    """Read what stands for a leaf: nothing, ``n/a``, ``no-case``, ``points:3``, or the input of its rule.

    Args:
        leaf: a node with a rule.
        text: as written; Unicode form and surrounding blanks do not matter.
        se: standard error of a survey value, same unit as the rule's number.
        n: number of respondents.

    Raises:
        AnswerRefused: ``no_case_not_foreseen``, ``se_not_survey``, ``se_negative``, ``se_without_input``,
            ``n_unreadable``, or the rule's own.
    """
    text = text.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    said = _instead_of_input(leaf, text)
    if said is not None:
        if se.strip():
            raise AnswerRefused("se_without_input", text=se)
        return said
    if leaf.rule is None:
        raise AnswerRefused("not_a_leaf", code=leaf.code)
    value = leaf.rule.read(text)
    if not se and not n:
        return Input(value, text)
    return Input(value, text, _standard_error(leaf, se), _respondents(n))


def _instead_of_input(leaf: Node, text: str) -> Answer | None:
    """The words that stand for any leaf; None where the text is its rule's to read."""
    if not text:
        return NO_ANSWER
    if text[0].isdigit():
        return None
    word = text.casefold() if text.isascii() else " ".join(text.casefold().split())
    if word in NOT_APPLICABLE_WORDS:
        return NotApplicable()
    if word in NO_CASE_WORDS:
        if leaf.no_case is None:
            raise AnswerRefused("no_case_not_foreseen", text=text)
        return NoCase()
    before, colon, after = text.partition(":")
    return Ruled(read_number(after)) if colon and before.strip().casefold() in RULED_WORDS else None


def written(answer: Answer) -> str:
    """The text that `read_answer` reads back as this answer (standard error and n stand apart)."""
    if isinstance(answer, Input):
        return answer.text
    if isinstance(answer, Ruled):
        return f"points:{decimal_text(answer.points)}"
    if isinstance(answer, NotApplicable):
        return "n/a"
    return "no-case" if isinstance(answer, NoCase) else ""


def _standard_error(leaf: Node, text: str) -> Fraction | None:
    """A standard error, for rules that a survey may feed."""
    if not text.strip():
        return None
    if not isinstance(leaf.rule, SurveyRule):
        raise AnswerRefused("se_not_survey", text=text)
    se = read_number(text)
    if se < 0:
        raise AnswerRefused("se_negative", text=text)
    return se


def _respondents(text: str) -> int | None:
    """A number of respondents."""
    if not text.strip():
        return None
    n = read_number(text)
    if n.denominator != 1 or n <= 0:
        raise AnswerRefused("n_unreadable", text=text)
    return int(n)


def score_answer(
    leaf: Node, answer: Answer, maximum: Fraction, *, calendar: Calendar
) -> tuple[Fraction, Fraction, Reason]:
    """Points, applicable maximum and reason of one answer under one maximum (> 0).

    Raises:
        AnswerRefused: ``points_out_of_range`` for ruled points outside 0..maximum, or the rule's own refusal.
    """
    if isinstance(answer, Input):
        assert leaf.rule is not None
        scored: Scored = leaf.rule.score(answer.value, Terms(maximum, calendar))
        return scored.points, maximum, scored.reason
    if isinstance(answer, NoAnswer):
        return ZERO, maximum, Reason("no_answer", {"maximum": maximum})
    if isinstance(answer, NotApplicable):
        return ZERO, ZERO, Reason("not_applicable", {"ground": answer.ground})
    if isinstance(answer, Ruled):
        if not 0 <= answer.points <= maximum:
            raise AnswerRefused("points_out_of_range", points=answer.points, maximum=maximum)
        return answer.points, maximum, Reason("ruled", {"points": answer.points, "ground": answer.ground})
    return _no_case(leaf, maximum)


def _no_case(leaf: Node, maximum: Fraction) -> tuple[Fraction, Fraction, Reason]:
    """Nothing arose: what the leaf declares for it."""
    gives = leaf.no_case
    if gives is None:
        raise AnswerRefused("no_case_not_foreseen", text="no-case")
    reason = Reason("no_case", {"gives": gives, "maximum": maximum})
    if gives == "not_applicable":
        return ZERO, ZERO, reason
    return (maximum if gives == "full" else ZERO), maximum, reason
