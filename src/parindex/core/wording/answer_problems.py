"""What is wrong with an answer, and with a table of answers."""

from __future__ import annotations

from collections.abc import Mapping


SENTENCES: Mapping[str, tuple[str, str]] = {
    # answers
    "number_unreadable": (
        "“{text}” không phải số. Viết 12,5 hoặc 12.5, không dùng dấu phân cách hàng nghìn.",
        "“{text}” is not a number. Write 12.5 or 12,5, without thousands separators.",
    ),
    "number_negative": ("“{text}” âm.", "“{text}” is negative."),
    "ratio_of_nothing": (
        "“{text}”: mẫu số bằng 0. Nếu trong kỳ không phát sinh, ghi “không phát sinh”.",
        "“{text}”: the whole is 0. If nothing arose in the period, write “no-case”.",
    ),
    "ratio_became_date": (
        "“{text}” là ngày: chương trình bảng tính đã đổi tỷ lệ thành ngày. "
        "Hãy định dạng ô là văn bản rồi ghi lại.",
        "“{text}” is a date: the spreadsheet turned a ratio into one. "
        "Format the cell as text and type it again.",
    ),
    "ratio_over_100": (
        "“{text}” vượt 100%. Kiểm tra tử số và mẫu số.",
        "“{text}” is above 100%. Check the two numbers.",
    ),
    "count_unreadable": (
        "“{text}” phải là số nguyên không âm.",
        "“{text}” must be a whole number, not negative.",
    ),
    "date_unreadable": (
        "“{text}” không phải ngày. Viết 31/01/2024 hoặc 2024-01-31.",
        "“{text}” is not a date. Write 2024-01-31 or 31/01/2024.",
    ),
    "date_needs_base": (
        "“{text}”: cần cả ngày của văn bản làm mốc, ví dụ 2024-01-09;base=2023-12-15.",
        "“{text}”: the base document's date is needed too, as in 2024-01-09;base=2023-12-15.",
    ),
    "option_unknown": (
        "Không có lựa chọn “{text}”. Chọn: {known}.",
        "There is no option “{text}”. Choose: {known}.",
    ),
    "option_twice": ("“{text}” nêu một mục hai lần.", "“{text}” names something twice."),
    "option_one": ("“{text}”: chọn đúng một trong {known}.", "“{text}”: choose exactly one of {known}."),
    "input_unreadable": (
        "“{text}” phải có dạng tên=số; các tên: {known}.",
        "“{text}” must be name=number; names: {known}.",
    ),
    "input_missing": ("Thiếu số liệu: {names}.", "Missing inputs: {names}."),
    "branch_unknown": (
        "Phải ghi trường hợp trước, dạng “trường-hợp: trả lời”; các trường hợp: {known}.",
        "Name the case first, as “case: answer”; cases: {known}.",
    ),
    "level_needs_points": (
        "Mức “{option}” cần ghi điểm từ {low} đến {high}, ví dụ {option}:{high}.",
        "The level “{option}” needs points from {low} to {high}, as in {option}:{high}.",
    ),
    "level_out_of_range": (
        "Mức “{option}” chỉ cho từ {low} đến {high} điểm, không phải {points}.",
        "The level “{option}” gives {low} to {high} points, not {points}.",
    ),
    "points_off_step": (
        "“{text}” không phải bội của {step} điểm.",
        "“{text}” is not a multiple of {step} points.",
    ),
    "points_out_of_range": (
        "{points} điểm nằm ngoài khoảng từ 0 đến {maximum}.",
        "{points} points lie outside 0 to {maximum}.",
    ),
    "survey_empty": ("“{text}”: không có phiếu nào.", "“{text}”: there is no respondent."),
    "no_case_not_foreseen": (
        "Bộ tiêu chí không cho phép trả lời “không phát sinh” ở tiêu chí này. "
        "Nếu tiêu chí không áp dụng, ghi n/a.",
        "The set does not foresee “no case arose” here. If the criterion is not for the unit, write n/a.",
    ),
    "se_not_survey": (
        "Sai số chuẩn chỉ dùng cho tiêu chí đo bằng tỷ lệ hoặc điều tra.",
        "A standard error fits only rules on a measured or surveyed share.",
    ),
    "se_without_input": (
        "Có sai số chuẩn {text} nhưng không có kết quả khảo sát.",
        "There is a standard error, {text}, but no survey result.",
    ),
    "se_negative": ("Sai số chuẩn không được âm.", "A standard error cannot be negative."),
    "n_unreadable": (
        "Số phiếu phải là số nguyên dương.",
        "The number of respondents must be a positive whole number.",
    ),
    "not_a_leaf": (
        "{code} có tiêu chí con; hãy trả lời ở tiêu chí con.",
        "{code} has children; answer those.",
    ),
    "answer_for_exempt": (
        "{leaf} không áp dụng cho đơn vị này; hãy để trống hoặc ghi n/a.",
        "{leaf} is not for this unit; leave it empty or write n/a.",
    ),
    "table_refused": ("{count} câu trả lời không chấm được.", "{count} answers cannot be scored."),
    "file_refused": ("Tệp có {count} lỗi.", "The file has {count} problems."),
    # tables of answers
    "header_without_unit": (
        "Dòng đầu phải có cột “unit” (đơn vị). Đang có: {header}.",
        "The first row needs a column “unit”. It has: {header}.",
    ),
    "column_missing": ("Thiếu cột “{column}”.", "The column “{column}” is missing."),
    "column_needs_long": (
        "Cột “{column}” chỉ dùng trong bảng dạng dài (unit, criterion, answer).",
        "The column “{column}” belongs to the long form (unit, criterion, answer).",
    ),
    "no_rows": (
        "Bảng chỉ có dòng tiêu đề, chưa có trả lời nào.",
        "There is a header and no answer below it.",
    ),
    "cell_without_column": (
        "“{text}” đứng dưới cột không có tiêu đề.",
        "“{text}” stands in a column without a header.",
    ),
    "header_without_criteria": ("Không có cột tiêu chí nào.", "There is no criterion column."),
    "column_unknown": ("Không có cột “{column}”.", "There is no column “{column}”."),
    "column_twice": ("Cột “{column}” xuất hiện hai lần.", "The column “{column}” stands twice."),
    "row_too_long": (
        "Dòng có {given} ô, nhiều hơn {expected} cột. "
        "Nếu số có dấu phẩy thập phân, hãy đặt số trong ngoặc kép.",
        "The row has {given} cells, more than the {expected} columns. "
        "Put a number with a decimal comma in quotation marks.",
    ),
    "name_unprintable": (
        "Tên “{name}” có ký tự điều khiển; hãy gõ lại.",
        "The name “{name}” holds a control character; type it again.",
    ),
    "too_many_units": (
        "Nhiều hơn {limit} đơn vị; có phải cột đơn vị bị lẫn với cột khác?",
        "More than {limit} units; is the column of units another one?",
    ),
    "unit_missing": ("Thiếu tên đơn vị.", "The unit's name is missing."),
    "unit_two_spellings": (
        "“{unit}” và “{other}” chỉ khác cách viết. Hãy viết một cách.",
        "“{unit}” and “{other}” differ only in spelling. Write it one way.",
    ),
    "unit_fact_differs": (
        "{unit}: cột {key} ghi khi “{one}”, khi “{two}”.",
        "{unit}: {key} is “{one}” in one row and “{two}” in another.",
    ),
    "unit_twice": ("{unit} đã có ở dòng {first}.", "{unit} already stands in line {first}."),
    "unit_type_missing": (
        "{unit} chưa ghi loại đơn vị (cột type). Chọn: {known}.",
        "{unit} has no type (column type). One of: {known}.",
    ),
    "unit_type_not_declared": (
        "{unit}: không có loại đơn vị “{type}”. Chọn: {known}.",
        "{unit}: there is no unit type “{type}”. One of: {known}.",
    ),
    "late_days_unreadable": (
        "Số ngày nộp muộn “{text}” phải là số nguyên từ 0 đến {limit}.",
        "Days late “{text}” must be a whole number from 0 to {limit}.",
    ),
    "code_is_number": (
        "Ô ghi số {criterion} nên không biết là tiêu chí nào trong {known}. Hãy định dạng ô là văn bản.",
        "The cell holds the number {criterion}, which may be any of {known}. Format the cell as text.",
    ),
    "criterion_missing": ("Thiếu mã tiêu chí.", "The criterion's code is missing."),
    "criterion_unknown": (
        "Không có tiêu chí “{criterion}”{near}.",
        "There is no criterion “{criterion}”{near}.",
    ),
    "answer_twice": (
        "{unit} đã trả lời {criterion} ở dòng {first}.",
        "{unit} already answered {criterion} in line {first}.",
    ),
}
