"""The areas of a reform plan, unless it names its own."""

from __future__ import annotations

from parindex.core.kernel.text import Text


AREAS: dict[str, Text] = {
    "chi-dao": Text("Công tác chỉ đạo, điều hành cải cách hành chính", "Steering of the reform"),
    "the-che": Text("Cải cách thể chế", "Institutional reform"),
    "thu-tuc": Text("Cải cách thủ tục hành chính", "Reform of administrative procedures"),
    "bo-may": Text("Cải cách tổ chức bộ máy", "Reform of the organisation"),
    "cong-vu": Text("Cải cách chế độ công vụ", "Civil-service reform"),
    "tai-chinh": Text("Cải cách tài chính công", "Public-finance reform"),
    "so-hoa": Text(
        "Xây dựng, phát triển chính quyền điện tử, chính quyền số", "Electronic and digital government"
    ),
}
"""The seven of the plan 4912/KH-UBND of the People's Committee of Bình Thuận, by code."""


def default_areas() -> list[dict[str, str]]:
    """As a new plan has them."""
    return [{"code": code, "vi": name.vi, "en": name.en} for code, name in AREAS.items()]
