"""Papers of the appraisal: the notice of its first result, and the report to the council."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from parindex.core.papers.paper import BLANK, Block, Column, Paper, Paragraph, Row, Table
from parindex.core.papers.rounds import phrases as say
from parindex.core.papers.rounds.annexes import annexes_of, counted
from parindex.core.papers.rounds.facts import Appraised, RoundFacts
from parindex.core.wording.notation import instant


FIRST = (
    Column("TT", 11, "centre"),
    Column("Cơ quan, đơn vị, địa phương", 62),
    Column("Điểm tự chấm", 18, "centre"),
    Column("Điểm thẩm định", 18, "centre"),
    Column("Chênh lệch", 18, "centre"),
    Column("Số tiêu chí giảm điểm", 20, "centre"),
)
UNROUNDED = "Chênh lệch tính từ điểm chưa làm tròn."
WORST = (
    Column("Mã", 14, "centre"),
    Column("Tiêu chí", 90),
    Column("Số đơn vị giảm điểm", 24, "centre"),
    Column("Tổng điểm giảm", 24, "centre"),
)
SHARES = (
    Column("TT", 11, "centre"),
    Column("Cơ quan thẩm định", 75),
    Column("Số, ngày văn bản gửi kết quả", 70),
)


def first_notice(facts: RoundFacts) -> Paper:
    """Thông báo: each unit's own points, those of the first appraisal, and until when it may explain."""
    return Paper(
        issuer=say.standing(facts.office),
        parent=say.body(facts),
        notation=say.standing_notation(facts.office, "TB"),
        place=say.place(facts),
        as_of=facts.as_of,
        kind="Thông báo",
        about=f"Kết quả thẩm định lần 1 {facts.subject} năm {facts.year}",
        body=list(_first(facts)),
        recipients=say.recipients(f"Các {say.UNITS} có tên trong Thông báo;", f"Thành viên {say.COUNCIL};"),
        signatures=[say.standing_signer(facts.office)],
        notice=facts.notice,
    )


def _first(facts: RoundFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Thực hiện “{facts.title}”, các cơ quan thẩm định đã thẩm định xong lần 1 kết quả tự đánh giá, "
        f"chấm điểm. "
        f"{say.standing(facts.office)} thông báo kết quả như sau:"
    )
    for k, (group, units) in enumerate(facts.first, start=1):
        yield Paragraph(f"{k}. {group}", "heading")
        yield Table(FIRST, [_first_row(n, one, facts) for n, one in enumerate(units, start=1)])
    yield Paragraph(UNROUNDED, lead="Ghi chú:")
    closes = next((p.closes for p in facts.phases if p.kind == "explanation"), None)
    until = f"trước {instant(closes, say.VI)}" if closes else f"trước {say.long_day(None)}"
    yield Paragraph(
        "Điểm và lý do của từng tiêu chí được xem trên hệ thống. Trường hợp không thống nhất với kết "
        "quả thẩm định, đề "
        f"nghị các {say.UNITS} gửi giải trình kèm tài liệu kiểm chứng trên hệ thống {until}; quá thời "
        f"hạn, kết quả thẩm "
        "định được giữ nguyên để trình Hội đồng."
    )
    yield Paragraph(f"{say.standing(facts.office)} thông báo để các {say.UNITS} biết, thực hiện./.")


def _first_row(position: int, one: Appraised, facts: RoundFacts) -> Row:
    moved = one.given - one.claimed
    return Row(
        [
            str(position),
            one.unit,
            say.shown(one.claimed, facts),
            say.shown(one.given, facts),
            say.shown(moved, facts),
            str(one.lowered),
        ]
    )


def report(facts: RoundFacts) -> Paper:
    """Báo cáo kết quả thẩm định: how it went, what it gives, where units overrate themselves."""
    return Paper(
        issuer=say.standing(facts.office),
        parent=say.body(facts),
        notation=say.standing_notation(facts.office, "BC"),
        place=say.place(facts),
        as_of=facts.as_of,
        kind="Báo cáo",
        about=f"Kết quả thẩm định {facts.subject} năm {facts.year}",
        to=[say.council(facts)],
        body=list(_report(facts)),
        recipients=say.recipients("Như trên;"),
        signatures=[say.standing_signer(facts.office)],
        appendices=annexes_of(facts),
        code=facts.code,
        notice=facts.notice,
    )


def _report(facts: RoundFacts) -> Iterator[Block]:
    yield Paragraph(
        f"Thực hiện “{facts.title}”, {say.standing(facts.office)} báo cáo kết quả thẩm định như sau:"
    )
    yield Paragraph("I. QUÁ TRÌNH THỰC HIỆN", "heading")
    yield from _course(facts)
    yield Paragraph("II. KẾT QUẢ", "heading")
    yield from counted(facts)
    yield Paragraph(f"Chi tiết tại {say.annexes(len(facts.groups))} kèm theo.")
    yield Paragraph("III. SO SÁNH ĐIỂM TỰ CHẤM VÀ ĐIỂM THẨM ĐỊNH", "heading")
    yield from _overrating(facts)
    yield Paragraph("IV. KIẾN NGHỊ, ĐỀ XUẤT", "heading")
    yield Paragraph(f"{say.standing(facts.office)} kính trình {say.COUNCIL} xem xét, kết luận: {BLANK}./.")


def _course(facts: RoundFacts) -> Iterator[Block]:
    course = facts.course
    yield Paragraph(
        f"1. Tự đánh giá: {course.handed_in}/{course.units} đơn vị đã nộp bảng tự đánh giá, chấm điểm"
        + (f", trong đó {course.late} đơn vị nộp chậm." if course.late else ".")
    )
    yield Paragraph(f"2. Thẩm định: {len(facts.leads)} cơ quan thẩm định theo lĩnh vực được phân công.")
    if facts.signed_off:
        yield Table(SHARES, [Row([str(k), *one]) for k, one in enumerate(facts.signed_off, start=1)])
    yield Paragraph(
        f"3. Giải trình: {course.explained} trường hợp, trong đó {course.before_council} trường hợp "
        f"trình Hội đồng, "
        f"{course.ruled} trường hợp Hội đồng đã kết luận."
    )


def _overrating(facts: RoundFacts) -> Iterator[Block]:
    course = facts.course
    share = course.overrated / course.assessed * 100 if course.assessed else Fraction(0)
    yield Paragraph(
        f"Tổng điểm tự chấm cao hơn tổng điểm sau thẩm định {say.shown(course.overrated, facts)} điểm, bằng "
        f"{say.shown(share, facts)}% tổng điểm tối đa áp dụng của các tiêu chí tự chấm; "
        f"{course.lowered} lượt tiêu chí "
        "giảm điểm."
        if course.overrated >= 0
        else f"Tổng điểm sau thẩm định cao hơn tổng điểm tự chấm {say.shown(-course.overrated, facts)} điểm; "
        f"{course.lowered} lượt tiêu chí giảm điểm."
    )
    if facts.worst:
        yield Paragraph("Các tiêu chí giảm điểm nhiều nhất:")
        yield Table(
            WORST,
            [Row([code, name, str(n), say.shown(points, facts)]) for code, name, n, points in facts.worst],
        )
