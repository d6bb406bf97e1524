"""The invented province's inspections of a year, each at another step: who is visited, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


TITLE = "Kế hoạch kiểm tra công tác cải cách hành chính năm"
PURPOSE = (
    "Đánh giá việc thực hiện nhiệm vụ cải cách hành chính, kiểm soát thủ tục hành chính tại đơn vị; kịp thời "
    "chấn chỉnh tồn tại, hạn chế.\nKhông làm ảnh hưởng đến hoạt động bình thường của đơn vị được kiểm tra."
)
LEADER = "thuong-truc"
MEMBERS = ("thanh-tra", "tham-dinh.van-phong-ubnd-tinh")


@dataclass(frozen=True, slots=True)
class SampleRemedy:
    """A recommendation: `due` days after the demonstration begins (negative: before); what the unit did by
    then: ``""``, ``answered``, ``returned``, ``accepted``."""

    text: str
    due: int
    stage: str = ""
    answer: str = ""
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class SampleFinding:
    """A finding. `area`: ``kstt``, or the place of an area within the criteria set, as ``#3``."""

    area: str
    severity: str
    text: str
    responsible: str = ""
    criterion: str = ""
    photo: bool = False
    remedies: Sequence[SampleRemedy] = ()


@dataclass(frozen=True, slots=True)
class SampleVisit:
    """A visit: its first day counted from the day the demonstration begins; how far it has got (``planned``,
    ``cancelled``, ``running``, ``concluded``, ``closed``)."""

    unit: str
    starts: int
    stage: str
    areas: Sequence[str]
    announced: bool = True
    present: str = ""
    summary: str = ""
    reason: str = ""
    findings: Sequence[SampleFinding] = ()


VISITS: Sequence[SampleVisit] = (
    SampleVisit(
        "so-cong-thuong",
        -60,
        "closed",
        ("kstt", "#1", "#3"),
        present="Giám đốc Sở\nChánh Văn phòng Sở",
        summary="Kế hoạch ban hành đúng thời hạn; thủ tục được công khai đầy đủ tại nơi tiếp nhận.",
        findings=(
            SampleFinding(
                "kstt",
                "shortcoming",
                "04/25 hồ sơ quá hạn được chọn kiểm tra không có văn bản xin lỗi, hẹn lại.",
                "Phòng Quản lý thương mại",
                "KS5",
                remedies=(
                    SampleRemedy(
                        "Gửi văn bản xin lỗi đối với 04 hồ sơ; theo dõi hằng ngày hồ sơ sắp quá hạn.",
                        -35,
                        "accepted",
                        "Đã gửi văn bản xin lỗi ngày hôm sau; phân công một chuyên viên theo dõi danh sách "
                        "hồ sơ sắp đến hạn mỗi sáng.",
                        "Đã đối chiếu trên hệ thống, đủ 04 hồ sơ.",
                    ),
                ),
            ),
        ),
    ),
    SampleVisit(
        "so-y-te",
        -30,
        "concluded",
        ("kstt", "#1", "#3", "#6"),
        present="Phó Giám đốc Sở\nChánh Văn phòng Sở\nCông chức đầu mối kiểm soát thủ tục hành chính",
        summary="Lãnh đạo Sở quan tâm chỉ đạo; hồ sơ trực tuyến tăng so với năm trước.\nViệc niêm yết thủ "
        "tục và theo dõi phản ánh, kiến nghị còn hạn chế.",
        findings=(
            SampleFinding(
                "kstt",
                "shortcoming",
                "12 thủ tục niêm yết tại nơi tiếp nhận còn theo quyết định công bố cũ.",
                "Văn phòng Sở",
                "KS1",
                photo=True,
                remedies=(
                    SampleRemedy(
                        "Thay toàn bộ bảng niêm yết theo quyết định công bố mới nhất.",
                        -15,
                        "accepted",
                        "Đã thay 12 bảng niêm yết, kèm biên bản rà soát.",
                        "Đã kiểm tra tại chỗ.",
                    ),
                ),
            ),
            SampleFinding(
                "kstt",
                "violation",
                "03 hồ sơ cấp chứng chỉ bị yêu cầu nộp thêm giấy tờ ngoài thành phần đã công bố.",
                "Phòng Nghiệp vụ Y",
                "KS2",
                remedies=(
                    SampleRemedy(
                        "Kiểm điểm trách nhiệm người tiếp nhận; chấm dứt việc yêu cầu thêm giấy tờ.",
                        -3,
                    ),
                    SampleRemedy(
                        "Rà soát lại hướng dẫn của 18 thủ tục cấp chứng chỉ.",
                        12,
                        "answered",
                        "Đã rà soát 18 thủ tục, sửa hướng dẫn của 05 thủ tục.",
                    ),
                ),
            ),
            SampleFinding(
                "#1",
                "remark",
                "Báo cáo quý III gửi chậm 02 ngày.",
            ),
        ),
    ),
    SampleVisit(
        "so-tai-chinh",
        -10,
        "cancelled",
        ("kstt", "#3"),
        reason="Trùng thời gian với đoàn thanh tra đã được phê duyệt; chuyển sang kế hoạch năm sau.",
    ),
    SampleVisit(
        "so-xay-dung",
        0,
        "running",
        ("kstt", "#3"),
        announced=False,
        findings=(
            SampleFinding(
                "kstt",
                "shortcoming",
                "Camera tại quầy tiếp nhận không hoạt động; 02 quầy không có người trực lúc 8 giờ 15 phút.",
                "Bộ phận tiếp nhận và trả kết quả",
                "KS4",
            ),
        ),
    ),
    SampleVisit("so-giao-duc-va-dao-tao", 5, "planned", ("kstt", "#1", "#3", "#6")),
    SampleVisit("ban-quan-ly-cac-khu-cong-nghiep", 12, "planned", ("kstt", "#3"), announced=False),
)
