"""The dossiers behind the invented province's measured values of 2025, some of them exported wrongly.

Of each agency there are as many, handled in time, online, paid and digitised, as its measured values say,
where the same dossiers can say all of that; else our count parts from the source, as it does in life.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from parindex.data import minhhoa
from parindex.data.minhhoa.measures import Measured, measured_in
from parindex.data.minhhoa.units import units_of


ROUND = "2025-co-quan"
HEADINGS = (
    "Mã hồ sơ", "Mã TTHC", "Lĩnh vực", "Cơ quan giải quyết", "Phòng ban", "Mã cán bộ", "Trạng thái",
    "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày tạm dừng", "Ngày có kết quả", "Hình thức nộp", "Phí, lệ phí",
    "Thanh toán trực tuyến", "Số hóa",
)  # fmt: skip
DIVISIONS = (
    "Phòng Hành chính – Tổng hợp",
    "Phòng Nghiệp vụ 1",
    "Phòng Nghiệp vụ 2",
    "Phòng Quản lý chuyên ngành",
)
FIELDS = ("Cấp phép", "Chứng chỉ hành nghề", "Đăng ký", "Thẩm định", "Xác nhận, công nhận")
FEES = (10_000, 25_000, 50_000, 150_000)
WAYS = ("Trực tiếp", "Trực tiếp", "Trực tiếp", "Bưu chính công ích")
ONLINE = ("Trực tuyến toàn trình", "Trực tuyến một phần")
LIMITS = (2, 3, 5, 7, 10, 15)
CARRIED_DAYS = 12
LARGEST = 10_000  # an agency with more dossiers is left out: the demonstration shall load soon
WRONG = (
    ("Ngày tiếp nhận", "31/02/2025 08:00"), ("Ngày tiếp nhận", "11/25/2025 08:00"), ("Mã hồ sơ", ""),
    ("Trạng thái", "Chờ ký số"), ("Phí, lệ phí", "-50000"), ("Ngày hẹn trả", "chưa rõ"),
    ("Cơ quan giải quyết", "Chi cục Không Có"), ("Ngày có kết quả", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Share:
    part: int
    whole: int


def period() -> tuple[date, date, date]:
    """First and last day of what is measured, and the day up to which it is known."""
    one = _measured()[0]
    return one.start, one.end, one.as_of


@cache
def _measured() -> tuple[Measured, ...]:
    return tuple(measured_in(next(r for r in minhhoa.ROUNDS if r.code == ROUND)))


def rows() -> Iterator[list[str]]:
    """Every exported row in the order of `HEADINGS`, unit by unit; a few that no system should write."""
    shares: dict[str, dict[str, _Share]] = {}
    for one in _measured():
        shares.setdefault(one.unit, {})[one.indicator] = _Share(one.numerator, one.denominator)
    names = {u.code: u.name.vi for u in units_of(ROUND)}
    small = {unit: m for unit, m in shares.items() if m["ho-so-dung-han"].whole <= LARGEST}
    for k, (unit, measured) in enumerate(small.items(), start=1):
        yield from _Agency(k, names[unit], measured).rows()


class _Agency:
    """The dossiers of one agency."""

    def __init__(self, number: int, name: str, measured: dict[str, _Share]) -> None:
        self.number, self.name = number, name
        self.chance = Random(f"minhhoa dossiers {name}")  # noqa: S311  made-up figures, not secrets
        self.first, _, self.last = period()
        self.handled = measured.get("ho-so-dung-han", _Share(0, 0))
        self.online = measured.get("ho-so-truc-tuyen", self.handled)
        self.paid = measured.get("thanh-toan-truc-tuyen", _Share(0, 0))
        self.digitised = measured.get("so-hoa-ho-so", _Share(0, 0))
        self.open = 4 + self.handled.whole // 60
        self.count = 0

    def rows(self) -> Iterator[list[str]]:
        """The handled; those withdrawn, so that as many were received as are said; the open; the wrong."""
        whole = self.handled.whole + self.open
        carried = max(0, whole - self.online.whole)
        days = (self.last - self.first).days - 20
        for k in range(self.handled.whole):
            day = (
                self.first - timedelta(days=1 + k % CARRIED_DAYS)
                if k < carried
                else self.first + timedelta(days=self.chance.randrange(days))
            )
            yield self.closed(k, day, in_time=k % self.handled.whole < self.handled.part, came=k >= carried)
        for _ in range(self.online.whole - whole):
            day = self.first + timedelta(days=self.chance.randrange(days))
            yield self.row(day, status="Công dân yêu cầu rút hồ sơ", due=5, ended=self.at(day, 16), came=True)
        for k in range(self.open):
            yield self.pending(k)
        yield from self.wrong()

    def closed(self, k: int, day: date, *, in_time: bool, came: bool) -> list[str]:
        """One with a result, before, on or after its day."""
        limit = self.chance.choice(LIMITS)
        due = self.later(day, limit)
        taken = limit if self.chance.random() < 0.3 else self.chance.randrange(limit)
        ended = self.at(self.later(day, taken if in_time else limit + 1 + self.chance.randrange(4)), 9)
        if came is False and ended.date() < self.first:
            ended = self.at(self.first + timedelta(days=1), 9)
            due = self.first + timedelta(days=3 if in_time else -1)
        digital = "" if k >= self.digitised.whole else "Có" if k < self.digitised.part else "Không"
        status = "Đã trả kết quả" if self.chance.random() < 0.8 else "Đã xử lý xong"
        return self.row(day, status=status, due=due, ended=ended, came=came, digital=digital)

    def pending(self, k: int) -> list[str]:
        """One without a result: overdue, due soon, due later, or waiting for papers."""
        day = self.last - timedelta(days=2 + self.chance.randrange(9))
        if k % 9 == 4:
            return self.row(day, status="Yêu cầu bổ sung giấy tờ", due=self.later(self.last, 4), came=True,
                            paused=self.at(day + timedelta(days=1), 10))  # fmt: skip
        due = (
            self.later(self.last, self.chance.randrange(12))
            if k % 5
            else self.last - timedelta(days=1 + k % 6)
        )
        return self.row(min(day, due), status="Đang xử lý", due=due, came=True)

    def wrong(self) -> Iterator[list[str]]:
        """A row whose one cell nobody can read."""
        column, text = WRONG[self.number % len(WRONG)]
        found = self.row(
            self.last, status="Đã xử lý xong", due=self.last, ended=self.at(self.last, 15), came=False
        )
        found[HEADINGS.index(column)] = text
        yield found

    def row(
        self, day: date, *, status: str, due: date | int, came: bool, ended: datetime | None = None,
        paused: datetime | None = None, digital: str = "",
    ) -> list[str]:  # fmt: skip
        """The cells; `came` in the period, so that it has its part in what is filed online and paid."""
        self.count += 1
        n = self.came = getattr(self, "came", -1) + came
        officer = 1 + self.count % 11
        online = came and n < self.online.part
        fee = came and n < self.paid.whole
        procedure = 1 + self.count * 7 % 23
        return [
            f"MH.{self.number:02}-{day:%y%m%d}-{self.count:05}",
            f"MH-{self.number:02}{procedure:03}",
            FIELDS[procedure % len(FIELDS)],
            self.name,
            DIVISIONS[officer % len(DIVISIONS)],
            f"CB-{self.number:02}.{officer:02}",
            status,
            _text(self.at(day, 7)),
            _text(datetime.combine(due if isinstance(due, date) else self.later(day, due), time(17))),
            _text(paused),
            _text(ended),
            ONLINE[n % 3 == 2] if online else WAYS[n % len(WAYS)],
            str(FEES[n % len(FEES)] if fee else 0),
            ("Có" if n < self.paid.part else "Không") if fee else "",
            digital,
        ]

    def at(self, day: date, hour: int) -> datetime:
        """A moment of that day within the hour, never after what is known."""
        return datetime.combine(min(day, self.last), time(hour, self.chance.randrange(60)))

    @staticmethod
    def later(day: date, working_days: int) -> date:
        """So many working days later, Saturdays and Sundays alone being days of rest."""
        while working_days or day.weekday() > 4:
            day += timedelta(days=1)
            working_days -= day.weekday() < 5 and working_days > 0
        return day


def _text(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y %H:%M}" if moment else ""
