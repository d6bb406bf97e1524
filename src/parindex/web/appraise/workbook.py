"""Own criteria over all units as a workbook to fill in away from the site, and back.

Only the ruling, its points and its reason can be typed in it. Each row carries a hidden key that says which
case it is and what stood when the file was made, with a seal; what was typed is read by the rows' keys, so
that sorting or deleting rows does no harm.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext

from parindex.apps.assessments.actions import Verdict
from parindex.apps.assessments.ledger import round_name
from parindex.apps.assessments.models import Round
from parindex.apps.assessments.queries.appraising import Case, Part, Standing
from parindex.apps.assessments.rules.appraising import check_ruling
from parindex.core.kernel.problems import Refused
from parindex.core.wording.checks import check_sentence
from parindex.web.appraise.frame import Turn
from parindex.web.appraise.rows import rule_words
from parindex.web.parts.answers import answer_facts
from parindex.web.parts.languages import language
from parindex.web.parts.sent_tables import CellRefused, Fault, workbook_rows
from parindex.web.parts.templatetags.parts import bare, points, said


KEY, RULING, POINTS, REASON = 0, 10, 11, 12
WIDTHS = (2, 7, 34, 40, 26, 26, 9, 9, 9, 34, 15, 12, 40)
SEAL = Signer(salt="appraise.workbook.row")
SPARE_ROWS = 3


def acts() -> dict[str, str]:
    """What may be chosen in the ruling's column, and what it means."""
    return {
        gettext("chấp nhận"): "accept",
        gettext("điểm khác"): "points",
        gettext("không đánh giá"): "na",
    }


def headings() -> list[str]:
    """The head of the table."""
    return [
        gettext("Khóa (không sửa)"),
        gettext("Mã"),
        gettext("Tiêu chí"),
        gettext("Cách chấm"),
        gettext("Đơn vị"),
        gettext("Đơn vị trả lời"),
        gettext("Điểm tối đa"),
        gettext("Điểm tự chấm"),
        gettext("Điểm hiện tại"),
        gettext("Cần xem kỹ"),
        gettext("Kết luận"),
        gettext("Điểm thẩm định"),
        gettext("Lý do"),
    ]


def in_workbook(part: Part) -> list[Case]:
    """The cases that can be ruled on in a workbook: neither those that are being explained, nor penalties."""
    ruled = (Standing.WAITING, Standing.DONE)
    return [c for c in part.cases if c.is_first and not c.held and c.standing in ruled]


def workbook(part: Part) -> bytes:
    """The file."""
    import xlsxwriter  # type: ignore[import-untyped]

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(gettext("Thẩm định"))
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        fixed = book.add_format({"text_wrap": True, "valign": "top"})
        typed = book.add_format({"text_wrap": True, "valign": "top", "locked": False, "bg_color": "#FFF9E5"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width, None, {"hidden": column == KEY})
        sheet.write_row(0, 0, headings(), head)
        cases = in_workbook(part)
        for line, case in enumerate(cases, start=1):
            for column, text in enumerate(_cells(part.round, case)):
                sheet.write_string(line, column, text, fixed)
            for column in (RULING, POINTS, REASON):
                sheet.write_blank(line, column, None, typed)
        choice = {"validate": "list", "source": list(acts())}
        sheet.data_validation(1, RULING, max(len(cases), 1), RULING, choice)
        sheet.freeze_panes(1, 5)
        sheet.autofilter(0, 0, max(len(cases), 1), REASON)
        sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    return out.getvalue()


def _cells(round_: Round, case: Case) -> list[str]:
    facts = answer_facts(case.leaf, case.said.answer if case.said else "", language())
    answer = "; ".join(f"{label}: {value}" if label else value for label, value in facts)
    rule = said(case.leaf.printed) if case.leaf.printed else "\n".join(rule_words(case))
    return [
        _key(round_, case),
        case.leaf.code,
        said(case.leaf.name),
        rule,
        said(case.participant.name),
        answer,
        bare(case.maximum),
        points(case.said_points) if case.said else "–",
        points(case.points),
        "\n".join(check_sentence(f.code, f.data, language()) for f in case.doubts),
    ]


def _key(round_: Round, case: Case) -> str:
    """Round, unit, leaf, what stood; and the seal over them."""
    stood = case.stood.pk if case.stood else 0
    plain = f"{round_name(round_)}|{case.participant.unit.code}|{case.leaf.code}|{stood}"
    return f"{plain}|{SEAL.signature(plain)}"


@dataclass(frozen=True, slots=True)
class Change:
    """What one row would rule: the cell that says so, the case, and the verdict."""

    cell: str
    case: Case
    verdict: Verdict


def read_workbook(content: bytes, file: str, *, part: Part, turn: Turn) -> tuple[list[Change], list[Fault]]:
    """What a filled-in file would change, and every fault with its cell; untouched rows are neither.

    Raises:
        FileRefused: it is no workbook that can be read. Refused ``workbook_of_other_table``.
    """
    rows = workbook_rows(content, file)
    if not rows or rows[0][1][: REASON + 1] != headings():
        raise Refused("workbook_of_other_table")
    known = {(c.participant.unit.code, c.leaf.code): c for c in in_workbook(part)}
    changes: list[Change] = []
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for line, cells in rows[1:]:
        cells = [*cells, *[""] * (REASON + 1 - len(cells))]
        if not any(cells[RULING : REASON + 1]):
            continue
        try:
            case, stood = _case(part.round, cells[KEY], known)
            place = case.participant.unit.code, case.leaf.code
            if place in seen:
                raise CellRefused(
                    "A", Refused("row_twice", leaf=case.leaf.code, unit=case.participant.name_vi)
                )
            seen.add(place)
            changes.append(_change(part, turn, line, case=case, stood=stood, cells=cells))
        except CellRefused as wrong:
            faults.append(wrong.at(line))
    return changes, faults


def _case(round_: Round, key: str, known: Mapping[tuple[str, str], Case]) -> tuple[Case, int]:
    """The case a row is about, and the ruling that stood when the file was made."""
    plain, _, seal = key.rpartition("|")
    if not plain or not constant_time_compare(seal, SEAL.signature(plain)):
        raise CellRefused("A", Refused("row_key_broken"))
    name, unit, leaf, stood = plain.split("|")
    if name != round_name(round_):
        raise CellRefused("A", Refused("row_of_other_round", round=name))
    case = known.get((unit, leaf))
    if case is None:
        raise CellRefused("A", Refused("row_not_yours", leaf=leaf, unit=unit))
    return case, int(stood)


def _change(part: Part, turn: Turn, line: int, *, case: Case, stood: int, cells: Sequence[str]) -> Change:
    """One row as a verdict that would be taken. Raises CellRefused."""
    act = {word.casefold(): code for word, code in acts().items()}.get(cells[RULING].casefold())
    if act is None and cells[RULING]:
        raise CellRefused("K", Refused("ruling_unknown", text=cells[RULING], known=tuple(acts())))
    if act is None or (act != "points" and cells[POINTS]) or (act == "points" and not cells[POINTS]):
        raise CellRefused("L" if act else "K", Refused("ruling_missing"))
    answers = {
        "accept": case.said.answer if case.said else "",
        "na": "n/a",
        "points": f"points:{cells[POINTS]}",
    }
    if case.lead in turn.signed or turn.phase is None:
        raise CellRefused("K", Refused("part_closed"))
    before = case.stood.answer if case.stood else ""
    if stood != (case.stood.pk if case.stood else 0):
        raise CellRefused("K", Refused("case_changed", leaf=case.leaf.code, unit=case.participant.name_vi))
    verdict = Verdict(case.participant.pk, case.leaf.code, answers[act], cells[REASON][:4000], seen=stood)
    try:
        check_ruling(
            part.framework,
            case.participant,
            case.leaf,
            answer=verdict.answer,
            before=before,
            reason=verdict.reason,
        )
    except Refused as refusal:
        column = "M" if refusal.code == "reason_needed" else "L" if act == "points" else "K"
        raise CellRefused(column, refusal) from None
    return Change(f"K{line}", case, verdict)


def packed(changes: Sequence[Change]) -> list[list[Any]]:
    """Verdicts as plain data, to be carried by the confirmation's form."""
    return [
        [c.verdict.participant, c.verdict.leaf, c.verdict.answer, c.verdict.reason, c.verdict.seen]
        for c in changes
    ]


def unpacked(rows: Sequence[Sequence[Any]]) -> Iterator[Verdict]:
    """And back."""
    for participant, leaf, answer, reason, seen in rows:
        yield Verdict(participant, leaf, answer, reason, seen=seen)
