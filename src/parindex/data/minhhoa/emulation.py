"""The emulation movement of the invented province: what it asks, who takes part, initiatives, their use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


NAME = "Ngày nào việc ấy, không để người dân chờ"
SLOGAN = "Hồ sơ hôm nay không để ngày mai"
CRITERIA = (
    "Không có hồ sơ quá hạn; hồ sơ chậm phải xin lỗi bằng văn bản",
    "Có ít nhất một sáng kiến rút ngắn thời gian hoặc bớt giấy tờ",
    "Cán bộ một cửa được người dân đánh giá hài lòng",
)
DOCUMENT = "Kế hoạch số 15/KH-UBND (minh họa)"
RUN_BY, ROUND = "thuong-truc", "2024"
RANK, INITIATIVES, REUSE = "5", "1", "2"


@dataclass(frozen=True, slots=True)
class SampleInitiative:
    """One initiative: whose, what, what came of it; the decision that recognised it (empty: none); which
    units use it, for what."""

    unit: str
    title: str
    authors: str
    description: str
    effect: str
    decision: str = ""
    used_by: Sequence[tuple[str, str]] = ()


REGISTERED: Sequence[tuple[str, str]] = (
    ("so-noi-vu", "Trả lời mọi kiến nghị trong ba ngày làm việc"),
    ("so-van-hoa-the-thao-va-du-lich", "Cấp phép qua mạng toàn trình, không hồ sơ quá hạn"),
    ("so-y-te", "Kết quả khám được gửi qua mạng, người bệnh không phải quay lại lấy giấy"),
    ("so-xay-dung", "Rút một phần ba thời gian thẩm định hồ sơ thiết kế"),
)
INITIATIVES_IN: Sequence[SampleInitiative] = (
    SampleInitiative(
        "so-van-hoa-the-thao-va-du-lich",
        "Tờ khai điền sẵn từ hồ sơ lần trước",
        "Trần Thị Sao Mai",
        "Khi người dân nộp lại hồ sơ cùng loại, tờ khai được điền sẵn từ lần trước để kiểm tra và sửa.",
        "Thời gian khai giảm từ 25 phút còn 6 phút; hồ sơ phải bổ sung giảm một nửa.",
        "214/QĐ-UBND",
        (
            ("so-y-te", "Tờ khai cấp chứng chỉ hành nghề"),
            ("so-xay-dung", "Hồ sơ cấp phép xây dựng nhà ở riêng lẻ"),
        ),
    ),
    SampleInitiative(
        "so-y-te",
        "Sổ hẹn giờ chung của các quầy",
        "Lê Văn Bình; Phạm Thu Hà",
        "Người đến làm thủ tục hẹn giờ trước qua mạng hoặc điện thoại; quầy trống nhận ngay người chưa hẹn.",
        "Thời gian chờ trung bình giảm từ 41 phút còn 12 phút.",
    ),
)
