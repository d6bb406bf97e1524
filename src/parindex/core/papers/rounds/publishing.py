"""Papers that make the result known: submission, decision, letter to the units, decision of adjustment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parindex.core.papers.bodies import head_of
from parindex.core.papers.paper import BLANK, Appendix, Block, Column, Paper, Paragraph, Row, Table
from parindex.core.papers.rounds import phrases as say
from parindex.core.papers.rounds.annexes import annexes_of, counted
from parindex.core.papers.rounds.facts import Change, RoundFacts, Standing


ADOPTED = "QUYẾT ĐỊNH:"
COPIES = ("Như Điều 3;", f"Thành viên {say.COUNCIL};", f"Các {say.UNITS} có tên tại Phụ lục;")
CHANGED = (
    Column("TT", 11, "centre"),
    Column("Cơ quan, đơn vị, địa phương", 50),
    Column("Nội dung", 24),
    Column("Đã công bố", 26, "centre"),
    Column("Điều chỉnh", 26, "centre"),
)


def decision(facts: RoundFacts) -> Paper:
    """What is published, in articles; one annex for each ranking group."""
    annexes = annexes_of(facts)
    return decided(
        facts,
        about=f"Về việc công bố {say.result_of(facts)} của {say.groups_named(facts)}",
        grounds=[*say.grounds(facts, _proposed(facts))],
        articles=list(_articles(facts, len(annexes))),
        annexes=annexes,
        copies=COPIES,
        code=facts.code,
    )


def decided(
    facts: RoundFacts,
    *,
    about: str,
    grounds: Sequence[Block],
    articles: Sequence[Block],
    annexes: Sequence[Appendix] = (),
    copies: Sequence[str] = (),
    code: str = "",
) -> Paper:
    """A decision of the territory's governing body around its articles; `code`: of the result that it
    tells."""
    return Paper(
        issuer=say.body(facts),
        parent=facts.parent,
        notation=say.notation(facts, "QĐ"),
        place=say.place(facts),
        as_of=facts.as_of,
        kind="Quyết định",
        about=about,
        body=[
            Paragraph(say.body(facts).upper(), "centre"),
            *grounds,
            Paragraph(ADOPTED, "centre"),
            *articles,
        ],
        recipients=say.governing_recipients(facts, *copies),
        signatures=[head_of(facts.territory)],
        appendices=annexes,
        code=code,
        notice=facts.notice,
    )


def _proposed(facts: RoundFacts) -> str:
    document = say.cited("Tờ trình", facts.issued.get("to-trinh"), say.standing_notation(facts.office, "TTr"))
    return f"Theo đề nghị của {say.standing_head(facts.office)} tại {document}"


def _articles(facts: RoundFacts, annexes: int) -> Iterator[Block]:
    yield Paragraph(
        f"Công bố {say.result_of(facts)} của {say.groups_named(facts)} "
        f"(chi tiết tại {say.annexes(annexes)} kèm theo), như sau:",
        lead="Điều 1.",
    )
    yield from counted(facts)
    yield Paragraph(
        f"Căn cứ kết quả được công bố, thủ trưởng các {say.UNITS} phân tích nguyên nhân mất điểm ở từng tiêu "
        f"chí, xây dựng kế hoạch khắc phục tồn tại, hạn chế, gửi {say.standing(facts.office)} "
        f"trước ngày {BLANK}.",
        lead="Điều 2.",
    )
    yield Paragraph(
        f"Quyết định này có hiệu lực kể từ ngày ký. {say.executing(facts)}, thủ trưởng các {say.UNITS} "
        f"có tên tại {say.annexes(annexes)} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành "
        "Quyết định này./.",
        lead="Điều 3.",
    )


def submission(facts: RoundFacts) -> Paper:
    """Tờ trình: asks for the decision, with what it rests on."""
    return Paper(
        issuer=say.standing(facts.office),
        parent=say.body(facts),
        notation=say.standing_notation(facts.office, "TTr"),
        place=say.place(facts),
        as_of=facts.as_of,
        kind="Tờ trình",
        about=f"Về việc công bố {say.result_of(facts)} của {say.groups_named(facts)}",
        to=[say.body(facts)],
        body=list(_submission(facts)),
        recipients=say.recipients("Như trên;"),
        signatures=[say.standing_signer(facts.office)],
        code=facts.code,
        notice=facts.notice,
    )


def _submission(facts: RoundFacts) -> Iterator[Block]:
    yield from say.grounds(facts)
    minutes = say.cited("Biên bản", facts.issued.get("bien-ban"), "BB-HĐTĐ")
    report = say.cited(
        "Báo cáo", facts.issued.get("bao-cao-tham-dinh"), say.standing_notation(facts.office, "BC")
    )
    yield Paragraph(
        f"{say.standing(facts.office)} đã tổ chức tự đánh giá, thẩm định, giải trình theo “{facts.title}”; "
        f"{say.COUNCIL} đã họp, kết luận tại {minutes}. Kết quả như sau:"
    )
    yield from counted(facts)
    yield Paragraph(
        f"{say.standing(facts.office)} kính trình {say.body(facts)} xem xét, ban hành Quyết định công bố "
        f"{say.result_of(facts)} của {say.groups_named(facts)}."
    )
    yield Paragraph(f"(Gửi kèm: dự thảo Quyết định; {report}; {minutes})./.")


def announcement(facts: RoundFacts) -> Paper:
    """The letter that tells the units their result and what is asked of them."""
    decision_ = say.cited("Quyết định", facts.issued.get("quyet-dinh-cong-bo"), say.notation(facts, "QĐ"))
    asked = (
        "1. Công khai kết quả trong cơ quan, đơn vị; phân tích nguyên nhân mất điểm ở từng tiêu chí.",
        f"2. Xây dựng kế hoạch khắc phục tồn tại, hạn chế, nêu rõ việc, người phụ trách, thời hạn; gửi "
        f"{say.standing(facts.office)} trước {say.long_day(None)}.",
    )
    return Paper(
        issuer=say.standing(facts.office),
        parent=say.body(facts),
        notation=say.standing_notation(facts.office, ""),
        place=say.place(facts),
        as_of=facts.as_of,
        about=f"thông báo {say.result_of(facts)}",
        to=[f"Các {say.UNITS} được đánh giá"],
        body=[
            Paragraph(f"{say.body(facts)} đã ban hành {decision_} công bố {say.result_of(facts)}, trong đó:"),
            *counted(facts),
            Paragraph(
                f"Kết quả, điểm và lý do của từng tiêu chí được xem trên hệ thống. "
                f"{say.standing(facts.office)} đề nghị các {say.UNITS}:"
            ),
            *(Paragraph(text) for text in asked),
            Paragraph(f"Đề nghị các {say.UNITS} quan tâm thực hiện./."),
        ],
        recipients=say.recipients("Như trên;", f"{say.body(facts)} (để báo cáo);"),
        signatures=[say.standing_signer(facts.office)],
        code=facts.code,
        notice=facts.notice,
    )


def adjustment(facts: RoundFacts) -> Paper:
    """The decision that corrects a published result: what was published, what stands instead."""
    before = say.cited("Quyết định", facts.issued.get("quyet-dinh-cong-bo"), say.notation(facts, "QĐ"))
    annexes = annexes_of(facts)
    articles: list[Block] = [
        Paragraph(
            f"Điều chỉnh {say.result_of(facts)} đã công bố tại {before} của {say.body(facts)} đối với "
            f"các đơn vị sau:",
            lead="Điều 1.",
        ),
        Table(CHANGED, [row for k, one in enumerate(facts.changes, 1) for row in _changed(k, one, facts)]),
        Paragraph(
            f"Kết quả sau điều chỉnh tại {say.annexes(len(annexes))} thay thế Phụ lục kèm theo {before}."
        ),
        Paragraph(
            f"Lý do điều chỉnh: {facts.because.rstrip('.') or BLANK}. "
            f"Các nội dung khác của {before} giữ nguyên.",
            lead="Điều 2.",
        ),
        Paragraph(
            f"Quyết định này có hiệu lực kể từ ngày ký. {say.executing(facts)}, thủ trưởng các {say.UNITS} "
            f"có liên quan "
            "chịu trách nhiệm thi hành Quyết định này./.",
            lead="Điều 3.",
        ),
    ]
    return decided(
        facts,
        about=f"Về việc điều chỉnh {say.result_of(facts)} đã công bố",
        grounds=[
            *say.grounds(facts, f"Căn cứ {before}", f"Theo đề nghị của {say.standing_head(facts.office)}")
        ],
        articles=articles,
        annexes=annexes,
        copies=COPIES,
        code=facts.code,
    )


def _changed(position: int, one: Change, facts: RoundFacts) -> Iterator[Row]:
    """Only what differs: index, grade, rank."""
    told = [
        (name, was, now)
        for name, was, now in zip(
            ("Chỉ số (%)" if facts.percent else "Tổng điểm", "Xếp loại", "Xếp hạng"),
            _standing(one.before, facts),
            _standing(one.now, facts),
            strict=True,
        )
        if was != now
    ]
    for k, row in enumerate(told):
        yield Row(["" if k else str(position), "" if k else one.unit, *row])


def _standing(one: Standing, facts: RoundFacts) -> tuple[str, str, str]:
    return say.shown(one.index, facts), one.grade or say.NONE, str(one.rank or say.NONE)
