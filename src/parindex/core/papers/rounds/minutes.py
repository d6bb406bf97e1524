"""The minutes of the council (biên bản họp Hội đồng thẩm định)."""

from __future__ import annotations

from collections.abc import Iterator

from parindex.core.papers.paper import BLANK, Block, Column, Paper, Paragraph, Row, Signature, Table
from parindex.core.papers.rounds import phrases as say
from parindex.core.papers.rounds.annexes import annexes_of, counted
from parindex.core.papers.rounds.facts import RoundFacts, Ruled
from parindex.core.papers.rounds.opening import CHAIR, IN_COUNCIL


RULINGS = (
    Column("TT", 11, "centre"),
    Column("Đơn vị, tiêu chí", 44),
    Column("Ý kiến của đơn vị", 36),
    Column("Trước khi họp", 15, "centre"),
    Column("Kết luận", 15, "centre"),
    Column("Lý do", 42),
)


def minutes(facts: RoundFacts) -> Paper:
    """Who sat, what was ruled on with both sides' words, what the result is."""
    return Paper(
        issuer=say.COUNCIL,
        parent=say.body(facts),
        notation="BB-HĐTĐ",
        place=say.place(facts),
        as_of=facts.as_of,
        kind="Biên bản",
        about=f"Họp {say.council(facts)}",
        body=list(_told(facts)),
        signatures=[Signature(("Thư ký",)), Signature(("Chủ tịch Hội đồng",), _chair(facts))],
        appendices=annexes_of(facts),
        code=facts.code,
        notice=facts.notice,
    )


def _chair(facts: RoundFacts) -> str:
    chairs = [one.name for one in facts.members if one.role == CHAIR]
    return chairs[0] if len(chairs) == 1 else ""


def _told(facts: RoundFacts) -> Iterator[Block]:
    yield Paragraph(f"Thời gian bắt đầu: {BLANK} giờ {BLANK} phút, {say.long_day(None)}.")
    yield Paragraph(f"Địa điểm: {BLANK}.")
    yield Paragraph("I. THÀNH PHẦN", "heading")
    for one in facts.members:
        if one.role in IN_COUNCIL:
            position = f", {one.position}" if one.position else ""
            yield Paragraph(f"- Ông (bà) {one.name}{position} – {IN_COUNCIL[one.role]}.")
    yield Paragraph(f"- Vắng mặt: {BLANK}. Thư ký: {BLANK}.")
    yield Paragraph("II. KẾT LUẬN TỪNG TRƯỜNG HỢP", "heading")
    if facts.rulings:
        yield Table(RULINGS, [_row(k, one, facts) for k, one in enumerate(facts.rulings, 1)], size=11)
    else:
        yield Paragraph("Không có trường hợp nào phải kết luận.")
    yield Paragraph("III. KẾT QUẢ SAU KẾT LUẬN", "heading")
    yield from counted(facts)
    yield Paragraph(f"Chi tiết tại {say.annexes(len(facts.groups))} kèm theo. Ý kiến khác: {BLANK}.")
    yield Paragraph(
        f"Biên bản được đọc lại cho các thành viên dự họp cùng nghe, thống nhất thông qua. Cuộc họp kết "
        f"thúc hồi "
        f"{BLANK} giờ {BLANK} phút cùng ngày./."
    )


def _row(position: int, one: Ruled, facts: RoundFacts) -> Row:
    claimed = f"Đề nghị {one.claimed} điểm. " if one.claimed else ""
    return Row(
        [
            str(position),
            f"{one.unit}: {one.leaf} {one.name}",
            f"{claimed}{one.said}".strip() or say.NONE,
            say.shown(one.before, facts),
            say.shown(one.given, facts),
            one.reason,
        ]
    )
