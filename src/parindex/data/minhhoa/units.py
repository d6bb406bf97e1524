"""The invented province's units, and how well each does in each year."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from parindex.core.kernel.text import Text


GROUPS: Mapping[str, Text] = {
    "co-quan": Text(
        "Cơ quan chuyên môn, Ban Quản lý các khu công nghiệp",
        "Specialised agencies and the industrial-zones board",
    ),
    "cap-huyen": Text("Huyện, thị xã, thành phố", "Districts, towns and the city"),
    "cap-xa": Text("Xã, phường, đặc khu", "Communes, wards and the special zone"),
}


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit of the invented province in one round.

    Attributes:
        level: how large a share of the points it tends to get, 0 to 1.
        volume: about how many dossiers it handles in a year.
        late_days: days its sheet came after the deadline.
        first, last: days of its existence; None: not known, not ended.
    """

    code: str
    name: Text
    type: str
    group: str
    level: float
    volume: int
    late_days: int = 0
    first: date | None = None
    last: date | None = None


MERGED = date(2025, 3, 1)
"""The day on which departments were merged."""
TWO_LEVELS = date(2025, 7, 1)
"""The day from which there are communes and no districts: the law's own."""
DAY = timedelta(days=1)

# name, English name, level in 2023, 2024, 2025 (None: not a unit of that year), dossiers a year
_AGENCIES: Sequence[tuple[str, str, float | None, float | None, float | None, int]] = (
    ("Văn phòng UBND tỉnh", "Office of the People’s Committee", 0.925, 0.93, 0.93, 180),
    ("Sở Nội vụ", "Department of Home Affairs", 0.90, 0.915, 0.925, 1450),
    ("Sở Tư pháp", "Department of Justice", 0.93, 0.945, 0.945, 7800),
    ("Sở Kế hoạch và Đầu tư", "Department of Planning and Investment", 0.88, 0.90, None, 6900),
    ("Sở Tài chính", "Department of Finance", 0.885, 0.905, 0.88, 640),
    (
        "Sở Văn hóa, Thể thao và Du lịch",
        "Department of Culture, Sports and Tourism",
        0.874,
        0.88,
        0.862,
        920,
    ),
    ("Sở Công Thương", "Department of Industry and Trade", 0.865, 0.865, 0.88, 15200),
    ("Sở Thông tin và Truyền thông", "Department of Information and Communications", 0.87, 0.88, None, 310),
    ("Sở Khoa học và Công nghệ", "Department of Science and Technology", 0.845, 0.85, 0.89, 260),
    ("Sở Giáo dục và Đào tạo", "Department of Education and Training", 0.825, 0.84, 0.855, 3400),
    (
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Department of Agriculture and Rural Development",
        0.82,
        0.83,
        None,
        2150,
    ),
    ("Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment", None, None, 0.80, 24800),
    ("Sở Y tế", "Department of Health", 0.80, 0.82, 0.84, 4100),
    ("Sở Giao thông vận tải", "Department of Transport", 0.83, 0.825, None, 18900),
    ("Sở Xây dựng", "Department of Construction", 0.805, 0.80, 0.825, 1250),
    (
        "Sở Lao động, Thương binh và Xã hội",
        "Department of Labour, Invalids and Social Affairs",
        0.81,
        0.815,
        None,
        2900,
    ),
    ("Sở Dân tộc và Tôn giáo", "Department of Ethnic and Religious Affairs", None, None, 0.81, 140),
    ("Ban Dân tộc", "Board for Ethnic Minorities", 0.79, 0.80, None, 30),
    (
        "Sở Tài nguyên và Môi trường",
        "Department of Natural Resources and Environment",
        0.755,
        0.765,
        None,
        21500,
    ),
    ("Thanh tra tỉnh", "Provincial Inspectorate", 0.775, 0.785, 0.80, 130),
)
_BOARD = ("Ban Quản lý các khu công nghiệp", "Industrial-Zones Board", 0.845, 0.893, 0.865, 520)
_DISTRICTS: Sequence[tuple[str, str, float, float]] = (
    ("Thành phố Nguyệt Thành", "Nguyệt Thành City", 0.81, 0.82),
    ("Thị xã Ngân Điền", "Ngân Điền Town", 0.80, 0.83),
    ("Huyện Nguyệt Đông", "Nguyệt Đông District", 0.74, 0.765),
    ("Huyện Nguyệt Tây", "Nguyệt Tây District", 0.72, 0.735),
    ("Huyện Nguyệt Nam", "Nguyệt Nam District", 0.735, 0.765),
    ("Huyện Nguyệt Bắc", "Nguyệt Bắc District", 0.60, 0.63),
    ("Huyện Nguyệt Giang", "Nguyệt Giang District", 0.755, 0.755),
    ("Huyện Trầm Sơn", "Trầm Sơn District", 0.55, 0.56),
    ("Huyện Cù Lao Nguyệt", "Cù Lao Nguyệt District", 0.61, 0.60),
    ("Huyện Ngân Khê", "Ngân Khê District", 0.62, 0.68),
)
_FIRST = (
    "Minh",
    "Hòa",
    "Đông",
    "Tây",
    "Nam",
    "Bắc",
    "Phú",
    "An",
    "Tân",
    "Long",
    "Sơn",
    "Thanh",
    "Bình",
    "Xuân",
    "Vĩnh",
    "Lộc",
)
_SECOND = ("Nguyệt", "Trầm", "Sim", "Nghệ", "Bách", "Nhạc", "Mây", "Hoan")
_WARDS, _COMMUNES = 21, 124
_LATE: Mapping[tuple[int, str], int] = {
    (2023, "Huyện Nguyệt Bắc"): 1,
    (2024, "Huyện Trầm Sơn"): 2,
    (2024, "Sở Tài nguyên và Môi trường"): 1,
    (2025, "Sở Y tế"): 1,
}


def units_of(round_code: str) -> list[SampleUnit]:
    """The units of a round, in the order of the official list."""
    if round_code == "2025-cap-xa":
        return _communes()
    year = int(round_code[:4])
    agencies = [
        SampleUnit(
            slug(vi),
            Text(vi, en),
            kind,
            "co-quan",
            level,
            volume,
            _LATE.get((year, vi), 0),
            first=MERGED if levels[0] is None else None,
            last=MERGED - DAY if levels[-1] is None else None,
        )
        for vi, en, *levels, volume in (*_AGENCIES, _BOARD)
        for kind in ["bql" if vi == _BOARD[0] else "so"]
        if (level := levels[year - 2023]) is not None
    ]
    if year == 2025:
        return agencies
    districts = [
        SampleUnit(
            slug(vi),
            Text(vi, en),
            "huyen",
            "cap-huyen",
            levels[year - 2023],
            9000 + 700 * k,
            _LATE.get((year, vi), 0),
            last=TWO_LEVELS - DAY,
        )
        for k, (vi, en, *levels) in enumerate(_DISTRICTS)
    ]
    return agencies + districts


def _communes() -> list[SampleUnit]:
    """124 wards, communes and a special zone; levels spread as in a province of that size."""
    rng = Random("minhhoa communes")  # noqa: S311  made-up figures, not secrets
    names = [f"{first} {second}" for second in _SECOND for first in _FIRST][: _COMMUNES - 1]
    units = []
    for k, name in enumerate([*names, "Cù Lao Nguyệt"]):
        kind, english = ("Phường", "Ward") if k < _WARDS else ("Xã", "Commune")
        if k == _COMMUNES - 1:
            kind, english = "Đặc khu", "Special Zone"
        spread = (rng.random() + rng.random() + rng.random()) / 3
        level = 0.452 + 0.525 * spread + (0.03 if k < _WARDS else 0)
        units.append(
            SampleUnit(
                slug(f"{kind} {name}"),
                Text(f"{kind} {name}", f"{name} {english}"),
                "xa",
                "cap-xa",
                level,
                900 + int(rng.random() * 3200),
                _days_late(k),
                first=TWO_LEVELS,
            )
        )
    return units


def _days_late(commune: int) -> int:
    """One commune in thirty hands its sheet in one to four days late."""
    rng = Random(f"minhhoa late|{commune}")  # noqa: S311  made-up figures
    return 1 + int(rng.random() * 4) if rng.random() < 1 / 30 else 0


def slug(name: str) -> str:
    """A name as part of an address: no accents, hyphens between words."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "-".join(letters.split())
