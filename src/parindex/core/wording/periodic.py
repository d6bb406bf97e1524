"""The sentences of a unit's periodic report on administrative reform; in Vietnamese, as every paper.

What the system does not know is left as a line of dots: nothing is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from parindex.core.wording.notation import day, number


VI = "vi"
KIND = "Báo cáo"
BLANK = "…"
HEADINGS = (
    "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CẢI CÁCH HÀNH CHÍNH",
    "II. KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG CẢI CÁCH HÀNH CHÍNH",
    "III. ĐÁNH GIÁ CHUNG",
    "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ KỲ SAU",
    "V. KIẾN NGHỊ, ĐỀ XUẤT",
)
STEERING = (
    "1. Kế hoạch, văn bản chỉ đạo đã ban hành: …",
    "2. Kiểm tra cải cách hành chính: …",
    "3. Thông tin, tuyên truyền: …",
)
LEADING = ("chỉ đạo", "điều hành")
CONTENTS: Sequence[tuple[str, Sequence[str]]] = (
    ("Cải cách thể chế", ("thể chế",)),
    ("Cải cách thủ tục hành chính", ("thủ tục hành chính",)),
    ("Cải cách tổ chức bộ máy hành chính", ("bộ máy",)),
    ("Cải cách chế độ công vụ", ("công vụ",)),
    ("Cải cách tài chính công", ("tài chính",)),
    (
        "Xây dựng và phát triển chính quyền điện tử, chính quyền số",
        ("điện tử", "chính quyền số", "chuyển đổi số"),
    ),
)
"""The six contents of a report, and by which words an area of a criteria set is one of them."""
DOSSIERS = 1  # where figures stand that no area of the unit's criteria set asks for
JUDGED = ("1. Kết quả nổi bật", "2. Tồn tại, hạn chế", "3. Nguyên nhân: …")
DONE = "Công việc đã thực hiện trong kỳ: …"
HEADS = ("Chỉ tiêu", "Trong kỳ", "Cùng kỳ năm trước", "Mục tiêu năm", "Dự báo cuối năm", "Nguồn; số liệu đến")
FULL_HEADS = (
    "TT",
    "Chỉ tiêu",
    "Khoảng thời gian của số liệu",
    "Tử số",
    "Mẫu số",
    "Giá trị",
    "Nguồn",
    "Số liệu đến",
)
APPENDIX = ("Phụ lục", "Biểu số liệu các chỉ tiêu")
NO_FIGURES = "Chưa có số liệu đo được nào của kỳ này trên hệ thống."
ARCHIVE = f"Lưu: VT, {BLANK}."


def about(period: str) -> str:
    """What is reported."""
    return f"Công tác cải cách hành chính {period}"


def opening(unit: str, period: str, *, first: date, last: date) -> str:
    """Who reports on what."""
    said = f"{unit} báo cáo kết quả công tác cải cách hành chính {period}"
    return f"{said} (từ ngày {day(first, VI)} đến ngày {day(last, VI)}) như sau:"


def running(today: date) -> str:
    """Of a period that is not over."""
    return f"Kỳ báo cáo chưa kết thúc; số liệu dưới đây lấy đến ngày {day(today, VI)}."


def last_result(year: int, index: str, *, grade: str, place: str) -> str:
    """How the unit came out last."""
    said = (
        f"4. Theo dõi, đánh giá: Chỉ số cải cách hành chính năm {year} (kỳ đã công bố gần nhất) đạt {index}"
    )
    more = [f"xếp loại {grade}" if grade else "", f"hạng {place}" if place else "không xếp hạng"]
    return f"{said}, {', '.join(filter(None, more))}."


NO_RESULT = "4. Theo dõi, đánh giá: …"


def projected(title: str, index: str) -> str:
    """What the running round gives so far."""
    return f"Kỳ đang thực hiện “{title}”: nếu chốt theo bảng tự chấm và số liệu hiện có, chỉ số là {index}."


def area(name: str, year: int, *, index: str, median: str) -> str:
    """What an area had in the last round."""
    return f"Năm {year}, “{name}” đạt {index} điểm tối đa (trung vị của khối {median})."


def to_mend(losses: Sequence[str]) -> str:
    """Criteria that still lack points."""
    return f"Tiêu chí còn mất điểm, cần khắc phục: {'; '.join(losses)}."


def loss(code: str, name: str, lost: Fraction) -> str:
    """One of them."""
    return f"{code} {name} (−{points(lost)})"


def met(names: Sequence[str]) -> str:
    """Indicators that reach their goal."""
    return f"Chỉ tiêu đạt hoặc dự báo đạt mục tiêu năm: {'; '.join(names)}."


def better(names: Sequence[str]) -> str:
    """Indicators that are better than a year before."""
    return f"Chỉ tiêu tốt hơn cùng kỳ năm trước: {'; '.join(names)}."


def missed(names: Sequence[str]) -> str:
    """Indicators that fall short."""
    return f"Chỉ tiêu có nguy cơ không đạt mục tiêu năm: {'; '.join(names)}."


def worse(names: Sequence[str]) -> str:
    """Indicators that are worse than a year before."""
    return f"Chỉ tiêu giảm so với cùng kỳ năm trước: {'; '.join(names)}."


def task(name: str, asks: str, lost: Fraction) -> str:
    """What to do about a criterion."""
    return f"- {name}{f': {asks}' if asks else ''} (còn {points(lost)} điểm)."


def promised(number_: str, *, on: date, theme: str, counts: tuple[int, int, int, int]) -> str:
    """An issued plan and how it stands. `counts`: of its tasks those done, done in time, overdue, and all."""
    done, in_time, overdue, total = (number(Fraction(n), VI) for n in counts)
    named = f", chủ đề “{theme}”" if theme else ""
    late = f", {overdue} nhiệm vụ quá hạn" if counts[2] else ""
    said = f"- Kế hoạch số {number_} ngày {day(on, VI)}{named}"
    return f"{said}: hoàn thành {done}/{total} nhiệm vụ, trong đó {in_time} đúng hạn{late}."


def next_task(content: str, due: date, plan: str) -> str:
    """A task that is due next."""
    return f"- {content.rstrip('.')}: hạn {day(due, VI)} (Kế hoạch số {plan})."


def to_reach(name: str, goal: str, now: str) -> str:
    """What to do about an indicator."""
    return f"- {name}: đạt mục tiêu {goal}; trong kỳ {now}."


def from_source(source: str, as_of: date) -> str:
    """Where a figure is from."""
    return f"{source}; {day(as_of, VI)}"


def points(value: Fraction) -> str:
    """Two decimals."""
    return number(value, VI, decimals=2)


def index(value: Fraction, *, percent: bool) -> str:
    """An index, or a total of points."""
    return f"{points(value)}%" if percent else f"{points(value)} điểm"


def invented(place: str) -> str:
    """Of a place that does not exist."""
    return f"{place} không có thật; số liệu được dựng để minh họa."


def spread(end: str, *, low: str, high: str) -> str:
    """A forecast with its interval."""
    return f"{end} ({low} – {high})"


def span(first: date, last: date) -> str:
    """Days of a figure."""
    return f"{day(first, VI)} – {day(last, VI)}"
