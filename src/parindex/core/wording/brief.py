"""The sentences of the page for a head: why this rank, where points were lost, what to do.

Like every paper it is in Vietnamese whatever the page's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.core.wording.notation import listing, number


VI = "vi"
ABOVE = "Kết quả Chỉ số cải cách hành chính"
BESIDE = "Vì sao hạng này, mất điểm ở đâu, cần làm gì"
TITLES = ("So với khối, theo lĩnh vực", "Mất điểm ở đâu, vì sao", "Việc cần làm, được nhiều điểm nhất trước")
BAR_HEADS = ("Lĩnh vực (tỷ lệ % điểm đạt)", "Đơn vị", "{year}", "Trung vị", "Cao nhất", "Vạch đen: trung vị")
LOSS_HEADS = ("Tiêu chí", "Mất", "Vì sao", "Đơn vị", "{year}", "Trung vị", "Cao nhất")
NOTHING = (
    "Chưa có chỉ số thành phần để so sánh.",
    "Không mất điểm ở tiêu chí nào.",
    "Không còn tiêu chí nào ngoài điều tra xã hội học để thêm điểm.",
)
RANK, GRADE, INDEX, TOTAL, NEXT, LEAD = (
    "Thứ hạng",
    "Xếp loại",
    "Chỉ số",
    "Tổng điểm",
    "Để lên hạng {rank}",
    "Cách hạng sau",
)
UNRANKED, UNGRADED, ALONE = "không xếp hạng", "không xếp loại", "đứng đầu khối"
BEST_GRADE = "mức cao nhất"
DASH = "–"
LATE = "Nộp muộn"
MEDIAN = "trung vị của khối"


def about(year: int, group: str) -> str:
    """What the page is about."""
    return f"Năm {year} · Khối: {group}"


def points(value: Fraction | None) -> str:
    """Two decimals; a dash where there is nothing."""
    return DASH if value is None else number(value, VI, decimals=2)


def share(value: Fraction | None) -> str:
    """A percentage for a narrow column, with one decimal and without its sign."""
    return DASH if value is None else number(value, VI, decimals=1)


def place(rank: int | None, ranked: int) -> str:
    """``6/19``."""
    return DASH if rank is None else f"{rank}/{ranked}"


def moved(ranks: int | None, year: int | None) -> str:
    """Ranks won or lost on the year before."""
    if ranks is None:
        return ""
    if not ranks:
        return f"giữ nguyên so với {year}"
    return f"{'tăng' if ranks > 0 else 'giảm'} {abs(ranks)} bậc so với {year}"


def changed(by: Fraction | None, year: int | None) -> str:
    """What the index won or lost on the year before."""
    if by is None:
        return ""
    if not by:
        return f"bằng năm {year}"
    return f"{'tăng' if by > 0 else 'giảm'} {points(abs(by))} so với {year}"


def to_grade(name: str, gain: Fraction) -> str:
    """How far the next grade is."""
    return f"còn {points(gain)} điểm để đạt {name}"


def passing(name: str, index: str) -> str:
    """Whom one must pass."""
    return f"vượt {name} ({index})"


def ahead_of(name: str) -> str:
    """Who comes next below."""
    return f"hơn {name}"


def held(held_points: Fraction, maximum: Fraction) -> str:
    """Points of the applicable maximum."""
    return f"{points(held_points)}/{number(maximum, VI)} điểm"


def against(name: str, mine: Fraction, other: Fraction) -> str:
    """``thấp hơn trung vị của khối (95,12) là 6,81``."""
    if mine == other:
        return f"bằng {name} ({points(other)})"
    word = "cao hơn" if mine > other else "thấp hơn"
    return f"{word} {name} ({points(other)}) {points(abs(mine - other))}"


def standing(compared: Sequence[str], *, percent: bool) -> str:
    """The index beside the best and the median."""
    measure = "điểm phần trăm" if percent else "điểm"
    return f"{INDEX if percent else TOTAL} {listing(compared, VI)} {measure}." if compared else ""


def more(gain: Fraction) -> str:
    """What is still wanting."""
    return f"+{points(gain)} điểm"


def best_of(name: str) -> str:
    """Who is first."""
    return f"đơn vị đứng đầu là {name}"


def strengths(strongest: tuple[str, Fraction] | None, weakest: tuple[str, Fraction] | None) -> str:
    """The area furthest above the group's median and the one furthest below."""
    parts = []
    if weakest is not None and weakest[1] < 0:
        parts.append(f"yếu nhất so với trung vị của khối là {weakest[0]} (−{share(-weakest[1])})")
    if strongest is not None and strongest[1] > 0:
        parts.append(f"mạnh nhất là {strongest[0]} (+{share(strongest[1])})")
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def lost_in_all(lost: Fraction, maximum: Fraction, *, count: int, shown: Fraction, names: int) -> str:
    """How much was lost and how much of it a few criteria make up."""
    said = f"Mất {points(lost)} trên {number(maximum, VI)} điểm, ở {count} nội dung"
    if names < count and lost:
        part = number(shown / lost * 100, VI, decimals=0)
        return f"{said}; {names} nội dung nêu dưới đây chiếm {points(shown)} điểm ({part}%)."
    return f"{said}."


def no_index() -> str:
    """Of a unit that could not be computed."""
    return "Chưa đủ số liệu để tính chỉ số."


def gives(gain: Fraction, index: Fraction | None, rank: int | None) -> str:
    """What full marks at one criterion would do, all else equal."""
    said = f"Thêm {points(gain)} điểm"
    if index is not None:
        said += f", chỉ số {points(index)}"
    return f"{said}, hạng {rank}." if rank is not None else f"{said}."


def together(count: int, gain: Fraction, *, index: Fraction | None, rank: int | None) -> str:
    """What all of them would do."""
    return f"Đủ cả {count} việc: {gives(gain, index, rank).lower()}"


def foot(note: str) -> str:
    """How the page was made."""
    said = (
        "Lập từ kết quả đã tính của kỳ đánh giá; so sánh bằng tỷ lệ % điểm đạt trên điểm tối đa. "
        "Số điểm, thứ hạng ở “việc cần làm” tính khi kết quả của các đơn vị khác giữ nguyên; "
        "không kể điều tra xã hội học."
    )
    return f"{said} {note}".strip()
