"""The sentences of a list of proposed commendations.

Its paper is in Vietnamese, as every paper; conditions are said in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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


def condition_said(code: str, facts: Mapping[str, object], language: str) -> str:
    """What is so of one condition, by its code and what was found: ``hạng 2/20``, ``ranked 2 of 20``."""
    return _SAID[code](facts, language)


def _registered(facts: Mapping[str, object], language: str) -> str:
    done, not_yet = Text("đã đăng ký", "registered"), Text("chưa đăng ký", "not registered")
    return (done if facts["done"] else not_yet).in_(language)


def _rank(facts: Mapping[str, object], language: str) -> str:
    if facts["rank"] is None:
        return Text("không xếp hạng", "not ranked").in_(language)
    return Text("hạng {rank}/{ranked}", "ranked {rank} of {ranked}").in_(language).format_map(facts)


def _index(facts: Mapping[str, object], language: str) -> str:
    if facts["index"] is None:
        return Text("chưa có chỉ số", "no index yet").in_(language)
    said = number(Fraction(str(facts["index"])), language, decimals=2)
    return {"vi": f"chỉ số {said}", "en": f"index {said}"}[language]


def _initiatives(facts: Mapping[str, object], language: str) -> str:
    count = facts["count"]
    if not count:
        return Text("chưa có sáng kiến được công nhận", "no recognised initiative yet").in_(language)
    english = "1 recognised initiative" if count == 1 else f"{count} recognised initiatives"
    return {"vi": f"{count} sáng kiến được công nhận", "en": english}[language]


def _reuse(facts: Mapping[str, object], language: str) -> str:
    title, count = facts["title"], facts["count"]
    english = "1 other unit uses it" if count == 1 else f"{count} other units use it"
    return {
        "vi": f"sáng kiến “{title}”, {count} đơn vị khác áp dụng",
        "en": f"initiative “{title}”, {english}",
    }[language]


_SAID: Mapping[str, Callable[[Mapping[str, object], str], str]] = {
    "registered": _registered,
    "rank": _rank,
    "index": _index,
    "initiatives": _initiatives,
    "reuse": _reuse,
}


def grounds_of(said: Sequence[str]) -> str:
    """The grounds that stand in the list until somebody writes others."""
    text = "; ".join(said)
    return text[:1].upper() + text[1:]
