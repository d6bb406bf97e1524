"""The sentences of a list of proposed commendations; in Vietnamese, as every paper."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from parindex.core.kernel.text import Text
from parindex.core.wording.notation import number


VI = "vi"
KIND = "Tờ trình"
HEADS_UNITS = ("TT", "Tập thể", "Căn cứ", "Hình thức đề nghị")
HEADS_PERSONS = ("TT", "Cá nhân", "Căn cứ", "Hình thức đề nghị")
NOTHING = "Không có."
DECIDED = (
    "Danh sách được lập trên cơ sở số liệu của hệ thống và do người có trách nhiệm xem xét, lựa chọn từng "
    "trường hợp; việc khen thưởng do cấp có thẩm quyền quyết định."
)
ARCHIVE = "Lưu: VT, …."
CONDITIONS = {
    "registered": Text("có đăng ký tham gia", "registered"),
    "rank": Text("thứ hạng trong khối", "rank in its group"),
    "index": Text("chỉ số", "index"),
    "initiatives": Text("sáng kiến được công nhận", "recognised initiatives"),
    "reuse": Text("đơn vị khác áp dụng", "used by other units"),
}
"""What is asked, by code."""


def about(campaign: str) -> str:
    """What the paper is about."""
    return f"Đề nghị biểu dương, khen thưởng trong phong trào thi đua “{campaign}”"


def opening(campaign: str, body: str) -> str:
    """Who proposes for which movement."""
    return f"Căn cứ kết quả phong trào thi đua “{campaign}”, {body} đề nghị biểu dương, khen thưởng như sau:"


def rank_condition(most: int, language: str) -> str:
    """What is asked of a rank."""
    return {"vi": f"xếp hạng 1–{most} trong khối", "en": f"ranked 1–{most} in its group"}[language]


def index_condition(least: Fraction, language: str) -> str:
    """What is asked of an index."""
    said = number(least, language)
    return {"vi": f"chỉ số từ {said} trở lên", "en": f"an index of {said} or more"}[language]


def initiatives_condition(least: int, language: str) -> str:
    """What is asked of a unit's initiatives."""
    return {
        "vi": f"có từ {least} sáng kiến được công nhận",
        "en": f"{least} or more recognised initiatives",
    }[language]


def reuse_condition(least: int, language: str) -> str:
    """What is asked of an author."""
    return {
        "vi": f"cá nhân: sáng kiến được công nhận, từ {least} đơn vị khác áp dụng",
        "en": f"persons: a recognised initiative that {least} or more other units use",
    }[language]


REGISTERED_CONDITION = Text("đã đăng ký tham gia phong trào", "registered for the movement")


def rank_said(rank: int | None, ranked: int) -> str:
    """``hạng 2/20``."""
    return f"hạng {rank}/{ranked}" if rank is not None else "không xếp hạng"


def index_said(index: Fraction | None) -> str:
    """``chỉ số 92,45``."""
    return f"chỉ số {number(index, VI, decimals=2)}" if index is not None else "chưa có chỉ số"


def initiatives_said(count: int) -> str:
    """``2 sáng kiến được công nhận``."""
    return f"{count} sáng kiến được công nhận" if count else "chưa có sáng kiến được công nhận"


def reuse_said(title: str, count: int) -> str:
    """One initiative, and how many units use it."""
    return f"sáng kiến “{title}”, {count} đơn vị khác áp dụng"


def registered_said(done: bool) -> str:
    """Whether it registered."""
    return "đã đăng ký" if done else "chưa đăng ký"


def grounds_of(said: Sequence[str]) -> str:
    """The grounds that stand in the list until somebody writes others."""
    text = "; ".join(said)
    return text[:1].upper() + text[1:]
