"""A one-stop system's report in words: where it contradicts itself, where our own count parts from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from parindex.core.wording.notation import number


if TYPE_CHECKING:
    from parindex.core.dossiers.report import Difference, Doubt, Report

FIGURES: Mapping[str, tuple[str, str]] = {
    "tongTiepNhan": ("Tổng tiếp nhận", "Received in all"),
    "tiepNhanKyTruoc": ("Kỳ trước chuyển sang", "Carried over"),
    "tiepNhanQuaMang": ("Tiếp nhận trực tuyến", "Received online"),
    "tiepNhanTrucTiep": ("Tiếp nhận trực tiếp", "Received in person"),
    "tiepNhanBCCI": ("Tiếp nhận qua bưu chính", "Received by post"),
    "tongDaXuLy": ("Tổng đã xử lý", "Handled in all"),
    "daXuLyTruocHan": ("Đã xử lý trước hạn", "Handled early"),
    "daXuLyDungHan": ("Đã xử lý đúng hạn", "Handled on time"),
    "daXuLyQuaHan": ("Đã xử lý quá hạn", "Handled late"),
    "tongDangXuLy": ("Tổng đang xử lý", "Open in all"),
    "dangXuLyTrongHan": ("Đang xử lý, trong hạn", "Open in time"),
    "dangXuLyQuaHan": ("Đang xử lý, quá hạn", "Open and overdue"),
    "tongTamDungXuLy": ("Tổng tạm dừng", "Paused in all"),
    "tamDungTrongHan": ("Tạm dừng, trong hạn", "Paused in time"),
    "tamDungQuaHan": ("Tạm dừng, quá hạn", "Paused and overdue"),
}
COUNTS: Mapping[str, tuple[str, str]] = {
    "carried": ("kỳ trước", "carried over"),
    "came_online": ("trực tuyến", "online"),
    "came_in_person": ("trực tiếp", "in person"),
    "came_by_post": ("bưu chính", "by post"),
    "came_otherwise": ("không rõ hình thức", "way unknown"),
    "early": ("trước hạn", "early"),
    "on_time": ("đúng hạn", "on time"),
    "late": ("quá hạn", "late"),
    "open_in_time": ("trong hạn", "in time"),
    "open_overdue": ("quá hạn", "overdue"),
    "paused_in_time": ("trong hạn", "in time"),
    "paused_overdue": ("quá hạn", "overdue"),
}
MOST_PARTS = 6


def doubt_sentence(found: Doubt, language: str) -> str:
    """A total that is not the sum of its parts, with the arithmetic."""
    k = 0 if language == "vi" else 1
    says, total = number(found.says, language), number(found.sum, language)
    if found.of_rows:
        words = ("{figure} ở dòng cộng ghi {says}, cộng {n} đơn vị được {total}, chênh {more}",
                 "{figure}, line of totals: {says}; {n} units add up to {total}: {more}")[k]  # fmt: skip
        added = ""
    else:
        words = ("{figure} ghi {says}, cộng các phần được {added} = {total}, chênh {more}",
                 "{figure} says {says}, its parts add up to {added} = {total}: {more}")[k]  # fmt: skip
        added = " + ".join(number(p, language) for p in found.parts)
    more = signed(found.says - found.sum, language)
    return words.format(
        figure=FIGURES[found.key][k], says=says, total=total, added=added, n=len(found.parts), more=more
    )


def difference_sentence(found: Difference, language: str) -> str:
    """A figure of the report beside our own count, with the arithmetic."""
    k = 0 if language == "vi" else 1
    words = ("{figure}: báo cáo {reported}, tự đếm {counted}, chênh {more}",
             "{figure}: the report says {reported}, our count {counted}: {more}")[k]  # fmt: skip
    return words.format(
        figure=FIGURES[found.key][k],
        reported=number(found.reported, language),
        counted=counted_text(found, language),
        more=signed(found.reported - found.counted, language),
    )


def counted_text(found: Difference, language: str) -> str:
    """Our own count, and what it adds up where that is more than one count."""
    whole = number(found.counted, language)
    if len(found.parts) < 2:
        return whole
    return f"{whole} ({parts_text(found.parts, language)})"


def parts_text(parts: Sequence[tuple[str, int]], language: str) -> str:
    """Counts with their names, as a sum."""
    k = 0 if language == "vi" else 1
    return " + ".join(f"{COUNTS[name][k]} {number(count, language)}" for name, count in parts)


def signed(difference: int, language: str) -> str:
    """With its sign."""
    return ("+" if difference > 0 else "−" if difference else "") + number(abs(difference), language)


def reconciled_lines(report: Report, found: Sequence[Difference] | None, language: str) -> Iterator[str]:
    """What a report says of itself and beside our count, line by line; None: there is nothing to compare."""
    k = 0 if language == "vi" else 1
    rows = number(len(report.rows), language)
    figures = number(sum(len(r.figures) for r in report.rows), language)
    yield (
        f"{report.file}: {rows} đơn vị, {figures} số liệu",
        f"{report.file}: {rows} units, {figures} figures",
    )[k]
    for doubt in report.doubts:
        yield f"  {doubt.unit}: {doubt_sentence(doubt, language)}"
    if found is None:
        yield ("Không có kho hồ sơ để đối chiếu", "There is no store of dossiers to compare with")[k]
        return
    for difference in found:
        yield f"  {difference.unit}: {difference_sentence(difference, language)}"
    count = number(len(found), language)
    yield (f"{count} chỗ khác số tự đếm", f"{count} figures differ from our own count")[k]
