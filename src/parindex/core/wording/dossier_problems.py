"""What is wrong with dossier files, mapping files and stores; why a row was refused."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.dossiers.record import BY_NAME


SENTENCES: Mapping[str, tuple[str, str]] = {
    # whole files
    "suffix_unknown": (
        "Không đọc được loại tệp này. Các loại đọc được: {known}.",
        "Files of this kind are not read. Those that are: {known}.",
    ),
    "folder_empty": (
        "Thư mục không có tệp hồ sơ nào đọc được.",
        "The folder holds no file of dossiers that can be read.",
    ),
    "encoding_unknown": (
        "Không nhận ra bảng mã của tệp. "
        "Hãy ghi “encoding” trong tệp ánh xạ, hoặc lưu lại dưới dạng “CSV UTF-8”.",
        "The encoding of the file is not recognised. "
        "Name it as “encoding” in the mapping file, or save as “CSV UTF-8”.",
    ),
    "field_missing": (
        "Thiếu cột “{column}” (trường {field}){near}.",
        "The column “{column}” (field {field}) is missing{near}.",
    ),
    "heading_twice": ("Tiêu đề cột “{column}” xuất hiện hai lần.", "The heading “{column}” stands twice."),
    "parquet_broken": (
        "Không đọc được tệp Parquet ({detail}).",
        "The Parquet file cannot be read ({detail}).",
    ),
    "json_lines_broken": (
        "Không có dòng nào là một đối tượng JSON.",
        "No line is a JSON object.",
    ),
    "sheet_missing": (
        "Sổ tính không có trang “{sheet}”; có: {names}.",
        "The workbook has no sheet “{sheet}”; it has: {names}.",
    ),
    # the mapping and the units
    "mapping_version": (
        "Tệp ánh xạ phải có dòng “dossiers: 1”.",
        "A mapping file must have the line “dossiers: 1”.",
    ),
    "column_personal": (
        "Cột “{column}” là thông tin cá nhân của công dân; không trường nào được đọc từ đó.",
        "The column “{column}” holds personal data of citizens; no field may be read from it.",
    ),
    "status_number": (
        "Trạng thái “{word}” phải ứng với một số từ 1 đến 10.",
        "The state “{word}” must stand for a number from 1 to 10.",
    ),
    "day_unreadable": (
        "“{text}” không phải một ngày dạng 2025-07-01.",
        "“{text}” is not a day such as 2025-07-01.",
    ),
    "code_missing": ("Dòng này thiếu mã đơn vị.", "This row has no unit code."),
    "unit_of_tree_unknown": (
        "{of} nêu đơn vị “{unit}”, không có trong danh sách.",
        "{of} names the unit “{unit}”, which is not in the list.",
    ),
    "tree_in_circle": (
        "Đơn vị {of} nằm trong một vòng lặp.",
        "The unit {of} stands in a circle.",
    ),
    "day_kind_unknown": (
        "“{word}” không hợp lệ: chỉ có off (ngày nghỉ) và worked (ngày làm bù).",
        "“{word}” does not fit: there are off (a day off) and worked (worked in exchange).",
    ),
    # measuring
    "key_not_known": (
        "Không đếm được theo “{key}”. Các cách: {known}.",
        "Nothing is counted by “{key}”. There are: {known}.",
    ),
    "moment_unreadable": (
        "“{text}” không phải một ngày dạng 2025-06-30 hoặc thời điểm dạng 2025-06-30T17:00.",
        "“{text}” is neither a day such as 2025-06-30 nor a moment such as 2025-06-30T17:00.",
    ),
    "store_empty": ("Kho chưa có hồ sơ nào.", "The store holds no dossiers."),
    "engine_unknown": (
        "Không có nơi tính này. Các nơi: {known}.",
        "There is no such engine. There are: {known}.",
    ),
    "engine_missing": (
        "Chưa cài gói {package}.",
        "The package {package} is not installed.",
    ),
    "engine_failed": ("Nơi tính không chạy được ({detail}).", "The engine cannot be used ({detail})."),
    # the system's own report
    "report_without_head": (
        "Không thấy dòng tiêu đề của báo cáo (Đơn vị, Tổng tiếp nhận, Tổng đã xử lý …).",
        "There is no line with the headings of the report (Đơn vị, Tổng tiếp nhận, Tổng đã xử lý …).",
    ),
    "span_unreadable": (
        "“{text}” không phải một kỳ: ghi 2025, 2025-Q1, 2025-03 hoặc 2025-01-01/2025-03-15.",
        "“{text}” is no period: write 2025, 2025-Q1, 2025-03 or 2025-01-01/2025-03-15.",
    ),
    "report_without_rows": (
        "Báo cáo không có dòng của đơn vị nào.",
        "The report has no row of a unit.",
    ),
    "figure_is_error": ("Ô này là một lỗi của bảng tính.", "This cell is an error of the spreadsheet."),
    "figure_uncalculated": (
        "Ô này là công thức chưa được tính; hãy mở bằng Excel, lưu lại rồi gửi.",
        "This cell is a formula that was never calculated; open the file in Excel, save and send it again.",
    ),
    "figure_unreadable": ("“{text}” không phải số hồ sơ.", "“{text}” is not a number of dossiers."),
    "unit_of_report_unknown": ("Không có đơn vị “{name}”.", "There is no unit “{name}”."),
    "unit_of_report_twice": ("Đơn vị “{name}” có hai dòng.", "The unit “{name}” has two rows."),
    # the store
    "store_busy": (
        "Một lần nạp khác đang chạy trên kho này. Hãy đợi xong rồi chạy lại.",
        "Another ingestion is running on this store. Wait for it and run again.",
    ),
    "store_broken": ("Bảng kê của kho bị hỏng.", "The store's manifest is broken."),
    "store_format": (
        "Kho có dạng {format}, phiên bản này không đọc được.",
        "The store has the format {format}, which this version does not read.",
    ),
    "store_failed": ("Không ghi được vào kho ({detail}).", "The store could not be written ({detail})."),
}

# why one row was refused
ROWS: Mapping[str, tuple[str, str]] = {
    "value_missing": ("để trống", "is empty"),
    "date_unreadable": ("không phải ngày tháng", "is not a date"),
    "date_not_in_calendar": ("không có trong lịch", "is not in the calendar"),
    "date_month_first": ("viết tháng trước ngày", "has the month before the day"),
    "date_day_first": ("viết ngày trước tháng", "has the day before the month"),
    "date_order_unsure": (
        "có thể đọc hai cách, mà trong cột có ngày chỉ đúng khi tháng viết trước; "
        "hãy ghi “dates” trong tệp ánh xạ",
        "can be read both ways, and its column has dates that are right only with the month first; "
        "say “dates” in the mapping file",
    ),
    "date_is_number": (
        "là số thứ tự ngày của Excel; nếu đúng, thêm excel vào “dates” của tệp ánh xạ",
        "is a day number of Excel; if so, add excel to “dates” of the mapping file",
    ),
    "date_far_off": ("ở quá xa", "is too far off"),
    "date_swapped": (
        "khác ngày trong mã hồ sơ, và khớp nếu đổi chỗ ngày với tháng",
        "differs from the day in the dossier's code, and agrees when day and month change places",
    ),
    "date_before_received": ("trước ngày tiếp nhận", "is before the receipt"),
    "number_not_whole": ("không phải số nguyên", "is not a whole number"),
    "number_too_large": ("quá lớn", "is too large"),
    "fee_negative": ("là số âm", "is negative"),
    "word_unknown": (
        "có từ không rõ nghĩa; hãy thêm vào “words” của tệp ánh xạ",
        "has an unknown word; add it to “words” of the mapping file",
    ),
    "unit_unknown": (
        "không có trong danh sách đơn vị; hãy thêm vào “units” của tệp ánh xạ",
        "is not in the list of units; add it to “units” of the mapping file",
    ),
    "unit_of_others": (
        "không thuộc phạm vi được gửi số liệu",
        "is not among the units that may be sent",
    ),
    "dossier_of_others": (
        "là hồ sơ đã có của đơn vị ngoài phạm vi được gửi",
        "is a dossier that is kept already of a unit that may not be sent",
    ),
    "end_missing": ("thiếu, tuy hồ sơ đã giải quyết xong", "is missing, though the dossier is done"),
    "ended_but_open": (
        "còn đang giải quyết, tuy đã có ngày kết quả",
        "is still open, though there is a date of the result",
    ),
    "cell_broken": (
        "là ô lỗi, hoặc công thức chưa có giá trị",
        "is an error, or a formula without a stored value",
    ),
    "row_too_short": (
        "dòng thiếu cột (tệp có thể bị cắt ngang)",
        "the row lacks columns (the file may be cut off)",
    ),
    "row_too_long": ("dòng thừa cột", "the row has too many columns"),
    "quote_open": (
        "dấu ngoặc kép không khép; từ đây đến dấu sau hoặc hết tệp không đọc được",
        "a quotation mark is not closed; from here to the next one, or to the end, nothing is read",
    ),
    "signs_broken": ("có ký tự sai bảng mã", "has signs that its encoding does not have"),
    "json_broken": ("dòng không phải một đối tượng JSON", "the line is not a JSON object"),
    "row_broken": ("dòng bị hỏng", "the row is broken"),
}


def row_sentence(field: str, code: str, language: str, *, shown: str) -> str:
    """Why a row was refused, with the field it failed at and what stood there, where that may be said."""
    k = 0 if language == "vi" else 1
    if not field:
        return ROWS[code][k]
    place = f"{BY_NAME[field].headings[0]} ({field})" if k == 0 else field
    return f"{place}{f' “{shown}”' if shown else ''}: {ROWS[code][k]}"
