"""Papers of an inspection from plain data: its minutes (biên bản) and its conclusion (thông báo kết luận).

What the system does not know stays open for the office to write in. What was not looked at is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from parindex.core.papers.bodies import abbreviation, head_of, issuing_body, place_of_issue
from parindex.core.papers.paper import (
    BLANK,
    Appendix,
    Block,
    Column,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Signature,
    Table,
)
from parindex.core.papers.rounds.phrases import long_day, recipients
from parindex.core.wording.notation import day, number


VI = "vi"
TEAM = "Đoàn kiểm tra"
REFORM = "công tác cải cách hành chính"
NONE = "–"
LONGEST_ALTERNATIVE = 250


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team: name and office held; one of them leads it."""

    name: str
    position: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """A line of the checklist: the area's name, the criterion's code, the question, what was found of it (in
    words; empty: not looked at) and the note."""

    area: str
    code: str
    question: str
    met: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation: its number (``2.1``), what is to be done, until when."""

    number: str
    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo of a finding: its number there, a name of its content (see `parindex.core.papers.Picture`), the
    content as JPEG, None where it is lost; what was written below it."""

    number: int
    name: str
    content: bytes | None = field(repr=False)
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: its number, area and criterion in words, what it is, how grave, who answers for it, its
    photos."""

    number: int
    about: str
    text: str
    severity: str
    responsible: str = ""
    advice: Sequence[Advice] = ()
    shots: Sequence[Shot] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """Number with notation, date and signer of a paper, as far as they are known."""

    number: str = ""
    on: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class InspectionFacts:
    """One visit as of a day.

    Attributes:
        territory: the name of who inspects: a province, or a unit for what is below it.
        plan: its title, `planned` its number and date.
        words: of what was found of a line: met, not met, not applicable, in this order.
        present: lines on who was there for the unit. summary: what is said of the whole.
        minutes, conclusion: how each was signed.
        notice: printed at the foot, such as that the data are illustrative.
    """

    territory: str
    unit: str
    plan: str
    planned: Signed
    starts: date
    ends: date
    announced: bool
    as_of: date
    words: Sequence[str]
    team: Sequence[Person] = ()
    present: str = ""
    summary: str = ""
    looked: Sequence[Looked] = ()
    found: Sequence[Found] = ()
    minutes: Signed = Signed()
    conclusion: Signed = Signed()
    notice: str = ""


AREAS = (
    Column("Nội dung kiểm tra", 62),
    Column("Tổng số", 18, "centre"),
    Column("Đạt", 18, "centre"),
    Column("Chưa đạt", 20, "centre"),
    Column("Không áp dụng", 24, "centre"),
    Column("Chưa kiểm tra", 23, "centre"),
)
FINDINGS = (
    Column("TT", 11, "centre"),
    Column("Nội dung", 38),
    Column("Tồn tại, hạn chế", 62),
    Column("Mức độ", 24),
    Column("Chịu trách nhiệm", 30),
)
ADVICE = (Column("Số", 13, "centre"), Column("Kiến nghị", 117), Column("Hạn khắc phục", 35, "centre"))
LINES = (
    Column("Mã", 16, "centre"),
    Column("Nội dung", 76),
    Column("Kết quả", 26, "centre"),
    Column("Ghi chú", 47),
)


def minutes(facts: InspectionFacts) -> Paper:
    """Biên bản kiểm tra: who was there, what was looked at, what was found, what is recommended."""
    leader = next((one.name for one in facts.team if one.leads), "")
    number_, notation = _numbered(facts.minutes, "BB-ĐKT")
    return Paper(
        issuer=TEAM,
        parent=issuing_body(facts.territory),
        notation=notation,
        number=number_,
        on=facts.minutes.on,
        place=place_of_issue(facts.territory),
        as_of=facts.as_of,
        kind="Biên bản",
        about=f"Kiểm tra {REFORM} tại {facts.unit}",
        body=list(_minutes(facts)),
        signatures=[
            Signature(("Đại diện đơn vị được kiểm tra",)),
            Signature(("Trưởng đoàn",), facts.minutes.signer or leader),
        ],
        appendices=_appendices(facts),
        notice=facts.notice,
    )


def conclusion(facts: InspectionFacts) -> Paper:
    """Thông báo kết luận kiểm tra: results, findings, recommendations with deadlines, who sees to them."""
    number_, notation = _numbered(facts.conclusion, f"TB-{abbreviation(facts.territory)}")
    signer = head_of(facts.territory)
    return Paper(
        issuer=issuing_body(facts.territory),
        notation=notation,
        number=number_,
        on=facts.conclusion.on,
        place=place_of_issue(facts.territory),
        as_of=facts.as_of,
        kind="Thông báo",
        about=f"Kết luận kiểm tra {REFORM} tại {facts.unit}",
        body=list(_conclusion(facts)),
        recipients=recipients(f"{facts.unit};", f"{TEAM};"),
        signatures=[Signature(signer.lines, facts.conclusion.signer)],
        notice=facts.notice,
    )


def _numbered(signed: Signed, usual: str) -> tuple[str, str]:
    """``3/TB-SNV`` as number and notation; the usual notation where none was typed."""
    number_, _, notation = signed.number.partition("/")
    return number_.strip(), notation.strip() or usual


def _grounds(facts: InspectionFacts) -> str:
    planned = facts.planned.number or f"{BLANK}/KH-{abbreviation(facts.territory)}"
    return f"Căn cứ Kế hoạch số {planned} {long_day(facts.planned.on)} của {issuing_body(facts.territory)}"


def _minutes(facts: InspectionFacts) -> Iterator[Block]:
    yield Paragraph(f"{_grounds(facts)} ({facts.plan});", "ground")
    yield Paragraph(
        f"{_span(facts)}, {TEAM} tiến hành kiểm tra {_manner(facts)}{REFORM} tại {facts.unit}. "
        "Kết quả như sau:"
    )
    yield Paragraph("I. THÀNH PHẦN", "heading")
    yield Paragraph("1. Đoàn kiểm tra:")
    for one in facts.team:
        position = f", {one.position}" if one.position else ""
        yield Paragraph(f"- Ông (bà) {one.name}{position} – {'Trưởng đoàn' if one.leads else 'Thành viên'}.")
    yield Paragraph("2. Đơn vị được kiểm tra:")
    for line in facts.present.split("\n") if facts.present else [BLANK]:
        yield Paragraph(f"- {line.removeprefix('- ').rstrip('.')}.")
    yield Paragraph("II. NỘI DUNG ĐÃ KIỂM TRA", "heading")
    yield from _areas(facts)
    yield Paragraph("III. NHẬN XÉT CHUNG", "heading")
    yield from _summary(facts)
    yield Paragraph("IV. TỒN TẠI, HẠN CHẾ", "heading")
    yield from _findings(facts)
    taken = sum(len(one.shots) for one in facts.found)
    if taken:
        yield Paragraph(f"Kèm theo {taken} ảnh chụp tại nơi kiểm tra, in trong phụ lục.")
    yield Paragraph("V. KIẾN NGHỊ", "heading")
    yield from _advice(facts)
    yield Paragraph("VI. Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA", "heading")
    yield Paragraph(f"{BLANK}")
    yield Paragraph(
        f"Biên bản được đọc lại cho những người dự cùng nghe, thống nhất và lập thành {BLANK} bản; kết thúc "
        f"hồi {BLANK} giờ {BLANK} phút, {long_day(facts.minutes.on)}./."
    )


def _conclusion(facts: InspectionFacts) -> Iterator[Block]:
    yield Paragraph(f"{_grounds(facts)} ({facts.plan});", "ground")
    told = f" số {facts.minutes.number}" if facts.minutes.number else ""
    yield Paragraph(f"Căn cứ Biên bản kiểm tra{told} {long_day(facts.minutes.on)};", "ground")
    yield Paragraph(
        f"{issuing_body(facts.territory)} thông báo kết luận kiểm tra {_manner(facts)}{REFORM} tại "
        f"{facts.unit} ({_span(facts).lower()}) như sau:"
    )
    yield Paragraph("I. KẾT QUẢ KIỂM TRA", "heading")
    yield from _areas(facts)
    yield from _summary(facts)
    yield Paragraph("II. TỒN TẠI, HẠN CHẾ", "heading")
    yield from _findings(facts)
    yield Paragraph("III. KIẾN NGHỊ", "heading")
    yield from _advice(facts)
    yield Paragraph("IV. TỔ CHỨC THỰC HIỆN", "heading")
    yield Paragraph(
        f"1. {facts.unit} khắc phục từng tồn tại, báo cáo kết quả kèm tài liệu chứng minh trên hệ thống "
        "trong thời hạn nêu tại mục III; làm rõ trách nhiệm của tập thể, cá nhân liên quan."
    )
    yield Paragraph(
        f"2. {TEAM} theo dõi, xác minh kết quả khắc phục và báo cáo {issuing_body(facts.territory)}./."
    )


def _span(facts: InspectionFacts) -> str:
    if facts.starts == facts.ends:
        return long_day(facts.starts).capitalize()
    return f"Từ {long_day(facts.starts)} đến {long_day(facts.ends)}"


def _manner(facts: InspectionFacts) -> str:
    return "" if facts.announced else "đột xuất "


def _areas(facts: InspectionFacts) -> Iterator[Block]:
    """How many lines of each area came out how; sums below."""
    areas = list(dict.fromkeys(one.area for one in facts.looked))
    if not areas:
        yield Paragraph(f"{BLANK}")
        return
    rows = [_counted(area, [one for one in facts.looked if one.area == area], facts) for area in areas]
    yield Table(AREAS, [*rows, _counted("Tổng cộng", facts.looked, facts, bold=True)], size=11)


def _counted(name: str, lines: Sequence[Looked], facts: InspectionFacts, *, bold: bool = False) -> Row:
    counts = [sum(one.met == word for one in lines) for word in (*facts.words, "")]
    return Row([name, *(number(n, VI) for n in (len(lines), *counts))], bold=bold)


def _summary(facts: InspectionFacts) -> Iterator[Block]:
    for line in (facts.summary or BLANK).split("\n"):
        if line.strip():
            yield Paragraph(line.strip())


def _findings(facts: InspectionFacts) -> Iterator[Block]:
    if not facts.found:
        yield Paragraph("Không phát hiện tồn tại, hạn chế trong phạm vi kiểm tra.")
        return
    rows = [
        Row([str(one.number), one.about, one.text, one.severity, one.responsible or NONE])
        for one in facts.found
    ]
    yield Table(FINDINGS, rows, size=11)


def _advice(facts: InspectionFacts) -> Iterator[Block]:
    every = [advice for one in facts.found for advice in one.advice]
    if not every:
        yield Paragraph("Không có kiến nghị.")
        return
    yield Table(ADVICE, [Row([one.number, one.text, day(one.due, VI)]) for one in every], size=12)


def _appendices(facts: InspectionFacts) -> Sequence[Appendix]:
    """What was looked at, then the photos; numbered where there are both."""
    made = [
        (about, body)
        for about, body in (
            ("Kết quả từng nội dung kiểm tra", _checklist(facts)),
            ("Ảnh chụp tại nơi kiểm tra", list(_shots(facts))),
        )
        if body
    ]
    numbers = ("I", "II") if len(made) > 1 else ("",)
    return [
        Appendix(f"Phụ lục {n}".strip(), about, body, attached=True)
        for n, (about, body) in zip(numbers, made, strict=False)
    ]


def _shots(facts: InspectionFacts) -> Iterator[Block]:
    """By finding, each with its number: ``Ảnh 2.1``."""
    for one in facts.found:
        if one.shots:
            yield Paragraph(f"Tồn tại số {one.number}: {one.about}", "heading")
            yield Pictures([_picture(one, shot) for shot in one.shots])


def _picture(found: Found, shot: Shot) -> Picture:
    """A photo that nobody described is told by its finding."""
    label = f"Ảnh {found.number}.{shot.number}"
    caption = f"{label}: {shot.caption}" if shot.caption else label
    told = shot.caption or found.text
    return Picture(shot.name, shot.content, caption, f"{label}: {told[:LONGEST_ALTERNATIVE]}")


def _checklist(facts: InspectionFacts) -> Sequence[Block]:
    if not facts.looked:
        return []
    rows: list[Row] = []
    area = ""
    for one in facts.looked:
        if one.area != area:
            area = one.area
            rows.append(Row(["", area, "", ""], bold=True))
        rows.append(Row([one.code, one.question, one.met or "chưa kiểm tra", one.note]))
    return [Table(LINES, rows, size=11)]
