"""What became of dossier files, as text."""

from __future__ import annotations

from collections.abc import Iterator

from parindex.core.dossiers.manifest import Ingested
from parindex.core.wording.dossier_problems import ROWS
from parindex.core.wording.notation import number


STEPS = {"read": ("đọc", "reading"), "check": ("kiểm tra", "checking"), "store": ("ghi kho", "storing")}
_COUNTS = (
    ("rows", "dòng", "rows"),
    ("added", "thêm", "added"),
    ("replaced", "cập nhật", "replaced"),
    ("unchanged", "không đổi", "unchanged"),
    ("older", "cũ hơn", "older"),
    ("repeated", "lặp", "repeated"),
)


def ingested_lines(found: Ingested, language: str) -> Iterator[str]:
    """What became of one file, then why rows were refused, then what was not read of it."""
    k = 0 if language == "vi" else 1
    if found.known:
        yield (
            f"{found.file}: "
            + ("đã nạp trước đây, không có gì thay đổi", "ingested before, nothing changes")[k]
        )
        return
    counts = [
        f"{number(getattr(found, key), language)} {(vi, en)[k]}"
        for key, vi, en in _COUNTS
        if getattr(found, key) or key in ("rows", "added")
    ]
    refused = sum(found.refused.values())
    counts.append(f"{number(refused, language)} " + ("bị từ chối", "refused")[k])
    yield f"{found.file}: {', '.join(counts)}"
    for reason, count in found.refused.items():
        yield f"  {number(count, language)} × {ROWS[reason][k]}"
    if found.unread:
        yield "  " + ("không đọc các cột: ", "columns not read: ")[k] + ", ".join(found.unread)
    if found.refusals:
        yield "  " + ("danh sách dòng bị từ chối: ", "the refused rows: ")[k] + found.refusals
