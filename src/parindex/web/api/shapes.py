"""What is sent and answered, as the OpenAPI document says; descriptions are translated when it is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext_noop
from ninja import Field, Schema

from parindex.apps.indicators.tokens import MOST_ROWS


class Row(Schema):
    """One value. Described only: each row is read by itself, so that one that is wrong spoils no other."""

    indicator: str = Field(description=gettext_noop("mã chỉ tiêu"), examples=["ho-so-dung-han"])
    unit: str = Field(
        description=gettext_noop("mã đơn vị, hoặc cả đường dẫn tinh.so khi mã có ở nhiều nơi"),
        examples=["so-y-te"],
    )
    period: str | None = Field(
        None,
        description=gettext_noop("kỳ: 2025, 2025-03 hoặc 2025-Q1; hoặc dùng from và to"),
        examples=["2025-03"],
    )
    first: date | None = Field(None, alias="from", description=gettext_noop("ngày đầu kỳ"))
    last: date | None = Field(None, alias="to", description=gettext_noop("ngày cuối kỳ"))
    numerator: int | None = Field(
        None, ge=0, le=10**18 - 1, description=gettext_noop("tử số của tỷ lệ"), examples=[118]
    )
    denominator: int | None = Field(
        None,
        ge=0,
        le=10**18 - 1,
        description=gettext_noop("mẫu số của tỷ lệ; 0: không phát sinh"),
        examples=[120],
    )
    value: float | str | None = Field(
        None, description=gettext_noop("giá trị của chỉ tiêu không phải tỷ lệ; đọc đúng từng chữ số")
    )
    as_of: date = Field(
        description=gettext_noop("ngày cuối cùng mà số liệu phản ánh"), examples=["2025-03-31"]
    )
    source: str | None = Field(
        None, max_length=120, description=gettext_noop("nguồn; bỏ trống: nguồn chính thức của chỉ tiêu")
    )
    ref: str | None = Field(
        None,
        max_length=200,
        description=gettext_noop("số báo cáo hoặc liên kết đến nơi có số liệu"),
        examples=["https://motcua.example/bao-cao/2025-03"],
    )


class Delivery(Schema):
    """A delivery: rows in any order."""

    rows: list[Row] = Field(
        min_length=1, max_length=MOST_ROWS, description=gettext_noop("các giá trị, mỗi dòng một giá trị")
    )


class RowAnswer(Schema):
    """What became of one row."""

    row: int = Field(description=gettext_noop("thứ tự dòng đã gửi, từ 1"))
    outcome: Literal["added", "changed", "same", "refused", "held"] = Field(
        description=gettext_noop(
            "added: giá trị mới; changed: phiên bản mới; same: đã có; refused: bị từ chối; held: đúng nhưng "
            "không ghi vì dòng khác bị từ chối (atomic)"
        )
    )
    field: str = Field("", description=gettext_noop("trường bị từ chối"))
    code: str = Field("", description=gettext_noop("mã lý do, không đổi theo ngôn ngữ"))
    sentence: str = Field("", description=gettext_noop("lý do bằng lời"))


class Answer(Schema):
    """What became of a delivery: how many rows of each outcome, and each row."""

    added: int = Field(description=gettext_noop("số giá trị mới"))
    changed: int = Field(description=gettext_noop("số phiên bản mới"))
    same: int = Field(description=gettext_noop("số dòng đã có, không ghi lại"))
    refused: int = Field(description=gettext_noop("số dòng bị từ chối"))
    held: int = Field(description=gettext_noop("số dòng đúng nhưng không ghi (atomic)"))
    rows: list[RowAnswer] = Field(description=gettext_noop("từng dòng, theo thứ tự đã gửi"))


class Dossier(Schema):
    """One dossier as it stands. Described only: each row is read by itself."""

    code: str = Field(description=gettext_noop("mã hồ sơ"), examples=["H00.01-251103-0007"])
    procedure: str = Field(description=gettext_noop("mã thủ tục hành chính"), examples=["1.004194"])
    unit: str = Field(
        description=gettext_noop("mã hoặc tên cơ quan giải quyết, trong phạm vi của mã truy cập"),
        examples=["so-y-te"],
    )
    status: int | str = Field(description=gettext_noop("trạng thái, số từ 1 đến 10 hoặc tên"), examples=[9])
    received: str = Field(
        description=gettext_noop("ngày giờ tiếp nhận, giờ Việt Nam"), examples=["2025-11-03T08:30"]
    )
    due: str | None = Field(
        None,
        description=gettext_noop("ngày giờ hẹn trả; bắt buộc khi đã tiếp nhận; chỉ có ngày thì hết ngày ấy"),
        examples=["2025-11-10T17:00"],
    )
    field: str | None = Field(None, description=gettext_noop("lĩnh vực"))
    centre: str | None = Field(None, description=gettext_noop("nơi tiếp nhận, mã hoặc tên đơn vị"))
    division: str | None = Field(None, description=gettext_noop("phòng, ban xử lý"))
    officer: str | None = Field(None, description=gettext_noop("mã cán bộ xử lý, không phải tên công dân"))
    extended: str | None = Field(None, description=gettext_noop("ngày giờ hẹn lại"))
    extensions: int | str | None = Field(None, description=gettext_noop("số lần gia hạn"))
    paused: str | None = Field(None, description=gettext_noop("ngày giờ tạm dừng lần cuối"))
    resumed: str | None = Field(None, description=gettext_noop("ngày giờ tiếp tục lần cuối"))
    paused_days: int | str | None = Field(
        None, description=gettext_noop("số ngày làm việc của các lần tạm dừng trước đó")
    )
    finished: str | None = Field(
        None, description=gettext_noop("ngày giờ có kết quả"), examples=["2025-11-07T10:15"]
    )
    returned: str | None = Field(None, description=gettext_noop("ngày giờ trả kết quả"))
    channel: str | None = Field(
        None,
        description=gettext_noop("online_full, online_part, in_person hoặc post"),
        examples=["online_full"],
    )
    fee: int | str | None = Field(
        None, description=gettext_noop("phí, lệ phí, đồng; 0: không thu"), examples=[25000]
    )
    paid_online: bool | str | None = Field(None, description=gettext_noop("đã thanh toán trực tuyến"))
    digitised: bool | str | None = Field(None, description=gettext_noop("đã số hóa"))
    apology: bool | str | None = Field(None, description=gettext_noop("đã có thư xin lỗi"))
    updated: str | None = Field(
        None, description=gettext_noop("ngày giờ của bản này; bản nào sau thì được giữ")
    )


class Dossiers(Schema):
    """A delivery of dossiers: rows in any order."""

    rows: list[Dossier] = Field(
        min_length=1, max_length=MOST_ROWS, description=gettext_noop("các hồ sơ, mỗi dòng một hồ sơ")
    )


class DossierAnswer(Schema):
    """What became of one dossier."""

    row: int = Field(description=gettext_noop("thứ tự dòng đã gửi, từ 1"))
    outcome: Literal["taken", "refused"] = Field(
        description=gettext_noop("taken: đã nhận; refused: bị từ chối")
    )
    field: str = Field("", description=gettext_noop("trường bị từ chối"))
    code: str = Field("", description=gettext_noop("mã lý do, không đổi theo ngôn ngữ"))
    sentence: str = Field("", description=gettext_noop("lý do bằng lời"))


class DossiersAnswer(Schema):
    """What became of a delivery of dossiers."""

    added: int = Field(description=gettext_noop("số hồ sơ mới"))
    changed: int = Field(description=gettext_noop("số hồ sơ có bản mới hơn"))
    same: int = Field(description=gettext_noop("số hồ sơ đã có đúng như vậy"))
    older: int = Field(description=gettext_noop("số dòng cũ hơn bản đang giữ"))
    repeated: int = Field(description=gettext_noop("số dòng có bản mới hơn ngay trong lần gửi này"))
    refused: int = Field(description=gettext_noop("số dòng bị từ chối"))
    unread: list[str] = Field(description=gettext_noop("các trường không đọc, không lưu"))
    rows: list[DossierAnswer] = Field(description=gettext_noop("từng dòng, theo thứ tự đã gửi"))


class Problem(Schema):
    """Why a whole request is refused."""

    code: str = Field(description=gettext_noop("mã lý do, không đổi theo ngôn ngữ"))
    sentence: str = Field(description=gettext_noop("lý do bằng lời"))


class Licence(Schema):
    """Under which licence data are."""

    name: str
    url: str


class Open(Schema):
    """Data that everybody may read."""

    licence: Licence = Field(description=gettext_noop("giấy phép của dữ liệu"))
    source: str = Field(description=gettext_noop("trang dành cho người đọc, cùng nội dung"))
    data: Any = Field(description=gettext_noop("dữ liệu; từng trường có trong từ điển dữ liệu"))
    year: int | None = None
    publicity: str | None = None
    note: dict[str, str] | None = None
    framework: dict[str, str] | None = None
    answers_hash: str | None = None
    tables: list[str] | None = None


class KeptValue(Schema):
    """A version of a value."""

    id: int
    indicator: str = Field(description=gettext_noop("mã chỉ tiêu"))
    unit: str = Field(description=gettext_noop("đường dẫn đơn vị"))
    first: date = Field(alias="from", description=gettext_noop("ngày đầu kỳ"))
    last: date = Field(alias="to", description=gettext_noop("ngày cuối kỳ"))
    numerator: int | None = Field(description=gettext_noop("tử số của tỷ lệ"))
    denominator: int | None = Field(description=gettext_noop("mẫu số của tỷ lệ; 0: không phát sinh"))
    value: str = Field(
        description=gettext_noop("giá trị chính xác, phân số viết 59/60; trống: không phát sinh")
    )
    source: str = Field(description=gettext_noop("nguồn"))
    as_of: date = Field(description=gettext_noop("ngày cuối cùng mà số liệu phản ánh"))
    origin: str = Field(description=gettext_noop("gửi đến bằng cách nào, với tham chiếu đã gửi"))
    version: int = Field(description=gettext_noop("phiên bản thứ mấy của nguồn này"))
    stands: bool = Field(description=gettext_noop("là phiên bản mới nhất của nguồn này"))
    known_at: datetime = Field(description=gettext_noop("ghi nhận lúc"))


class Values(Schema):
    """Some versions, the first recorded first."""

    values: list[KeptValue] = Field(description=gettext_noop("các phiên bản, ghi trước đứng trước"))
    next: int | None = Field(description=gettext_noop("gửi lại làm after để đọc tiếp; null: hết"))


class IndicatorShape(Schema):
    """An indicator that may be sent."""

    code: str = Field(description=gettext_noop("mã chỉ tiêu"))
    name_vi: str = Field(description=gettext_noop("tên tiếng Việt"))
    name_en: str = Field(description=gettext_noop("tên tiếng Anh"))
    kind: Literal["share", "count", "number"] = Field(
        description=gettext_noop("share: gửi numerator và denominator; count, number: gửi value")
    )
    measure: str = Field(description=gettext_noop("đơn vị tính"))
    period: Literal["month", "quarter", "year"] = Field(
        description=gettext_noop("đo theo tháng, quý hay năm")
    )
    source: str = Field(description=gettext_noop("nguồn chính thức"))


class UnitShape(Schema):
    """A unit whose values may be sent."""

    code: str = Field(description=gettext_noop("mã đơn vị"))
    way: str = Field(description=gettext_noop("đường dẫn đơn vị"))
    name_vi: str = Field(description=gettext_noop("tên tiếng Việt"))
    name_en: str = Field(description=gettext_noop("tên tiếng Anh"))
    type: str = Field(description=gettext_noop("loại đơn vị"))
    valid_to: date | None = Field(description=gettext_noop("ngày kết thúc hoạt động; null: đang hoạt động"))
