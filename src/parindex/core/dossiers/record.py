"""One dossier as it is kept: its fields, its ten states, its ways in.

States are those of the national portal's list; what each does to the clock is in `STATUSES`. Moments are kept
as whole minutes since 1970-01-01 00:00 in Việt Nam's time: the minute is the unit in which the law counts a
deadline (the stated minute still counts), and integers are the same on every engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal


Kind = Literal["text", "unit", "moment", "whole", "money", "flag", "status", "channel"]
MINUTES_A_DAY = 1440
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  Việt Nam's wall clock, which has no daylight saving


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a dossier.

    Attributes:
        headings: what systems call it; how a column is found where no mapping names one.
    """

    name: str
    kind: Kind
    headings: tuple[str, ...]
    required: bool = False


FIELDS: tuple[Field, ...] = (
    Field("code", "text", ("Mã hồ sơ", "Số hồ sơ", "Số biên nhận"), required=True),
    Field("procedure", "text", ("Mã TTHC", "Mã thủ tục", "Thủ tục", "Tên TTHC"), required=True),
    Field("field", "text", ("Mã lĩnh vực", "Lĩnh vực")),
    Field(
        "unit",
        "unit",
        ("Mã cơ quan giải quyết", "Cơ quan giải quyết", "Cơ quan xử lý", "Mã đơn vị", "Đơn vị"),
        required=True,
    ),
    Field("centre", "unit", ("Nơi tiếp nhận", "Cơ quan tiếp nhận", "Trung tâm tiếp nhận")),
    Field("division", "text", ("Phòng ban", "Bộ phận xử lý")),
    Field("officer", "text", ("Mã cán bộ", "Cán bộ xử lý")),
    Field("status", "status", ("Mã trạng thái", "Trạng thái", "Tình trạng"), required=True),
    Field("received", "moment", ("Ngày tiếp nhận", "Ngày nhận"), required=True),
    Field("due", "moment", ("Ngày hẹn trả", "Hạn trả", "Hạn giải quyết", "Ngày hẹn trả kết quả")),
    Field("extended", "moment", ("Ngày hẹn lại", "Gia hạn đến")),
    Field("extensions", "whole", ("Số lần gia hạn", "Số lần hẹn lại")),
    Field("paused", "moment", ("Ngày tạm dừng", "Ngày yêu cầu bổ sung")),
    Field("resumed", "moment", ("Ngày tiếp tục", "Ngày nhận bổ sung")),
    Field("paused_days", "whole", ("Số ngày tạm dừng",)),
    Field("finished", "moment", ("Ngày có kết quả", "Ngày hoàn thành", "Ngày kết thúc xử lý")),
    Field("returned", "moment", ("Ngày trả kết quả", "Ngày trả")),
    Field("channel", "channel", ("Hình thức nộp", "Kênh tiếp nhận", "Hình thức tiếp nhận")),
    Field("fee", "money", ("Phí, lệ phí", "Phí lệ phí", "Lệ phí", "Số tiền")),
    Field("paid_online", "flag", ("Thanh toán trực tuyến",)),
    Field("digitised", "flag", ("Số hóa", "Đã số hóa")),
    Field("apology", "flag", ("Thư xin lỗi", "Đã xin lỗi", "Phiếu xin lỗi")),
    Field("updated", "moment", ("Ngày cập nhật", "Thời điểm cập nhật")),
)
BY_NAME = {f.name: f for f in FIELDS}


@dataclass(frozen=True, slots=True)
class Status:
    """A state of a dossier. `stage` orders versions: of two of one dossier the later stage is the newer."""

    number: int
    vi: str
    en: str
    clock: Literal["not_started", "running", "paused", "ended"]
    stage: int


STATUSES: tuple[Status, ...] = (
    Status(1, "Mới đăng ký", "New", "not_started", 1),
    Status(2, "Được tiếp nhận", "Accepted", "running", 2),
    Status(3, "Không được tiếp nhận", "Refused", "ended", 5),
    Status(4, "Đang xử lý", "In progress", "running", 3),
    Status(5, "Yêu cầu bổ sung giấy tờ", "More papers asked", "paused", 4),
    Status(6, "Yêu cầu thực hiện nghĩa vụ tài chính", "Payment asked", "paused", 4),
    Status(7, "Công dân yêu cầu rút hồ sơ", "Withdrawn by citizen", "ended", 5),
    Status(8, "Dừng xử lý", "Stopped", "paused", 4),
    Status(9, "Đã xử lý xong", "Done", "ended", 5),
    Status(10, "Đã trả kết quả", "Result handed over", "ended", 6),
)
RESOLVED = (9, 10)
NOT_RECEIVED = (1, 3)
PAUSED = tuple(s.number for s in STATUSES if s.clock == "paused")

CHANNELS = {"unknown": 0, "online_full": 1, "online_part": 2, "in_person": 3, "post": 4}
CHANNEL_WORDS = {
    "toàn trình": 1,
    "trực tuyến toàn trình": 1,
    "trực tuyến": 1,
    "qua mạng": 1,
    "một phần": 2,
    "trực tuyến một phần": 2,
    "trực tiếp": 3,
    "tại quầy": 3,
    "bưu chính": 4,
    "bưu chính công ích": 4,
    "bcci": 4,
    "qua bưu chính": 4,
}
YES = ("1", "x", "yes", "true", "có", "đã", "y", "t")
NO = ("0", "no", "false", "không", "chưa", "n", "f")

# the columns of a stored row and their DuckDB types; `month` is the received one, 202503
STORED: dict[str, str] = {
    "code": "VARCHAR",
    "procedure": "VARCHAR",
    "field": "VARCHAR",
    "unit": "VARCHAR",
    "centre": "VARCHAR",
    "division": "VARCHAR",
    "officer": "VARCHAR",
    "status": "TINYINT",
    "month": "INTEGER",
    "received": "INTEGER",
    "due": "INTEGER",
    "due_moved": "BOOLEAN",
    "extended": "INTEGER",
    "extensions": "SMALLINT",
    "paused": "INTEGER",
    "resumed": "INTEGER",
    "paused_days": "SMALLINT",
    "ended": "INTEGER",
    "returned": "INTEGER",
    "channel": "TINYINT",
    "fee": "BIGINT",
    "paid_online": "BOOLEAN",
    "digitised": "BOOLEAN",
    "apology": "BOOLEAN",
    "updated": "INTEGER",
}


def minute_of(moment: datetime) -> int:
    """A wall-clock moment in Việt Nam as a stored minute; seconds are cut off."""
    seconds = (moment.replace(tzinfo=None) - _EPOCH).total_seconds()
    return int(seconds // 60)


def moment_of(minute: int) -> datetime:
    """The wall-clock moment of a stored minute."""
    return _EPOCH + timedelta(minutes=minute)


def day_number(day: date) -> int:
    """Days since 1970-01-01, which is a stored minute divided by 1440."""
    return day.toordinal() - date(1970, 1, 1).toordinal()
