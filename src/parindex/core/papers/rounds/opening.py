"""Papers that begin a round: its plan, the guide to assessing oneself, the decision on the council."""

from __future__ import annotations

from collections.abc import Iterator

from parindex.core.kernel.time import LEGAL_ZONE
from parindex.core.papers.bodies import head_of
from parindex.core.papers.paper import BLANK, Appendix, Block, Column, Paper, Paragraph, Row, Table
from parindex.core.papers.rounds import phrases as say
from parindex.core.papers.rounds.facts import Member, RoundFacts, Stage
from parindex.core.papers.rounds.publishing import decided
from parindex.core.wording.notation import day, instant, number
from parindex.core.wording.terms import term


WHO = {
    "self": f"Các {say.UNITS} được đánh giá",
    "appraisal": "Các cơ quan thẩm định theo lĩnh vực được phân công",
    "explanation": f"Các {say.UNITS}; cơ quan thẩm định trả lời",
    "council": say.COUNCIL,
}
DONE = {
    "self": "Bảng tự đánh giá, chấm điểm, tài liệu kiểm chứng và báo cáo đã ký",
    "appraisal": "Kết quả thẩm định từng tiêu chí, kèm lý do",
    "explanation": "Giải trình và trả lời giải trình",
    "council": "Biên bản họp, kết luận của Hội đồng",
}
STEPS = (
    Column("TT", 11, "centre"),
    Column("Nội dung", 40),
    Column("Cơ quan thực hiện", 40),
    Column("Thời gian", 34),
    Column("Sản phẩm", 40),
)
AREAS = (Column("Mã", 12, "centre"), Column("Lĩnh vực", 100), Column("Điểm tối đa", 25, "centre"))
LEADS = (Column("TT", 11, "centre"), Column("Cơ quan thẩm định", 55), Column("Nội dung", 100))
CHAIR = "chair"
IN_COUNCIL = {"chair": "Chủ tịch Hội đồng", "member": "Thành viên", "secretariat": "Thành viên thường trực"}


def plan(facts: RoundFacts) -> Paper:
    """Kế hoạch: purpose, who is assessed, the steps with their times, who does what."""
    return Paper(
        issuer=say.body(facts),
        parent=facts.parent,
        notation=say.notation(facts, "KH"),
        place=say.place(facts),
        as_of=facts.as_of,
        kind="Kế hoạch",
        about=f"Xác định {facts.subject} năm {facts.year} của {say.assessed_named(facts)}",
        body=list(_plan(facts)),
        recipients=say.governing_recipients(
            facts, f"Thành viên {say.COUNCIL};", f"Các {say.UNITS} có tên tại Phụ lục;"
        ),
        signatures=[head_of(facts.territory)],
        appendices=[_assessed(facts)],
        notice=facts.notice,
    )


def _plan(facts: RoundFacts) -> Iterator[Block]:
    yield from say.grounds(facts)
    yield Paragraph(f"{say.body(facts)} ban hành Kế hoạch xác định {facts.subject} năm {facts.year} như sau:")
    yield Paragraph("I. MỤC ĐÍCH, YÊU CẦU", "heading")
    yield Paragraph(
        f"1. Xác định chính xác, khách quan, công khai {facts.subject} năm {facts.year}; chỉ rõ nguyên nhân "
        "mất điểm ở từng tiêu chí để có giải pháp khắc phục."
    )
    yield Paragraph(
        "2. Việc tự đánh giá, thẩm định, giải trình thực hiện trên hệ thống, có tài liệu kiểm chứng; điểm do "
        "hệ thống tính theo bộ tiêu chí từ số liệu được nhập."
    )
    yield Paragraph("II. ĐỐI TƯỢNG, PHẠM VI", "heading")
    for k, (group, units) in enumerate(facts.assessed, start=1):
        lead = f"{k}. " if len(facts.assessed) > 1 else ""
        yield Paragraph(f"{lead}{group}: {len(units)} đơn vị (danh sách tại Phụ lục).")
    yield Paragraph(f"Nội dung đánh giá: {facts.framework}{_period(facts)}.")
    yield Paragraph("III. NỘI DUNG, TIẾN ĐỘ", "heading")
    yield Table(STEPS, [_step(k, stage, facts) for k, stage in enumerate(facts.phases, start=1)])
    yield Paragraph("IV. TỔ CHỨC THỰC HIỆN", "heading")
    yield Paragraph(
        f"1. {say.standing_role(facts.office)}: hướng dẫn, đôn đốc, tổng hợp kết quả trình Hội đồng; "
        f"tham mưu {say.body(facts)} công bố kết quả."
    )
    yield Paragraph(
        "2. Các cơ quan thẩm định: thẩm định theo phân công sau đây, nêu lý do khi cho điểm thấp hơn."
    )
    yield Table(LEADS, _leads(facts))
    yield Paragraph(
        f"3. Thủ trưởng các {say.UNITS}: chỉ đạo tự đánh giá, chấm điểm đúng thời hạn; chịu trách nhiệm "
        f"về tính "
        "chính xác của số liệu, tài liệu kiểm chứng."
    )
    yield Paragraph(f"4. Kinh phí thực hiện: {BLANK}./.")


def _step(position: int, stage: Stage, facts: RoundFacts) -> Row:
    turns = sum(one.kind == stage.kind for one in facts.phases)
    named = term("phase", stage.kind, say.VI) + (f" (lần {stage.turn})" if turns > 1 else "")
    opens = day(stage.opens.astimezone(LEGAL_ZONE).date(), say.VI)
    when = f"Từ {opens} đến {instant(stage.closes, say.VI)}"
    return Row([str(position), named, WHO[stage.kind], when, DONE[stage.kind]])


def _leads(facts: RoundFacts) -> list[Row]:
    return [Row([str(k), lead, "; ".join(parts)]) for k, (lead, parts) in enumerate(facts.leads, start=1)]


def _period(facts: RoundFacts) -> str:
    if facts.period is None:
        return ""
    first, last = facts.period
    return f", trên số liệu từ ngày {day(first, say.VI)} đến ngày {day(last, say.VI)}"


def _assessed(facts: RoundFacts) -> Appendix:
    """Everybody who is assessed, by group."""
    rows: list[Row] = []
    for k, (group, units) in enumerate(facts.assessed, start=1):
        rows.append(Row([say.roman(k), f"{group} ({len(units)} đơn vị)"], bold=True))
        rows += [Row([str(n), unit]) for n, unit in enumerate(units, start=1)]
    columns = (Column("TT", 12, "centre"), Column("Cơ quan, đơn vị, địa phương", 145))
    about = f"Danh sách {say.UNITS} được đánh giá"
    return Appendix("Phụ lục", about, body=[Table(columns, rows)], attached=True)


def guide(facts: RoundFacts) -> Paper:
    """Hướng dẫn: how units assess themselves, what gives points, until when."""
    return Paper(
        issuer=say.standing(facts.office),
        parent=say.body(facts),
        notation=say.standing_notation(facts.office, "HD"),
        place=say.place(facts),
        as_of=facts.as_of,
        kind="Hướng dẫn",
        about=f"Tự đánh giá, chấm điểm {facts.subject} năm {facts.year}",
        body=list(_guide(facts)),
        recipients=say.recipients(f"Các {say.UNITS} được đánh giá;", f"Thành viên {say.COUNCIL};"),
        signatures=[say.standing_signer(facts.office)],
        notice=facts.notice,
    )


def _guide(facts: RoundFacts) -> Iterator[Block]:
    issued = facts.issued.get("ke-hoach")
    document = say.cited("Kế hoạch", issued, say.notation(facts, "KH"))
    yield Paragraph(
        f"Thực hiện {document} của {say.body(facts)}, {say.standing(facts.office)} hướng dẫn tự đánh giá, "
        f"chấm điểm như sau:"
    )
    yield Paragraph("1. Bộ tiêu chí", "heading")
    yield Paragraph(f"{facts.framework}, gồm các lĩnh vực, nội dung:")
    yield Table(AREAS, [Row([code, name, number(most, say.VI)]) for code, name, most in facts.scheme])
    yield Paragraph("2. Cách tự chấm điểm", "heading")
    yield Paragraph(
        "a) Nhập số liệu, chọn nội dung trả lời của từng tiêu chí; điểm do hệ thống tính, không nhập "
        "điểm. Tiêu chí "
        "không phát sinh, không áp dụng ghi đúng trạng thái đó, kèm lý do."
    )
    yield Paragraph(f"b) Số liệu: theo kỳ của bộ tiêu chí{_period(facts)}.")
    yield Paragraph(
        "c) Tài liệu kiểm chứng: đính kèm theo từng tiêu chí, ghi số trang chứng minh; tài liệu đã có "
        "trên hệ thống thì "
        "dẫn lại, không tải lên lần nữa."
    )
    if facts.bands:
        yield Paragraph("3. Xếp loại", "heading")
        sign = "%" if facts.percent else " điểm"
        told = [f"{name}: từ {number(least, say.VI)}{sign} trở lên" for name, least in facts.bands[:-1]]
        told.append(f"{facts.bands[-1][0]}: các trường hợp còn lại")
        yield Paragraph(f"{'; '.join(told)}.")
    yield Paragraph("4. Thời hạn" if facts.bands else "3. Thời hạn", "heading")
    for stage in facts.phases:
        turn = f" (lần {stage.turn})" if stage.turn > 1 else ""
        named = term("phase", stage.kind, say.VI)
        yield Paragraph(f"- {named}{turn}: đến {instant(stage.closes, say.VI)}.")
    yield Paragraph(
        f"Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các {say.UNITS} phản ánh về "
        f"{say.standing(facts.office)} (điện "
        f"thoại: {BLANK}) để được hướng dẫn./."
    )


def council(facts: RoundFacts) -> Paper:
    """The decision that sets up the council and its assistants, from the roles that people hold."""
    return decided(
        facts,
        about=f"Về việc thành lập {say.council(facts)} và Tổ giúp việc Hội đồng",
        grounds=[*say.grounds(facts, f"Theo đề nghị của {_proposing(facts)}")],
        articles=list(_council(facts)),
        copies=("Như Điều 4;",),
    )


def _proposing(facts: RoundFacts) -> str:
    """The council is not there yet: its standing body by name, or room for whoever proposes it."""
    return say.standing_head(facts.office) if facts.office.standing else BLANK


def _council(facts: RoundFacts) -> Iterator[Block]:
    sitting = [m for m in facts.members if m.role in IN_COUNCIL]
    helping = [m for m in facts.members if m.role == "assistant"]
    yield Paragraph(f"Thành lập {say.council(facts)} gồm các ông (bà) có tên sau đây:", lead="Điều 1.")
    for k, one in enumerate(sitting, start=1):
        yield Paragraph(f"{k}. {_member(one)} – {IN_COUNCIL[one.role]}.")
    yield Paragraph(
        "Thành lập Tổ giúp việc Hội đồng"
        + (" gồm các ông (bà) có tên sau đây:" if helping else f": {BLANK}"),
        lead="Điều 2.",
    )
    for k, one in enumerate(helping, start=1):
        yield Paragraph(f"{k}. {_member(one)}.")
    yield Paragraph(
        f"Hội đồng có nhiệm vụ thẩm định kết quả tự đánh giá của các {say.UNITS}, xem xét giải trình, "
        f"kết luận những "
        f"trường hợp còn ý kiến khác nhau và đề nghị {say.body(facts)} công bố kết quả. Tổ giúp việc "
        f"giúp Hội đồng "
        "kiểm tra, tổng hợp số liệu và chuẩn bị tài liệu họp. Hội đồng, Tổ giúp việc tự giải thể khi "
        "hoàn thành nhiệm "
        "vụ.",
        lead="Điều 3.",
    )
    yield Paragraph(
        f"Quyết định này có hiệu lực kể từ ngày ký. {say.executing(facts)}, thủ trưởng các cơ quan, đơn vị "
        "có liên quan và các ông (bà) có tên tại Điều 1, Điều 2 chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 4.",
    )


def _member(one: Member) -> str:
    return f"Ông (bà) {one.name}, {one.position}" if one.position else f"Ông (bà) {one.name}"
