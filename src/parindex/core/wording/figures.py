"""Words for published figures: what was published, of whom, in which unit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from parindex.core.wording.notation import day


_FIGURES: Mapping[str, tuple[str, str]] = {
    "index": ("Chỉ số", "Index"),
    "points": ("Điểm đạt được", "Points"),
    "applicable_max": ("Điểm chuẩn tối đa áp dụng", "Applicable maximum"),
    "mean": ("Bình quân", "Mean"),
    "change": ("Thay đổi so với năm trước", "Change on the year before"),
    "rank_change": ("Thay đổi thứ hạng so với năm trước", "Ranks gained on the year before"),
    "rank_change.chi-dao-dieu-hanh": (
        "Thay đổi thứ hạng: công tác chỉ đạo, điều hành",
        "Ranks gained: steering",
    ),
    "rank_change.to-chuc-bo-may": (
        "Thay đổi thứ hạng: cải cách tổ chức bộ máy",
        "Ranks gained: organisational structure",
    ),
    "min": ("Thấp nhất", "Lowest"),
    "max": ("Cao nhất", "Highest"),
    "min.tiep-can-dich-vu": ("Thấp nhất: tiếp cận dịch vụ", "Lowest: access to services"),
    "max.tiep-can-dich-vu": ("Cao nhất: tiếp cận dịch vụ", "Highest: access to services"),
    "mean.tu-cham": ("Bình quân điểm tự chấm", "Mean of self-assessed points"),
    "mean.tham-dinh": ("Bình quân điểm thẩm định", "Mean of appraised points"),
    "mean.tiep-can-dich-vu": ("Bình quân: tiếp cận dịch vụ", "Mean: access to services"),
    "count.tot": ("Số đơn vị xếp loại Tốt", "Units graded Good"),
    "count.kha": ("Số đơn vị xếp loại Khá", "Units graded Fair"),
    "count.trung-binh": ("Số đơn vị xếp loại Trung bình", "Units graded Average"),
    "count.group-a": ("Số đơn vị nhóm A", "Units in group A"),
    "count.group-b": ("Số đơn vị nhóm B", "Units in group B"),
    "count.group-c": ("Số đơn vị nhóm C", "Units in group C"),
    "count.above-80": ("Số đơn vị đạt trên 80%", "Units above 80%"),
    "count.70-80": ("Số đơn vị đạt 70–80%", "Units at 70–80%"),
    "count.67-70": ("Số đơn vị đạt 67,68–70%", "Units at 67.68–70%"),
    "count.62-67": ("Số đơn vị đạt 62,58–67,68%", "Units at 62.58–67.68%"),
    "count.phe-binh": ("Số đơn vị bị phê bình", "Units criticised"),
    "area.cong-khai": ("Công khai, minh bạch", "Transparency"),
    "area.tien-do": ("Tiến độ giải quyết", "Timeliness"),
    "area.dich-vu-cong-truc-tuyen": ("Dịch vụ công trực tuyến", "Online services"),
    "area.thanh-toan-truc-tuyen": ("Thanh toán trực tuyến", "Online payment"),
    "area.hai-long": ("Mức độ hài lòng", "Satisfaction"),
    "area.so-hoa": ("Số hóa hồ sơ", "Digitisation"),
    "area.chinh-sach-cong": ("Xây dựng, thực hiện chính sách công", "Making and carrying out public policy"),
    "area.dich-vu-cong": ("Cung ứng dịch vụ hành chính công", "Public administrative services"),
    "area.chi-dao-dieu-hanh": ("Công tác chỉ đạo, điều hành", "Steering"),
    "area.to-chuc-bo-may": ("Cải cách tổ chức bộ máy", "Organisational structure"),
    "area.thu-tuc-hanh-chinh": ("Cải cách thủ tục hành chính", "Administrative procedures"),
}
_SCOPES: Mapping[str, tuple[str, str]] = {
    "ca-nuoc": ("cả nước", "whole country"),
    "vung": ("vùng", "region"),
    "tinh": ("tỉnh, thành phố", "province"),
    "so": ("sở, ban, ngành", "agency"),
    "huyen": ("cấp huyện", "district"),
    "xa": ("cấp xã", "commune"),
    "nganh-doc": ("ngành dọc", "central-vertical agency"),
    "don-vi-su-nghiep": ("đơn vị sự nghiệp", "public service unit"),
    "tat-ca": ("tất cả các khối", "all groups"),
}
_UNITS: Mapping[str, str] = {
    "điểm phần trăm": "percentage points",
    "điểm": "points",
    "đơn vị": "units",
    "tỉnh": "provinces",
    "bậc": "places",
    "%": "%",
    "": "",
}


def figure_words(figure: str, language: str) -> str:
    """``area.tien-do@2024-08-19`` as ``Tiến độ giải quyết (19/08/2024)``. Unknown codes stay."""
    code, _, on = figure.partition("@")
    words = _FIGURES.get(code, (code, code))[0 if language == "vi" else 1]
    return f"{words} ({day(date.fromisoformat(on), language)})" if on else words


def scope_words(scope: str, language: str) -> str:
    """Of whom: ``so`` as ``sở, ban, ngành``."""
    return _SCOPES.get(scope, (scope, scope))[0 if language == "vi" else 1]


def unit_words(unit: str, language: str) -> str:
    """The unit of a value: ``điểm trên 100`` as ``of 100 points``."""
    if language == "vi":
        return unit
    if unit.startswith("điểm trên "):
        return f"of {unit.removeprefix('điểm trên ').replace(',', '.')} points"
    return _UNITS.get(unit, unit)
