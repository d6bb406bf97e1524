"""A table of raw answers, a row for each form: which column answers what, and what a cell chooses.

Columns are known by the code of their question, of a grid's line by ``question.line`` or the line's code;
what stands before a stroke (``section/question``, as KoboToolbox and ODK export it) is passed over. A cell
holds the code of an option or its words, in either language; several are parted by blanks or semicolons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.core.formats.folded import folded
from parindex.core.surveys.questionnaire import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Place:
    """What a column answers: a question, or the line of a grid."""

    question: Question
    row: str = ""


def columns_of(questionnaire: Questionnaire, header: Sequence[str]) -> dict[int, Place]:
    """By the column's position, what it answers; of two for one place the first. Others are left out."""
    known: dict[str, Place] = {}
    for q in questionnaire.questions:
        for row in q.rows:
            known[f"{q.code}.{row.code}".casefold()] = Place(q, row.code)
            known.setdefault(row.code.casefold(), Place(q, row.code))
    known |= {q.code.casefold(): Place(q) for q in questionnaire.questions if not q.rows}
    found: dict[int, Place] = {}
    for k, head in enumerate(header):
        place = known.get(head.rpartition("/")[2].strip().casefold())
        if place is not None and place not in found.values():
            found[k] = place
    return found


def parts_of(questionnaire: Questionnaire, header: Sequence[str]) -> set[int]:
    """Columns that say a chosen option of a multiple question once more (``question/option``)."""
    several = {q.code.casefold(): q for q in questionnaire.questions if q.kind == "multiple"}
    found = set[int]()
    for k, head in enumerate(header):
        above, _, last = head.strip().rpartition("/")
        question = several.get(above.rpartition("/")[2].casefold())
        if question is not None and question.option(last) is not None:
            found.add(k)
    return found


def raw_answers(columns: Mapping[int, Place], cells: Sequence[str]) -> dict[str, object]:
    """The raw answers of a row, as `parindex.core.surveys.answering.check_answers` takes them."""
    raw: dict[str, object] = {}
    for k, place in columns.items():
        said = cells[k].strip() if k < len(cells) else ""
        if not said:
            continue
        question = place.question
        if question.kind == "multiple":
            raw[question.code] = _several(question, said)
        elif place.row:
            lines = raw.setdefault(question.code, {})
            assert isinstance(lines, dict)
            lines[place.row] = _chosen(question, said)
        else:
            raw[question.code] = _chosen(question, said) if question.options else said
    return raw


def _chosen(question: Question, said: str) -> str:
    """The code of the option that is meant; what means none stays as it is, to be refused by its words."""
    if question.option(said) is not None:
        return said
    asked = folded(said)
    meant = [
        o.code for o in question.options if asked in {folded(o.code), folded(o.text.vi), folded(o.text.en)}
    ]
    return meant[0] if len(meant) == 1 else said


def _several(question: Question, said: str) -> list[str]:
    parts = [p.strip() for p in said.split(";")] if ";" in said else [said]
    if len(parts) == 1 and question.option(_chosen(question, said)) is None:
        parts = said.split()
    return [_chosen(question, p) for p in parts if p]
