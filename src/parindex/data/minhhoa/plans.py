"""Invented plans of the invented province and some of its departments, by days before and after its start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleTask:
    """One task.

    Attributes:
        due, done: days from the start of the demonstration; negative: before it. None: no deadline, not done.
        by: sign-in name of whoever does it. output: its document, by title; number: that document's number.
        gain: points that it is to bring at its criterion.
        percent, line: what was last reported. waits: the output was handed in and nobody has answered.
        down: codes of units that it is handed down to; those of `open_to` have not answered yet.
        declined: (unit, reason) of one that said no.
    """

    content: str
    area: str
    due: int | None = None
    due_text: str = ""
    by: str = ""
    output: str = ""
    number: str = ""
    criterion: str = ""
    gain: str = ""
    percent: int = 0
    line: str = ""
    done: int | None = None
    waits: bool = False
    cancelled: str = ""
    down: Sequence[str] = ()
    open_to: Sequence[str] = ()
    declined: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """One plan. `unit`: its code; empty: the province. `number`: empty: it is a draft. `year`: of one that is
    over and closed; 0: the year of the start."""

    unit: str
    title: str
    maker: str
    number: str
    theme: str
    tasks: Sequence[SampleTask]
    grounds: Sequence[str] = ()
    year: int = 0


CULTURE, HEALTH, JUSTICE = "so-van-hoa-the-thao-va-du-lich", "so-y-te", "so-tu-phap"
THEME = "Không hồ sơ trễ hẹn, thêm dịch vụ công trực tuyến, thanh toán không dùng tiền mặt"

PROVINCE = SamplePlan(
    "",
    "Kế hoạch cải cách hành chính của tỉnh Minh Họa",
    "thuong-truc",
    "4912/KH-UBND",
    THEME,
    (
        SampleTask(
            "Kiểm tra cải cách hành chính gắn với kiểm soát thủ tục hành chính tại ít nhất 30% đơn vị",
            "chi-dao",
            due=20,
            output="Báo cáo kết quả kiểm tra",
            percent=60,
            line="Đã kiểm tra 7 đơn vị, còn 3 đơn vị theo kế hoạch.",
        ),
        SampleTask(
            "Rà soát, đơn giản hóa thủ tục hành chính nội bộ",
            "thu-tuc",
            due=-40,
            output="Quyết định thông qua phương án đơn giản hóa",
            number="318/QĐ-UBND",
            criterion="2.1.2",
            percent=100,
            line="Đã trình, được thông qua 42 phương án.",
            done=-47,
        ),
        SampleTask(
            "Cung cấp dịch vụ công trực tuyến toàn trình với các thủ tục đủ điều kiện",
            "so-hoa",
            due=25,
            down=(CULTURE, HEALTH),
            declined=(JUSTICE, "Các thủ tục đủ điều kiện của Sở đã cung cấp toàn trình từ năm trước."),
        ),
        SampleTask(
            "Thanh toán trực tuyến phí, lệ phí, không thu tiền mặt tại Bộ phận Một cửa",
            "thu-tuc",
            due=18,
            down=(CULTURE,),
            open_to=(HEALTH,),
        ),
        SampleTask(
            "Bồi dưỡng kỹ năng số cho công chức Bộ phận Một cửa",
            "cong-vu",
            due=-12,
            percent=70,
            line="Đã mở 5 trên 7 lớp.",
        ),
        SampleTask(
            "Sắp xếp phòng, ban sau khi hợp nhất", "bo-may", due=-90, percent=100, line="Xong.", done=-84
        ),
        SampleTask(
            "Thí điểm khoán chi hành chính tại ba đơn vị",
            "tai-chinh",
            due=40,
            cancelled="Chờ quy định mới của cấp trên.",
        ),
    ),
    ("Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ",),
)

DEPARTMENT = SamplePlan(
    CULTURE,
    "Kế hoạch cải cách hành chính của Sở Văn hóa, Thể thao và Du lịch",
    f"dau-moi.{CULTURE}",
    "74/KH-SVHTTDL",
    THEME,
    (
        SampleTask(
            "Không để hồ sơ thủ tục hành chính trễ hẹn; hồ sơ sắp đến hạn được nhắc trước ba ngày làm việc",
            "thu-tuc",
            due=30,
            due_text="thường xuyên",
            by=f"chuyen-vien.{CULTURE}",
            criterion="3.3.1",
            gain="0.2",
            percent=80,
            line="Tháng này không có hồ sơ trễ hẹn.",
        ),
        SampleTask(
            "Họp giao ban cải cách hành chính hằng tháng, chỉ bàn việc chậm",
            "chi-dao",
            due=-3,
            by=f"lanh-dao.{CULTURE}",
            percent=90,
            line="Đã họp 10 lần.",
        ),
        SampleTask(
            "Kiểm tra thực hiện nội quy, giờ làm việc tại các phòng",
            "cong-vu",
            due=-60,
            by=f"dau-moi.{CULTURE}",
            output="Thông báo kết luận kiểm tra",
            number="112/TB-SVHTTDL",
            criterion="1.4.1",
            percent=100,
            line="Đã kiểm tra 6 phòng, có 2 kiến nghị.",
            done=-66,
        ),
        SampleTask(
            "Đăng tin, bài về cải cách hành chính trên trang của Sở, ít nhất hai bài một tháng",
            "chi-dao",
            due=22,
            by=f"chuyen-vien.{CULTURE}",
            percent=75,
            line="Đã đăng 21 bài.",
        ),
        SampleTask(
            "Phát động thi đua “Một cửa không giấy”",
            "cong-vu",
            due=5,
            by=f"chuyen-vien.{CULTURE}",
            output="Kế hoạch phát động thi đua",
            number="96/KH-SVHTTDL",
            percent=100,
            line="Đã ban hành kế hoạch phát động.",
            waits=True,
        ),
    ),
    ("Kế hoạch số 4912/KH-UBND của Ủy ban nhân dân tỉnh Minh Họa",),
)

OF_HEALTH = SamplePlan(
    HEALTH,
    "Kế hoạch cải cách hành chính của Sở Y tế",
    f"dau-moi.{HEALTH}",
    "58/KH-SYT",
    THEME,
    (
        SampleTask(
            "Cắt giảm giấy tờ phải nộp khi cấp chứng chỉ hành nghề",
            "thu-tuc",
            due=4,
            by=f"chuyen-vien.{HEALTH}",
            output="Tờ trình phương án cắt giảm",
            criterion="2.1.2",
            percent=40,
            line="Đã lấy ý kiến các phòng.",
        ),
        SampleTask(
            "Công khai tiến độ từng hồ sơ tại Bộ phận Một cửa",
            "so-hoa",
            due=-8,
            by=f"chuyen-vien.{HEALTH}",
            criterion="3.1.2",
            gain="0.4",
        ),
        SampleTask("Rà soát vị trí việc làm sau hợp nhất", "bo-may", due=35),
        SampleTask(
            "Ban hành quy chế làm việc của Bộ phận Một cửa",
            "chi-dao",
            due=2,
            by=f"chuyen-vien.{HEALTH}",
            output="Quyết định ban hành quy chế",
            number="207/QĐ-SYT",
            criterion="1.1.1",
            percent=100,
            line="Đã trình ký, ban hành.",
            waits=True,
        ),
    ),
    ("Kế hoạch số 4912/KH-UBND của Ủy ban nhân dân tỉnh Minh Họa",),
)

DRAFT = SamplePlan(
    JUSTICE,
    "Kế hoạch cải cách hành chính của Sở Tư pháp",
    f"dau-moi.{JUSTICE}",
    "",
    THEME,
    (SampleTask("Rà soát văn bản quy phạm pháp luật trong năm", "the-che", due=28),),
)

LAST_YEAR = SamplePlan(
    HEALTH,
    "Kế hoạch cải cách hành chính năm 2024 của Sở Y tế",
    f"dau-moi.{HEALTH}",
    "61/KH-SYT",
    "Hồ sơ đúng hạn, người bệnh không phải đi lại",
    (
        SampleTask(
            "Ban hành kế hoạch cải cách hành chính đúng thời hạn, đủ nội dung",
            "chi-dao",
            due=-200,
            by=f"chuyen-vien.{HEALTH}",
            output="Kế hoạch cải cách hành chính",
            number="61/KH-SYT",
            criterion="1.1.1",
            percent=100,
            line="Đã ban hành.",
            done=-210,
        ),
        SampleTask(
            "Xin lỗi bằng văn bản với mọi hồ sơ giải quyết quá hạn",
            "thu-tuc",
            due=-20,
            by=f"chuyen-vien.{HEALTH}",
            output="Danh sách thư xin lỗi",
            number="402/BC-SYT",
            criterion="3.2.2",
            percent=100,
            line="Đã gửi đủ thư xin lỗi.",
            done=-24,
        ),
    ),
    year=2024,
)

PLANS: Sequence[SamplePlan] = (LAST_YEAR, PROVINCE, DEPARTMENT, OF_HEALTH, DRAFT)
