"""Papers as PDF: 63 reports of units beside bare Typst, an annex of 100 pages beside WeasyPrint.

Every side says the same rows. Each runs as a process of its own, imports left out of its seconds. Bare Typst
is the same table in a document written by hand, without letterhead, notes or archive standard; WeasyPrint
is asked where it is installed, or by the Python that WEASYPRINT_PYTHON names.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape
from importlib.util import find_spec
from random import Random

from common import Row, Say, in_turn, peak_megabytes, ratio_of, run_json


UNITS, LEAVES, ANNEX_ROWS, TIMES = 63, 88, 3_300, 3
OURS, TYPST, WEASY = "parindex", "bare Typst", "WeasyPrint"
HEADS = ("Mã", "Lĩnh vực, tiêu chí", "Điểm tối đa", "Điểm đạt được", "Số liệu", "Tài liệu")
ANNEX_HEADS = ("TT", "Cơ quan, đơn vị, địa phương", "Điểm tối đa", "Điểm đạt được", "Chỉ số (%)", "Xếp hạng")
WIDTHS = (10, 52, 16, 18, 22, 24)
REPORTS, ANNEX = "reports", "annex"


def rows(say: Say) -> list[Row]:
    """Seconds and memory of every side."""

    def side(what: str, name: str, python: str = sys.executable) -> Callable[[], list[float]]:
        return partial(run_json, [python, __file__, what, name])

    reports = in_turn({s: side(REPORTS, s) for s in (OURS, TYPST)}, times=TIMES, say=say)
    found = [_row(f"{UNITS} reports of units as PDF", reports, TYPST, 1.3)]
    python = os.environ.get("WEASYPRINT_PYTHON") or (sys.executable if find_spec("weasyprint") else "")
    sides = {OURS: side(ANNEX, OURS)} | ({WEASY: side(ANNEX, WEASY, python)} if python else {})
    annex = in_turn(sides, times=TIMES if not python else 2, say=say)
    found.append(_row(f"annex of {ANNEX_ROWS:,} rows as PDF", annex, WEASY, 0.15))
    return found


def _row(what: str, runs: dict[str, list[list[float]]], anchor: str, goal: float) -> Row:
    if anchor not in runs:
        return Row(what, figure(runs[OURS]), f"– ({anchor})", None, goal)
    seconds = {name: [run[0] for run in found] for name, found in runs.items()}
    shown = f"{figure(runs[anchor])} ({anchor})"
    return Row(what, figure(runs[OURS]), shown, ratio_of(seconds[OURS], seconds[anchor]), goal)


def figure(runs: Sequence[Sequence[float]]) -> str:
    """Medians of the times, the greatest memory, the pages."""
    seconds, megabytes, pages = (statistics.median(run[k] for run in runs) for k in range(3))
    return f"{seconds:.2f} s, {megabytes:.0f} MB, {pages:.0f} pages"


# the sides, each in its own process; WeasyPrint's may not know parindex


def side(what: str, name: str) -> None:
    """Run one side; print seconds, megabytes and pages."""

    run = {(REPORTS, OURS): reports_ours, (REPORTS, TYPST): reports_bare, (ANNEX, OURS): annex_ours}
    seconds, pages = run.get((what, name), annex_weasyprint)()
    print(json.dumps([seconds, peak_megabytes(), pages]))


def leaves(unit: int) -> list[list[str]]:
    """The rows of one unit's report."""
    dice = Random(unit)
    return [
        [
            f"{k % 8 + 1}.{k % 11 + 1}",
            "Tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng hạn",
            "2,00",
            f"{dice.random() * 2:.2f}".replace(".", ","),
            f"{dice.randrange(9_000)}/9.000",
            f"{dice.randrange(900)}/BC-UBND",
        ]
        for k in range(LEAVES)
    ]


def lines() -> list[list[str]]:
    """The rows of the annex."""
    dice = Random(1)
    figures = (f"{dice.random() * 100:.2f}".replace(".", ",") for _ in iter(int, 1))
    return [
        [str(k), f"Ủy ban nhân dân xã số {k}", "100,00", next(figures), next(figures), str(k)]
        for k in range(1, ANNEX_ROWS + 1)
    ]


def _paper(heads: Sequence[str], told: Sequence[Sequence[str]]):
    from parindex.core.papers import Appendix, Column, Paper, Paragraph, Signature, Table
    from parindex.core.papers import Row as Line

    columns = [Column(head, width) for head, width in zip(heads, WIDTHS, strict=True)]
    return Paper(
        issuer="Ủy ban nhân dân tỉnh Minh Họa",
        notation="BC-UBND",
        place="Minh Họa",
        as_of=date(2026, 1, 5),
        kind="Báo cáo",
        about="Kết quả tự đánh giá, chấm điểm cải cách hành chính năm 2025",
        body=[Paragraph("Căn cứ Quyết định số 1/QĐ-UBND;", "ground"), Paragraph("Kết quả như sau:")],
        signatures=[Signature(("Chủ tịch",))],
        appendices=[Appendix("Phụ lục", "Bảng tổng hợp", [Table(columns, [Line(row) for row in told])])],
        code="ABCDEFGH2345",
    )


def _timed(run: Callable[[], list[bytes]]) -> tuple[float, int]:
    start = time.perf_counter()
    made = run()
    return time.perf_counter() - start, sum(map(_pages, made))


def _pages(content: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(content))


def reports_ours() -> tuple[float, int]:
    """Each unit's report, as the site makes it from plain data."""
    import typst  # noqa: F401  its import is not what is measured

    from parindex.core.papers import pdf_file

    told = [leaves(unit) for unit in range(UNITS)]
    return _timed(lambda: [pdf_file(_paper(HEADS, rows)) for rows in told])


def reports_bare() -> tuple[float, int]:
    """The same tables as somebody who knows Typst would write them."""
    import typst

    told = [_bare(HEADS, leaves(unit)) for unit in range(UNITS)]
    return _timed(lambda: [typst.compile(t, format="pdf", ignore_system_fonts=True) for t in told])


def _bare(heads: Sequence[str], told: Sequence[Sequence[str]]) -> bytes:
    cells = ",".join(f"[{cell}]" for row in told for cell in row)
    head = ",".join(f"[*{h}*]" for h in heads)
    return (
        '#set page(paper: "a4", margin: 2cm, numbering: "1")\n'
        '#set text(font: "Libertinus Serif", size: 12pt)\n'
        "Kết quả như sau:\n#table(columns: (10fr, 52fr, 16fr, 18fr, 22fr, 24fr), "
        f"table.header({head}), {cells})"
    ).encode()


def annex_ours() -> tuple[float, int]:
    """One paper with a long annex."""
    import typst  # noqa: F401  its import is not what is measured

    from parindex.core.papers import pdf_file

    told = lines()
    return _timed(lambda: [pdf_file(_paper(ANNEX_HEADS, told))])


def annex_weasyprint() -> tuple[float, int]:
    """The same rows from HTML, with the head on every page."""
    import weasyprint

    head = "".join(f"<th>{h}</th>" for h in ANNEX_HEADS)
    columns = "".join(f'<col style="width:{width / 1.42:.1f}%">' for width in WIDTHS)
    body = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in lines())
    html = (
        "<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:20mm 15mm 20mm 30mm;"
        "@top-center{content:counter(page)}}body{font:12pt 'Liberation Serif',serif}"
        "table{border-collapse:collapse;width:100%}"
        "table{table-layout:fixed}td,th{border:.5pt solid;padding:3.5pt 4pt;line-height:1.2}"
        f"</style><table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>{body}</table>"
    )
    start = time.perf_counter()
    document = weasyprint.HTML(string=html).render()
    document.write_pdf()
    return time.perf_counter() - start, len(document.pages)


if __name__ == "__main__":
    side(*sys.argv[1:])
