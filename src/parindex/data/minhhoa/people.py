"""Invented persons of the invented province: who does what in the training rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from parindex.data.minhhoa.units import SampleUnit


PROVINCE = ""
SECRETARIAT = "so-noi-vu"
STAND_IN = "van-phong-ubnd-tinh"
LEADS = {
    "A": SECRETARIAT,
    "1.6": "van-phong-ubnd-tinh",
    "2": "so-tu-phap",
    "3": "van-phong-ubnd-tinh",
    "6": "so-tai-chinh",
    "7": "so-thong-tin-va-truyen-thong",
    "7.4": "so-khoa-hoc-va-cong-nghe",
    "B": SECRETARIAT,
    "C": SECRETARIAT,
    "T1": SECRETARIAT,
    "P1": "thanh-tra-tinh",
    "P2": SECRETARIAT,
}
"""Which department appraises which part of the 2024 set; the set itself names them (`appraiser`)."""

_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
_MIDDLE = ("Minh", "Thị", "Văn", "Quốc", "Ngọc", "Thanh", "Hữu", "Thu", "Đức", "Kim", "Xuân", "Hoài")
_GIVEN = (
    "An",
    "Bình",
    "Châu",
    "Dung",
    "Đạt",
    "Giang",
    "Hà",
    "Hùng",
    "Khánh",
    "Lan",
    "Long",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quỳnh",
    "Sơn",
    "Tâm",
    "Uyên",
    "Vinh",
    "Yến",
)


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody invented: sign-in name, name, office held, and roles as (role, unit code; "" the province)."""

    username: str
    full_name: str
    position: str
    roles: Sequence[tuple[str, str]]


def people_of(units: Sequence[SampleUnit]) -> Iterator[SamplePerson]:
    """The province's own people first, then each unit's; the same on every machine."""
    names = _names()
    for username, position, roles in _PROVINCE:
        yield SamplePerson(username, next(names), position, roles)
    for unit in units:
        head = "Chủ tịch UBND" if unit.type == "huyen" else "Thủ trưởng"
        yield SamplePerson(f"lanh-dao.{unit.code}", next(names), head, [("head", unit.code)])
        yield SamplePerson(f"dau-moi.{unit.code}", next(names), "Đầu mối CCHC", [("focal", unit.code)])
        yield SamplePerson(f"chuyen-vien.{unit.code}", next(names), "Chuyên viên", [("officer", unit.code)])
    for code in dict.fromkeys(LEADS.values()):
        yield SamplePerson(f"tham-dinh.{code}", next(names), "Chuyên viên thẩm định", [("appraiser", code)])
        yield SamplePerson(f"phu-trach.{code}", next(names), "Phó thủ trưởng", [("lead_head", code)])
    for username, position, roles in _SECTION:
        yield SamplePerson(username, next(names), position, roles)


_PROVINCE: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (
    ("thuong-truc", "Trưởng phòng Cải cách hành chính, Sở Nội vụ", [("secretariat", PROVINCE)]),
    ("giup-viec", "Chuyên viên Phòng Cải cách hành chính, Sở Nội vụ", [("assistant", PROVINCE)]),
    ("chu-tich-hoi-dong", "Phó Chủ tịch UBND tỉnh", [("chair", PROVINCE)]),
    ("thanh-vien", "Phó Chánh Văn phòng UBND tỉnh", [("member", PROVINCE)]),
    ("lanh-dao", "Chủ tịch UBND tỉnh", [("leader", PROVINCE)]),
    ("kiem-soat", "Kiểm soát viên", [("auditor", PROVINCE)]),
    ("quan-tri", "Quản trị hệ thống", [("administrator", PROVINCE)]),
)


_SECTION: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (
    ("bien-tap", "Biên tập viên chuyên mục CCHC", [("editor", PROVINCE)]),
    ("thanh-tra", "Thanh tra viên", [("inspector", "thanh-tra-tinh")]),
)
"""After everybody else, so that whoever was there first keeps the name."""


def _names() -> Iterator[str]:
    """Common names in an order that repeats, no two alike."""
    rng, seen = Random("minhhoa people"), set()  # noqa: S311  made-up names, not secrets
    while True:
        name = f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE)} {rng.choice(_GIVEN)}"
        if name not in seen:
            seen.add(name)
            yield name
