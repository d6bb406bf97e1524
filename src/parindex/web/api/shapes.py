"""What is sent and answered, as the OpenAPI document says; descriptions are translated when it is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

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


class Problem(Schema):
    """Why a whole request is refused."""

    code: str = Field(description=gettext_noop("mã lý do, không đổi theo ngôn ngữ"))
    sentence: str = Field(description=gettext_noop("lý do bằng lời"))


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
