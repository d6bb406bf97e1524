"""The decision that publishes the result (quyết định công bố)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parindex.core.papers.bodies import head_of
from parindex.core.papers.paper import BLANK, Appendix, Block, Paper, Paragraph
from parindex.core.papers.rounds import phrases as say
from parindex.core.papers.rounds.annexes import annexes_of, counted
from parindex.core.papers.rounds.facts import RoundFacts


ADOPTED = "QUYẾT ĐỊNH:"


def decision(facts: RoundFacts) -> Paper:
    """What is published, in articles; one annex for each ranking group."""
    annexes = annexes_of(facts)
    return decided(
        facts,
        about=f"Về việc công bố {say.result_of(facts)} của {say.groups_named(facts)}",
        grounds=[*say.grounds(facts, _proposed(facts))],
        articles=list(_articles(facts, len(annexes))),
        annexes=annexes,
    )


def decided(
    facts: RoundFacts,
    *,
    about: str,
    grounds: Sequence[Block],
    articles: Sequence[Block],
    annexes: Sequence[Appendix] = (),
) -> Paper:
    """A decision of the territory's governing body around its articles."""
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
        recipients=say.recipients(
            "Như Điều 3;", f"Thành viên {say.COUNCIL};", f"Các {say.UNITS} có tên tại Phụ lục;"
        ),
        signatures=[head_of(facts.territory)],
        appendices=annexes,
        code=facts.code,
        notice=facts.notice,
    )


def _proposed(facts: RoundFacts) -> str:
    document = say.cited("Tờ trình", facts.issued.get("to-trinh"), "TTr-…")
    return f"Theo đề nghị của {say.STANDING_BODY} tại {document}"


def _articles(facts: RoundFacts, annexes: int) -> Iterator[Block]:
    yield Paragraph(
        f"Công bố {say.result_of(facts)} của {say.groups_named(facts)} "
        f"(chi tiết tại {say.annexes(annexes)} kèm theo), như sau:",
        lead="Điều 1.",
    )
    yield from counted(facts)
    yield Paragraph(
        f"Căn cứ kết quả được công bố, thủ trưởng các {say.UNITS} phân tích nguyên nhân mất điểm ở từng tiêu "
        f"chí, xây dựng kế hoạch khắc phục tồn tại, hạn chế, gửi {say.STANDING_BODY} trước ngày {BLANK}.",
        lead="Điều 2.",
    )
    yield Paragraph(
        f"Quyết định này có hiệu lực kể từ ngày ký. {say.STANDING_BODY}, thủ trưởng các {say.UNITS} có tên "
        f"tại {say.annexes(annexes)} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết "
        "định này./.",
        lead="Điều 3.",
    )
