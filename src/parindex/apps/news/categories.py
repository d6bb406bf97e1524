"""What an article is about: the areas of reform as plans name them, and two kinds beside them."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.kernel.text import Text


AREAS: Mapping[str, Text] = {
    "chi-dao-dieu-hanh": Text("Chỉ đạo, điều hành", "Steering"),
    "the-che": Text("Cải cách thể chế", "Institutional reform"),
    "thu-tuc-hanh-chinh": Text("Cải cách thủ tục hành chính", "Administrative procedures"),
    "to-chuc-bo-may": Text("Cải cách tổ chức bộ máy", "Organisation"),
    "cong-vu": Text("Cải cách chế độ công vụ", "Civil service"),
    "tai-chinh-cong": Text("Cải cách tài chính công", "Public finance"),
    "chinh-quyen-so": Text("Chính quyền số", "Digital government"),
}
"""Areas of reform: each is a topic of communication."""
CATEGORIES: Mapping[str, Text] = {
    **AREAS,
    "mo-hinh-sang-kien": Text("Mô hình hay, sáng kiến", "Good practice"),
    "tin-khac": Text("Tin khác", "Other news"),
}
"""Every category; the code is stored and part of addresses."""
