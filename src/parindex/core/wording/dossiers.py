"""What became of dossier files, and what was counted, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parindex.core.dossiers.manifest import Ingested
from parindex.core.kernel.time import LEGAL_ZONE
from parindex.core.wording.dossier_problems import ROWS
from parindex.core.wording.notation import instant, number, percent


if TYPE_CHECKING:
    from parindex.core.dossiers.generate import Generated
    from parindex.core.dossiers.measures import Measures


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
    if found.day_first:
        said = ("đọc ngày trước, tháng sau, vì không ngày nào cho biết: ", "read day first, no date tells: ")[
            k
        ]
        yield "  " + said + ", ".join(found.day_first)
    if found.refusals:
        yield "  " + ("danh sách dòng bị từ chối: ", "the refused rows: ")[k] + found.refusals


KEY_NAMES = {
    "unit": ("Đơn vị", "Unit"),
    "procedure": ("Thủ tục", "Procedure"),
    "field": ("Lĩnh vực", "Field"),
    "division": ("Phòng ban", "Division"),
    "officer": ("Cán bộ", "Officer"),
    "week": ("Tuần", "Week"),
    "month": ("Tháng", "Month"),
    "year": ("Năm", "Year"),
}
_SHOWN = (
    ("received", "Tiếp nhận", "Received"),
    ("resolved", "Đã giải quyết", "Resolved"),
    ("late", "Quá hạn", "Late"),
    ("overdue", "Đang quá hạn", "Overdue now"),
    ("on_time_rate", "Đúng hạn", "On time"),
    ("online_rate", "Trực tuyến", "Online"),
    ("payment_rate", "Thanh toán TT", "Paid online"),
    ("digitisation_rate", "Số hóa", "Digitised"),
)


def measures_table(found: Measures, language: str) -> str:
    """Measures for people: the counts that are asked for most, rates as percentages with two decimals."""
    k = 0 if language == "vi" else 1
    head = [KEY_NAMES[key][k] for key in found.by]
    head += [(vi, en)[k] for _, vi, en in _SHOWN] + [("Trung vị (ngày)", "Median (days)")[k]]
    lines = [head]
    for row in found.rows:
        cells = [_key(name, value) for name, value in zip(found.by, row.key, strict=True)]
        for name, _, _ in _SHOWN:
            value = getattr(row.counts, name)
            if name.endswith("_rate"):
                cells.append("–" if value is None else percent(value * 100, language))
            else:
                cells.append(number(value, language))
        lines.append([*cells, str(row.percentiles.get(50, "–"))])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    keys = len(found.by)
    return "".join(
        "  ".join(
            cell.ljust(width) if at < keys else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        + "\n"
        for line in lines
    )


def _key(name: str, value: str | int) -> str:
    """A key's value: months as 2025-03, weeks as 2025-W03."""
    if name == "week":
        return f"{int(value) // 100}-W{int(value) % 100:02}"
    return f"{int(value) // 100}-{int(value) % 100:02}" if name == "month" else str(value) or "–"


def measured_line(found: Measures, language: str) -> str:
    """What the figures speak of."""
    moment = instant(found.as_of.replace(tzinfo=LEGAL_ZONE), language)
    count = number(found.dossiers, language)
    return f"Tính đến {moment}: {count} hồ sơ" if language == "vi" else f"As of {moment}: {count} dossiers"


def generated_lines(found: Generated, language: str) -> Iterator[str]:
    """What was invented, and what of it must be refused."""
    k = 0 if language == "vi" else 1
    rows, units = number(found.rows, language), number(found.units, language)
    repeated = number(found.repeated, language)
    yield (
        f"{rows} dòng của {units} đơn vị, {repeated} phiên bản cũ",
        f"{rows} rows of {units} units, {repeated} older versions",
    )[k]
    for reason, count in found.dirty.items():
        yield f"  {number(count, language)} × {ROWS[reason][k]}"
