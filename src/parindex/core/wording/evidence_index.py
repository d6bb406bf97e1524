"""Words of the index that goes with packed evidence."""

from __future__ import annotations

from collections.abc import Mapping


HEADINGS: Mapping[str, tuple[str, str]] = {
    "file_name": ("Danh mục tài liệu kiểm chứng", "Index of evidence"),
    "code": ("Mã", "Code"),
    "criterion": ("Tiêu chí", "Criterion"),
    "number": ("Số, ký hiệu", "Number"),
    "issued_on": ("Ngày ban hành", "Date"),
    "title": ("Trích yếu", "Title"),
    "issuer": ("Cơ quan ban hành", "Issuing body"),
    "signer": ("Người ký", "Signer"),
    "page": ("Trang, mục", "Page, section"),
    "kind": ("Hình thức", "Form"),
    "path": ("Tệp", "File"),
    "where": ("Đường dẫn, nơi xem", "Link, where to see it"),
    "sha256": ("SHA-256", "SHA-256"),
}
KINDS: Mapping[str, tuple[str, str]] = {
    "file": ("Có tệp", "File"),
    "cited": ("Chỉ dẫn, không kèm tệp", "Cited, without its file"),
    "secret": ("Tài liệu mật", "Secret document"),
}


def heading(key: str, language: str) -> str:
    """A heading of the index, or (``file_name``) its own name."""
    return HEADINGS[key][0 if language == "vi" else 1]


def kind_word(kind: str, language: str) -> str:
    """How a document is known."""
    return KINDS[kind][0 if language == "vi" else 1]
