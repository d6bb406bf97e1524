"""Raw answers of one respondent to one form: what is kept of them, and what is wrong with them.

What is kept (JSON values): the code of an option for single and scale; codes in the questionnaire's order for
multiple; row -> code for a grid; text; a number as text (``12.5``). Questions without an answer are absent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parindex.core.kernel.numbers import decimal_text, read_number
from parindex.core.kernel.problems import AnswerRefused, Problem
from parindex.core.surveys.questionnaire import Condition, Question, Questionnaire


Kept = str | list[str] | dict[str, str]
LONGEST = 2_000
"""Characters of a text answer where the question names no limit."""
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers after the check.

    Attributes:
        answers: what may be kept, by question; complete only where `problems` is empty.
        problems: each with the path (question,) or (question, row).
        shown: codes of the questions that these answers make the form ask.
    """

    answers: dict[str, Kept] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    shown: tuple[str, ...] = ()


def check_answers(
    questionnaire: Questionnaire, raw: Mapping[str, object], *, once: bool | None = None
) -> Checked:
    """Check and clean one form.

    Args:
        raw: question -> text, list of texts (multiple), mapping of rows (grid); blanks are no answers.
        once: True for the questions of a sitting alone, False for those of a rated unit alone, None for all.
            Answers to the others may stand in `raw`: conditions look at them.

    Answers to questions that are not asked (their condition does not hold) are left out. Problem codes:
    ``answer_required``, ``answer_option_unknown``, ``answer_unreadable``, ``answer_too_long``,
    ``answer_too_many``, ``answer_number_range``, ``answer_not_whole``, ``no_opinion_with_others``,
    ``answer_question_unknown``, ``answer_row_unknown``.
    """
    problems = [
        Problem("answer_question_unknown", {"question": str(code)[:40]}, (str(code)[:40],))
        for code in raw
        if code not in questionnaire.by_code
    ]
    known: dict[str, Kept] = {}
    kept: dict[str, Kept] = {}
    shown: list[str] = []
    for question in questionnaire.questions:
        if question.when is not None and not holds(question.when, known):
            continue
        value, found = _clean(question, raw.get(question.code))
        if value:
            known[question.code] = value
        if once is None or question.once == once:
            shown.append(question.code)
            problems += found or _missing(question, value)
            if value:
                kept[question.code] = value
    return Checked(kept, tuple(problems), tuple(shown))


def from_form(
    questionnaire: Questionnaire, fields: Mapping[str, Sequence[str]], prefix: str = ""
) -> dict[str, object]:
    """Raw answers out of a posted form: fields ``prefix + question``, for grids ``prefix + question.row``.

    Fields of other names belong to the page and are not looked at.
    """
    raw: dict[str, object] = {}
    for question in questionnaire.questions:
        name = prefix + question.code
        if question.kind == "grid":
            rows = {r.code: list(fields.get(f"{name}.{r.code}", ())) for r in question.rows}
            raw[question.code] = {row: given[-1] for row, given in rows.items() if given}
        elif given := list(fields.get(name, ())):
            raw[question.code] = given if question.kind == "multiple" else given[-1]
    return raw


def holds(condition: Condition, answers: Mapping[str, Kept]) -> bool:
    """Whether a condition is true of kept answers."""
    if condition.all_:
        return all(holds(part, answers) for part in condition.all_)
    if condition.any_:
        return any(holds(part, answers) for part in condition.any_)
    answer = answers.get(condition.question)
    if isinstance(answer, dict):
        answer = answer.get(condition.row)
    if not answer:
        return False
    if condition.at_least is not None or condition.at_most is not None:
        return isinstance(answer, str) and _within(condition, answer)
    chosen = {answer} if isinstance(answer, str) else set(answer)
    return bool(chosen & set(condition.is_)) if condition.is_ else not chosen & set(condition.is_not)


def _within(condition: Condition, answer: str) -> bool:
    number = read_number(answer)
    return (condition.at_least is None or number >= condition.at_least) and (
        condition.at_most is None or number <= condition.at_most
    )


def plain_text(text: str) -> str:
    """Text as it is kept: composed (NFC), lines ended by a line feed, without signs that are not seen.

    Scripts, emoji and right-to-left text stay as they are: pages show them as text. Halves of surrogate
    pairs, which no database keeps, become U+FFFD.
    """
    text = SURROGATE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub("", unicodedata.normalize("NFC", text)).strip()


def _missing(question: Question, value: Kept | None) -> list[Problem]:
    """What a required question lacks: of a grid, every row without an answer."""
    if not question.required:
        return []
    if question.kind == "grid":
        given = value if isinstance(value, dict) else {}
        rows = [r.code for r in question.rows if r.code not in given]
        return [_problem(question, "answer_required", row=row) for row in rows]
    return [] if value else [_problem(question, "answer_required")]


def _problem(question: Question, code: str, *, row: str = "", **data: object) -> Problem:
    where = (question.code, row) if row else (question.code,)
    return Problem(code, {"question": question.code, "row": row, **data}, where)


def _clean(question: Question, given: object) -> tuple[Kept | None, list[Problem]]:
    """One answer as it is kept, or what is wrong with it."""
    if given is None or given in ("", [], {}):
        return None, []
    if question.kind == "grid":
        return _clean_grid(question, given)
    if question.kind == "multiple":
        return _clean_multiple(question, [given] if isinstance(given, str) else given)
    if isinstance(given, int | float) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        return None, [_problem(question, "answer_unreadable")]
    return _clean_text(question, given) if question.kind == "text" else _clean_word(question, given.strip())


def _clean_word(question: Question, given: str) -> tuple[Kept | None, list[Problem]]:
    """A number, or the code of an option."""
    if not given:
        return None, []
    if question.kind == "number":
        return _clean_number(question, given)
    return (given, []) if question.option(given) else (None, [_unknown(question, given)])


def _unknown(question: Question, given: object, *, row: str = "") -> Problem:
    return _problem(question, "answer_option_unknown", row=row, option=str(given)[:40])


def _clean_text(question: Question, given: str) -> tuple[Kept | None, list[Problem]]:
    limit = question.longest or LONGEST
    # a text far beyond its limit is not worth composing
    text = given if len(given) > 4 * limit else plain_text(given)
    if len(text) > limit:
        return None, [_problem(question, "answer_too_long", length=len(text), limit=limit)]
    return text or None, []


def _clean_number(question: Question, given: str) -> tuple[Kept | None, list[Problem]]:
    try:
        number = read_number(given)
    except AnswerRefused:
        return None, [_problem(question, "answer_unreadable")]
    least, most = question.least, question.most
    if (least is not None and number < least) or (most is not None and number > most):
        return None, [_problem(question, "answer_number_range", least=least, most=most)]
    if question.whole and number.denominator != 1:
        return None, [_problem(question, "answer_not_whole")]
    return decimal_text(number), []


def _clean_multiple(question: Question, given: object) -> tuple[Kept | None, list[Problem]]:
    if not isinstance(given, Iterable) or isinstance(given, Mapping):
        return None, [_problem(question, "answer_unreadable")]
    chosen = [str(code) for code in given if code != ""]
    unknown = [code for code in chosen if question.option(code) is None]
    if unknown:
        return None, [_unknown(question, unknown[0])]
    kept = [o for o in question.options if o.code in chosen]
    if len(kept) > 1 and any(o.no_opinion for o in kept):
        return None, [_problem(question, "no_opinion_with_others")]
    if question.most_chosen is not None and len(kept) > question.most_chosen:
        return None, [_problem(question, "answer_too_many", limit=question.most_chosen)]
    return [o.code for o in kept] or None, []


def _clean_grid(question: Question, given: object) -> tuple[Kept | None, list[Problem]]:
    if not isinstance(given, Mapping):
        return None, [_problem(question, "answer_unreadable")]
    rows = {r.code for r in question.rows}
    problems: list[Problem] = []
    kept: dict[str, str] = {}
    for row, option in given.items():
        if row not in rows:
            problems.append(_problem(question, "answer_row_unknown", row=str(row)[:40]))
        elif option in ("", None):
            continue
        elif not isinstance(option, str) or question.option(option) is None:
            problems.append(_unknown(question, option, row=str(row)))
        else:
            kept[str(row)] = option
    ordered = {r.code: kept[r.code] for r in question.rows if r.code in kept}
    return ordered or None, problems
