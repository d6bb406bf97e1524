"""The sentences of a monthly briefing; in Vietnamese, as every paper. What is not known is not told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from parindex.core.kernel.text import Text
from parindex.core.wording.notation import day, number


VI = "vi"
BLANK = "…"
KIND = "Báo cáo"
SECTIONS: Mapping[str, Text] = {
    "last": Text("Thực hiện kết luận giao ban kỳ trước", "What became of the last conclusions"),
    "figures": Text("Các chỉ tiêu theo chủ đề năm", "Indicators of the year’s theme"),
    "dossiers": Text("Hồ sơ thủ tục hành chính quá hạn", "Late dossiers"),
    "tasks": Text("Nhiệm vụ quá hạn, sắp đến hạn", "Tasks overdue or soon due"),
    "findings": Text("Kiểm tra: tồn tại, kiến nghị chưa khắc phục", "Inspections: what is not remedied"),
    "news": Text("Thông tin, tuyên truyền", "Communication"),
    "changes": Text("Thay đổi so với tháng trước", "What changed since last month"),
    "risks": Text("Nguy cơ không đạt mục tiêu năm", "Risks to the year’s targets"),
    "proposals": Text("Đề xuất, nội dung xin ý kiến", "Proposals"),
}
"""By code, in the order of the paper."""
CONCLUSIONS = "KẾT LUẬN GIAO BAN"
FIGURE_HEADS = ("Chỉ tiêu", "Tháng này", "Tháng trước", "Tăng, giảm", "Mục tiêu năm", "Đạt")
CONCLUSION_HEADS = ("TT", "Nội dung", "Đơn vị thực hiện", "Thời hạn")
MET = {"yes": "đạt", "no": "chưa đạt", "": ""}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ARCHIVE = f"Lưu: VT, {BLANK}."
NAMED = 8


def about(month: date) -> str:
    """What the paper is about."""
    return f"Giao ban công tác cải cách hành chính tháng {month.month} năm {month.year}"


def opening(unit: str, month: date, held_on: date | None) -> str:
    """Who reports on what, and when it was dealt with."""
    said = f"{unit} báo cáo công tác cải cách hành chính tháng {month.month}/{month.year}"
    return f"{said}, trình hội nghị giao ban ngày {day(held_on, VI)}." if held_on else f"{said} như sau:"


def invented(place: str) -> str:
    """Said at the foot of papers of a place that does not exist."""
    return f"Số liệu minh họa: {place} không có thật"


def measured(value: Fraction, *, share: bool, measure: str) -> str:
    """A share in percent, else the number with what it is measured in."""
    return number(value, VI, decimals=2) + "%" if share else f"{number(value, VI)} {measure}".strip()


def change_words(moved: Fraction, *, share: bool) -> str:
    """``+1,25 điểm %``, ``−3``, ``0``."""
    sign = "+" if moved > 0 else ""
    return f"{sign}{number(moved, VI, decimals=2)} điểm %" if share else f"{sign}{number(moved, VI)}"


def goal_words(goal: str, *, up: bool) -> str:
    """``≥ 95,00%``."""
    return f"{'≥' if up else '≤'} {goal}"


SWAPPED = str.maketrans(",.", ".,")


def figure_words(said: str, language: str) -> str:
    """A figure of the table, which is kept as the paper has it, in a page's own notation: ``94.72%``."""
    return said if language == VI else said.translate(SWAPPED).replace("điểm %", "points")


def names(found: Sequence[str]) -> str:
    """Some names, and how many more there are."""
    more = len(found) - NAMED
    return "; ".join(found[:NAMED]) + (f"; và {more} nơi khác" if more > 0 else "")


def figures_lead(total: int, *, aimed: int, met: int, as_of: date | None) -> str:
    """What the table says at a glance."""
    if not total:
        return "Chưa có số liệu đo được nào của tháng trên hệ thống."
    until = f", số liệu đến ngày {day(as_of, VI)}" if as_of else ""
    if not aimed:
        return f"Theo dõi {total} chỉ tiêu{until}; chưa chỉ tiêu nào có mục tiêu năm."
    return f"Theo dõi {total} chỉ tiêu{until}; {met}/{aimed} chỉ tiêu có mục tiêu năm đã đạt."


def overdue_dossiers(now: int, before: int | None, as_of: date) -> str:
    """Dossiers that are open and late."""
    was = f" (tháng trước {number(before, VI)})" if before is not None else ""
    return f"Đến ngày {day(as_of, VI)}: {number(now, VI)} hồ sơ đang quá hạn chưa giải quyết{was}."


def handled_late(late: int, handled: int, as_of: date) -> str:
    """Dossiers that were handled late."""
    counts = f"{number(late, VI)}/{number(handled, VI)}"
    return f"Tính đến ngày {day(as_of, VI)}: {counts} hồ sơ đã giải quyết là quá hạn."


def most_late(rows: Sequence[tuple[str, int]]) -> str:
    """Where most of them are."""
    return "Nhiều nhất: " + "; ".join(f"{unit} ({number(n, VI)})" for unit, n in rows[:5]) + "."


NO_NEWS = "Trong tháng chưa có số liệu mới."
NO_LATE = "Không có hồ sơ nào quá hạn trong số liệu hiện có."
NO_DOSSIERS = "Chưa có số liệu hồ sơ của tháng trên hệ thống."


def task_line(content: str, unit: str, due: date | None, *, late_days: int = 0) -> str:
    """A task: what, whose, until when, how late."""
    until = f", hạn {day(due, VI)}" if due else ""
    late = f", chậm {late_days} ngày" if late_days else ""
    return f"- {content.rstrip('.')} ({unit}{until}{late})."


def tasks_lead(overdue: int, soon: int) -> str:
    """How many there are."""
    if not overdue and not soon:
        return "Không có nhiệm vụ quá hạn hoặc đến hạn trong tháng tới."
    return f"{overdue} nhiệm vụ quá hạn, {soon} nhiệm vụ đến hạn trong tháng tới."


def more_lines(count: int) -> str:
    """That a list goes on."""
    return f"- và {count} nội dung khác trên hệ thống."


def findings_lead(total: int, late: int) -> str:
    """Recommendations that are open."""
    if not total:
        return "Không có kiến nghị sau kiểm tra nào chưa khắc phục."
    return f"{total} kiến nghị sau kiểm tra chưa khắc phục xong, trong đó {late} đã quá hạn."


def finding_line(text: str, unit: str, due: date, *, late_days: int = 0) -> str:
    """A recommendation that is open: what, whose, until when, how late."""
    return task_line(text, unit, due, late_days=late_days)


def news_lead(now: int, before: int) -> str:
    """How many articles there were."""
    return f"{now} tin, bài được đăng hoặc ghi nhận trong tháng (tháng trước {before})."


def news_short(rows: Sequence[tuple[str, int]]) -> str:
    """Who is behind the communication plan."""
    return "Chưa đủ theo kế hoạch truyền thông: " + names([f"{u} (thiếu {n})" for u, n in rows]) + "."


def moved(better: Sequence[str], worse: Sequence[str], same: int) -> list[str]:
    """Which indicators went which way."""
    found = []
    if better:
        found.append("Tốt lên: " + "; ".join(better) + ".")
    if worse:
        found.append("Kém đi: " + "; ".join(worse) + ".")
    if same:
        found.append(f"Không đổi: {same} chỉ tiêu.")
    return found or ["Chưa đủ số liệu hai tháng để so sánh."]


def risk(indicator: str, units: Sequence[str], total: int) -> str:
    """Units that will miss their target, by the forecast."""
    return f"- {indicator}: dự báo không đạt tại {len(units)}/{total} đơn vị có mục tiêu: {names(units)}."


def own_risk(indicator: str, now: str, goal: str) -> str:
    """The unit's own target that will be missed."""
    return f"- {indicator}: hiện {now}, mục tiêu {goal}, dự báo cuối năm không đạt."


NO_RISK = "Không có chỉ tiêu nào được dự báo không đạt."
NO_LAST = "Chưa có báo cáo giao ban kỳ trước trên hệ thống."
NO_LAST_ROWS = "Kỳ giao ban trước không có kết luận."


def last_lead(month: date, total: int, done: int) -> str:
    """How far the last conclusions are."""
    return f"Giao ban tháng {month.month}/{month.year} có {total} kết luận; đã hoàn thành {done}."


def followed(content: str, unit: str, state: str) -> str:
    """What became of one."""
    whose = f" ({unit})" if unit else ""
    return f"- {content}{whose}: {state}."


NOT_HANDED = "chưa đưa vào kế hoạch thành nhiệm vụ"
