"""What an inspection of procedure control asks beside the criteria set: duties that every unit has.

The questions are worded here; what they rest on is the control of administrative procedures (kiểm soát thủ
tục hành chính) and their handling at one-stop units.
"""

from __future__ import annotations

from collections.abc import Sequence

from parindex.core.kernel.text import Text


PROCEDURES = "kstt"
"""The code of this area among those of a criteria set."""
PROCEDURES_NAME = Text("Kiểm soát thủ tục hành chính", "Control of administrative procedures")
DUTIES: Sequence[tuple[str, Text]] = (
    (
        "KS1",
        Text(
            "Thủ tục hành chính được niêm yết, công khai đầy đủ, đúng quyết định công bố mới nhất",
            "Procedures are displayed and published in full, as last announced",
        ),
    ),
    (
        "KS2",
        Text(
            "Không yêu cầu thêm giấy tờ ngoài thành phần hồ sơ đã công bố",
            "No papers are asked for beyond those announced",
        ),
    ),
    (
        "KS3",
        Text(
            "Hồ sơ tiếp nhận có giấy tiếp nhận, hẹn trả kết quả; hồ sơ bổ sung có văn bản nêu rõ lý do",
            "Every dossier has its receipt with the due date; supplements are asked for once, with reasons",
        ),
    ),
    (
        "KS4",
        Text(
            "Hồ sơ được cập nhật, luân chuyển trên hệ thống đúng với thực tế giải quyết",
            "Dossiers are kept in the system as they are really handled",
        ),
    ),
    (
        "KS5",
        Text(
            "Hồ sơ quá hạn có văn bản xin lỗi, nêu lý do và hẹn lại",
            "Late dossiers have a letter of apology with the reason and a new date",
        ),
    ),
    (
        "KS6",
        Text(
            "Phí, lệ phí thu đúng quy định, có thanh toán trực tuyến",
            "Fees are charged as set, and can be paid online",
        ),
    ),
    (
        "KS7",
        Text(
            "Thành phần hồ sơ và kết quả giải quyết được số hóa, ký số",
            "Parts of dossiers and results are digitised and signed",
        ),
    ),
    (
        "KS8",
        Text(
            "Phản ánh, kiến nghị của người dân, doanh nghiệp được tiếp nhận và trả lời đúng hạn",
            "Complaints and suggestions are received and answered in time",
        ),
    ),
)
"""Code and question of each duty."""
