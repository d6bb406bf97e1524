"""Hand-over tables of a published result: for quality grading, for emulation, for units that must explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, override

from parindex.apps.assessments.models import Round
from parindex.apps.improvement.handover import (
    Bounds,
    Condition,
    Ground,
    HandedLine,
    conditions,
    grounds,
    handed_framework,
    handed_lines,
)
from parindex.core.kernel.framework import Framework
from parindex.core.kernel.numbers import read_number
from parindex.core.kernel.problems import Refused
from parindex.core.kernel.time import legal_date
from parindex.web.improve.handover_paper import letter
from parindex.web.parts import files
from parindex.web.parts.doors import Desk
from parindex.web.parts.finding import visible_round
from parindex.web.parts.papers import paper_file
from parindex.web.parts.templatetags.parts import points, said


QUALITY, EMULATION, EXPLAIN = "xep-loai", "thi-dua", "giai-trinh"
MOST_PLACES = 100
WORD = "docx"


@dataclass(frozen=True)
class Table:
    """One table as the page and the files show it."""

    name: str
    title: str
    note: str
    header: Sequence[str]
    rows: Sequence[Sequence[files.Cell]]


@dataclass(frozen=True)
class Asked:
    """What the address asks: the least grade by its position, and from when on a unit must explain."""

    least: int
    bounds: Bounds
    wrong: Sequence[str]


def handover(request: Desk, *, round: str) -> HttpResponse:  # noqa: A002  the address's word
    """The three tables, with what is asked of them."""
    round_, framework = _published(request, round)
    asked = _read(request, framework)
    lines = handed_lines(round_, legal_date(request.at))
    here = reverse("improve:handover", args=[round_])
    query = request.GET.urlencode()
    context = {
        "section": "start",
        "round": round_,
        "bands": list(framework.grades.bands),
        "asked": asked,
        "least": framework.grades.bands[asked.least].id if framework.grades.bands else "",
        "tables": [
            {
                "table": table,
                "heads": _heads(table),
                "rows": [_cells(table.header, row) for row in table.rows],
                "files": [*files.links(f"{here}{table.name}/", query), _word(f"{here}{table.name}/", query)],
            }
            for table in _tables(lines, framework, asked)
        ],
    }
    return render(request, "improve/handover.html", context)


def handover_file(request: Desk, *, round: str, table: str, kind: str) -> HttpResponse:  # noqa: A002
    """One of them as a file; as .docx a letter with the table, in Vietnamese as every paper."""
    round_, framework = _published(request, round)
    today = legal_date(request.at)
    with override("vi" if kind == WORD else get_language()):
        tables = _tables(handed_lines(round_, today), framework, _read(request, framework))
        found = next((t for t in tables if t.name == table), None)
        if found is None:
            raise Http404(table)
        name = f"{round_.territory.code}-{round_.code}-{table}"
        if kind == WORD:
            paper = letter(
                round_,
                table,
                title=found.title,
                note=found.note,
                header=found.header,
                rows=found.rows,
                on=today,
            )
            return paper_file(paper, name, WORD)
    return files.table_file(kind, name, header=found.header, rows=found.rows, note=found.note)


def _word(folder: str, query: str) -> dict[str, str]:
    return {"url": f"{folder}tai-ve.{WORD}{f'?{query}' if query else ''}", "label": WORD.upper()}


def _published(request: Desk, name: str) -> tuple[Round, Framework]:
    """A published round that the person follows. Raises Http404, NotAllowed."""
    round_ = visible_round(request, name)
    if not round_.is_out:
        raise Http404(name)
    return round_, handed_framework(round_)


def _read(request: Desk, framework: Framework) -> Asked:
    wrong: list[str] = []
    ids = [band.id for band in framework.grades.bands]
    grade = request.GET.get("loai", "")
    text = request.GET.get("bac", "").strip()
    places = Bounds().places
    if text:
        if text.isascii() and text.isdigit() and 0 < int(text[:4]) <= MOST_PLACES:
            places = int(text)
        else:
            wrong.append(gettext("Số bậc giảm phải là số nguyên từ 1 đến 100."))
    below = None
    if index := request.GET.get("chi-so", "").strip():
        try:
            below = read_number(index[:20])
        except Refused:
            wrong.append(gettext("Chỉ số phải là số, ví dụ 80 hoặc 79,5."))
    return Asked(ids.index(grade) if grade in ids else 0, Bounds(places, below), wrong)


def _tables(lines: Sequence[HandedLine], framework: Framework, asked: Asked) -> list[Table]:
    return [_quality(lines), _emulation(lines, framework, asked), _explain(lines, framework, asked)]


def _quality(lines: Sequence[HandedLine]) -> Table:
    return Table(
        QUALITY,
        gettext("Phục vụ đánh giá, xếp loại chất lượng cơ quan"),
        gettext(
            "Số liệu tham khảo khi chấm phần kết quả nhiệm vụ theo Nghị định số 335/2025/NĐ-CP; "
            "không quy đổi thành điểm hay mức xếp loại chất lượng."
        ),
        [
            *_head(),
            gettext("Điểm trừ"),
            gettext("Nhiệm vụ kế hoạch năm"),
            gettext("Hoàn thành"),
            gettext("Đúng hạn"),
            gettext("Quá hạn"),
        ],
        [
            [
                *_first(line),
                line.penalty,
                line.tasks.total,
                line.tasks.done,
                line.tasks.in_time,
                line.tasks.overdue,
            ]
            for line in lines
        ],
    )


def _emulation(lines: Sequence[HandedLine], framework: Framework, asked: Asked) -> Table:
    bands = framework.grades.bands
    least = said(bands[asked.least].name) if bands else ""
    words = {
        Condition.GRADE: gettext("Xếp loại %(grade)s trở lên") % {"grade": least},
        Condition.NO_PENALTY: gettext("Không bị điểm trừ"),
        Condition.IN_TIME: gettext("Nộp bảng tự chấm đúng hạn"),
        Condition.TASKS: gettext("Có nhiệm vụ kế hoạch, không quá hạn"),
    }
    met, unmet = gettext("đạt"), gettext("không đạt")
    return Table(
        EMULATION,
        gettext("Phục vụ thi đua, khen thưởng"),
        gettext("Chỉ nêu điều kiện đạt hay không đạt; hệ thống không đề xuất khen thưởng."),
        [*_head(), *words.values()],
        [
            [*_first(line), *(met if ok else unmet for ok in conditions(line, asked.least).values())]
            for line in lines
        ],
    )


def _explain(lines: Sequence[HandedLine], framework: Framework, asked: Asked) -> Table:
    words = {
        Ground.LOWEST: gettext("xếp loại thấp nhất"),
        Ground.NO_INDEX: gettext("không tính được chỉ số"),
        Ground.GRADE_FELL: gettext("giảm loại so với năm trước"),
        Ground.RANK_FELL: gettext("giảm từ %(n)s bậc trở lên") % {"n": asked.bounds.places},
        Ground.BELOW: gettext("chỉ số dưới mức đã chọn"),
    }
    rows = []
    for line in lines:
        why = grounds(line, len(framework.grades.bands), asked.bounds)
        if why:
            before = line.before
            rows.append(
                [
                    *_first(line),
                    before.index if before else None,
                    before.rank if before else None,
                    "; ".join(words[ground] for ground in why),
                ]
            )
    return Table(
        EXPLAIN,
        gettext("Đơn vị phải giải trình, báo cáo"),
        gettext("Các căn cứ chọn ở trên; năm trước chỉ nêu khi kết quả năm trước đã công bố."),
        [*_head(), gettext("Chỉ số năm trước"), gettext("Hạng năm trước"), gettext("Vì sao phải giải trình")],
        rows,
    )


def _head() -> list[str]:
    return [gettext("Đơn vị"), gettext("Khối"), gettext("Chỉ số"), gettext("Xếp loại"), gettext("Hạng")]


def _first(line: HandedLine) -> list[files.Cell]:
    grade = said(line.band.name) if line.band else None
    return [said(line.participant.name), said(line.group), line.index, grade, line.rank]


def _heads(table: Table) -> list[dict[str, str]]:
    """The header for the page: a column of numbers is one of numbers in its head too."""
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.header)
    return [
        {"text": word, "css": "num" if any(isinstance(c, int | Fraction) for c in column) else ""}
        for word, column in zip(table.header, columns, strict=True)
    ]


def _cells(header: Sequence[str], row: Sequence[files.Cell]) -> list[dict[str, str]]:
    """A row for the page: what each cell is called, says and looks like."""
    return [
        {
            "label": label,
            "text": points(cell) if isinstance(cell, Fraction) else "–" if cell is None else str(cell),
            "css": "num" if isinstance(cell, int | Fraction) else "",
        }
        for label, cell in zip(header, row, strict=True)
    ]
