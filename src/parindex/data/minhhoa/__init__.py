"""Tỉnh Minh Họa: a province that does not exist, with the structure of a real one.

Its units, years and answers are made from a seed; nothing here is a figure of any real office. Departments
bear the names that every province gives them; districts and communes bear names that no real one has. The
rules are those of the shipped criteria sets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parindex.core.formats.framework_file import parse_framework
from parindex.core.kernel.text import Text
from parindex.data import framework_path
from parindex.data.minhhoa.answers import Written, answer_sheet
from parindex.data.minhhoa.units import GROUPS, SampleUnit, units_of
from parindex.data.minhhoa.year_before import framework_of_2023


NAME = Text("Tỉnh Minh Họa", "Minh Họa Province")
CODE = "minh-hoa"
NOTE = Text(
    "Tỉnh Minh Họa không có thật: tên đơn vị theo cơ cấu chung, mọi số liệu do máy sinh ra để minh họa. "
    "Khung ba phần, tám lĩnh vực và thang xếp loại theo quyết định thật; tiêu chí bên dưới do dự án dựng.",
    "Minh Họa Province does not exist: unit names follow the common structure, every figure is "
    "machine-made for demonstration. The three parts, eight areas and grade bands follow real decisions; "
    "the criteria below are constructed.",
)


@dataclass(frozen=True, slots=True)
class SampleRound:
    """One round of the invented province."""

    code: str
    year: int
    framework: str
    title: Text
    groups: Mapping[str, Text]
    previous: str = ""


ROUNDS = (
    SampleRound(
        "2023",
        2023,
        "minhhoa-2023",
        Text(
            "Kết quả đánh giá, xếp hạng cải cách hành chính năm 2023", "Results of the reform assessment 2023"
        ),
        {"co-quan": GROUPS["co-quan"], "cap-huyen": GROUPS["cap-huyen"]},
    ),
    SampleRound(
        "2024",
        2024,
        "binhthuan-2024",
        Text(
            "Kết quả đánh giá, xếp hạng cải cách hành chính năm 2024", "Results of the reform assessment 2024"
        ),
        {"co-quan": GROUPS["co-quan"], "cap-huyen": GROUPS["cap-huyen"]},
        "2023",
    ),
    SampleRound(
        "2025-co-quan",
        2025,
        "binhthuan-2025",
        Text(
            "Kết quả đánh giá, xếp loại Chỉ số cải cách hành chính năm 2025, cơ quan chuyên môn",
            "Reform assessment 2025, agencies",
        ),
        {"co-quan": GROUPS["co-quan"]},
        "2024",
    ),
    SampleRound(
        "2025-cap-xa",
        2025,
        "minhhoa-2025-communes",
        Text(
            "Kết quả đánh giá, xếp hạng cải cách hành chính năm 2025, cấp xã",
            "Reform assessment 2025, communes",
        ),
        {"cap-xa": GROUPS["cap-xa"]},
    ),
)


def framework_file(sample: SampleRound) -> bytes:
    """The criteria set of a round, as a file."""
    return (
        framework_of_2023()
        if sample.framework == "minhhoa-2023"
        else framework_path(sample.framework).read_bytes()
    )


def answers_of(sample: SampleRound) -> tuple[Sequence[SampleUnit], list[Written]]:
    """The units of a round and every answer they give; the same on every machine."""
    framework = parse_framework(framework_file(sample), f"{sample.framework}.yaml")
    units = units_of(sample.code)
    return units, [row for unit in units for row in answer_sheet(framework, unit, sample.code)]
