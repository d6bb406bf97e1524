"""The types a unit may be of, as data; a criteria set says which of them it is for."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.kernel.text import Text


UNIT_TYPES: Mapping[str, Text] = {
    "so": Text("Sở, ban, ngành", "Department"),
    "bql": Text("Ban Quản lý các khu công nghiệp", "Industrial zones board"),
    "xa": Text("Xã, phường, đặc khu", "Commune, ward, special zone"),
    "huyen": Text("Huyện, thị xã, thành phố thuộc tỉnh", "District"),
    "phong": Text("Phòng, bộ phận thuộc cơ quan", "Division of an office"),
    "su-nghiep": Text("Đơn vị sự nghiệp công lập", "Public service unit"),
    "nganh-doc": Text("Cơ quan ngành dọc của trung ương", "Central-vertical agency"),
    "quan-sat": Text("Cơ quan dự quan sát", "Observer"),
    "tinh": Text("Tỉnh, thành phố", "Province"),
    "quoc-gia": Text("Quốc gia", "Country"),
}


def type_name(code: str) -> Text:
    """A type's name; a type that only a criteria set knows is said by its code."""
    return UNIT_TYPES.get(code) or Text(code, code)
