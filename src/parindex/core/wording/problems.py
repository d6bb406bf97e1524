"""What is wrong and what to do, for every code the core refuses with."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.wording.notation import value_text


SENTENCES: Mapping[str, tuple[str, str]] = {
    # files
    "file_unreadable": ("Không mở được tệp: {detail}.", "The file cannot be opened: {detail}."),
    "file_too_large": (
        "Tệp quá lớn ({size} byte; tối đa {limit}).",
        "The file is too large ({size} bytes; at most {limit}).",
    ),
    "file_empty": ("Tệp không có nội dung.", "The file holds nothing."),
    "not_utf8": (
        "Tệp không phải mã UTF-8 (có thể là Windows-1258 hoặc TCVN3). Hãy lưu lại dưới dạng “CSV UTF-8”.",
        "The file is not UTF-8 (perhaps Windows-1258 or TCVN3). Save it again as “CSV UTF-8”.",
    ),
    "nul_character": (
        "Có ký tự NUL; tệp có thể bị hỏng.",
        "There is a NUL character; the file may be broken.",
    ),
    "csv_broken": (
        "Dòng CSV bị hỏng: dấu ngoặc kép không khép.",
        "The CSV row is broken: a quotation mark is not closed.",
    ),
    "cell_too_large": (
        "Ô quá dài (tối đa {limit} ký tự).",
        "A cell is too long (at most {limit} characters).",
    ),
    "not_a_workbook": ("Tệp không phải sổ tính .xlsx.", "The file is not an .xlsx workbook."),
    "old_or_locked_workbook": (
        "Sổ tính kiểu .xls cũ hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại dưới dạng .xlsx.",
        "An old .xls workbook, or one with a password. Remove the password and save it as .xlsx.",
    ),
    "workbook_broken": ("Không đọc được sổ tính: {detail}.", "The workbook cannot be read: {detail}."),
    "zip_bomb": ("Sổ tính nở ra quá lớn ({size} byte).", "The workbook unpacks to too much ({size} bytes)."),
    "hidden_sheets": (
        "Sổ tính có trang ẩn: {names}. Hãy bỏ ẩn hoặc xóa.",
        "The workbook has hidden sheets: {names}. Show or delete them.",
    ),
    "merged_cells": (
        "Có ô gộp. Hãy tách ô rồi nhập lại.",
        "There are merged cells. Split them and fill them in again.",
    ),
    "sheet_too_large": (
        "Trang tính trải đến ô {cell}, quá nhiều ô trống. Hãy xóa các ô thừa ở xa.",
        "The sheet reaches to cell {cell}, over too many empty cells. Delete the stray cells far out.",
    ),
    "cell_error": (
        "Ô {cell} báo lỗi {text}. Hãy sửa công thức hoặc ghi giá trị.",
        "Cell {cell} shows the error {text}. Mend the formula or type the value.",
    ),
    "formula_without_value": (
        "Ô {cell} là công thức chưa có giá trị. "
        "Hãy mở và lưu lại bằng chương trình bảng tính, hoặc dán giá trị.",
        "Cell {cell} is a formula without a stored value. Open and save the workbook, or paste values.",
    ),
    # yaml
    "yaml_broken": ("Sai cú pháp YAML: {detail}.", "Broken YAML: {detail}."),
    "yaml_anchor": (
        "Không dùng neo và bí danh YAML (& và *). Hãy viết ra đầy đủ.",
        "YAML anchors and aliases (& and *) are not used. Write it out.",
    ),
    "yaml_tag": ("Không dùng thẻ YAML {tag}.", "The YAML tag {tag} is not used."),
    "yaml_too_deep": ("Lồng nhau quá {limit} tầng.", "Nested more than {limit} levels deep."),
    "yaml_documents": ("Mỗi tệp chỉ chứa một bộ tiêu chí.", "A file holds one criteria set only."),
    "key_not_text": ("Tên khóa phải là chữ.", "A key must be text."),
    "key_twice": ("Khóa “{key}” xuất hiện hai lần.", "The key “{key}” stands twice."),
    "key_unknown": (
        "Không có khóa “{key}”{near}. Các khóa được dùng: {known}.",
        "There is no key “{key}”{near}. Known keys: {known}.",
    ),
    "key_missing": ("Thiếu khóa “{key}”.", "The key “{key}” is missing."),
    "wrong_type": ("“{key}” phải là {expected}.", "“{key}” must be {expected}."),
    "word_unknown": (
        "“{word}” không hợp lệ cho “{key}”{near}. Chọn một trong: {known}.",
        "“{word}” does not fit “{key}”{near}. One of: {known}.",
    ),
    "kind_unknown": (
        "Không có kiểu chấm điểm “{kind}”{near}. Các kiểu: {known}.",
        "There is no rule kind “{kind}”{near}. Kinds: {known}.",
    ),
    # frameworks
    "list_empty": ("Danh sách “{key}” để trống.", "The list “{key}” is empty."),
    "id_twice": ("Mã “{id}” xuất hiện hai lần.", "The id “{id}” stands twice."),
    "id_unusable": (
        "Mã “{id}” không dùng được (không chứa ; : = / và không trùng từ dành riêng).",
        "The id “{id}” cannot be used (no ; : = / and no reserved word).",
    ),
    "address_unusable": (
        "“{key}” là “{text}” thì không làm địa chỉ được: không để trống, không có dấu /.",
        "“{key}” is “{text}”, which cannot be an address: not empty, no slash.",
    ),
    "code_twice": ("Mã tiêu chí “{code}” xuất hiện hai lần.", "The criterion code “{code}” stands twice."),
    "code_unusable": ("Mã tiêu chí “{code}” không dùng được.", "The criterion code “{code}” cannot be used."),
    "unit_type_unknown": ("Không có loại đơn vị “{type}”.", "There is no unit type “{type}”."),
    "max_not_positive": ("Điểm tối đa của {code} phải lớn hơn 0.", "The maximum of {code} must be above 0."),
    "rule_on_inner_node": (
        "{code} có tiêu chí con nên không có cách chấm riêng.",
        "{code} has children, so it has no rule of its own.",
    ),
    "children_do_not_add_up": (
        "Điểm tối đa của các tiêu chí con trong {code} cộng lại là {sum}, không bằng {max}{type}.",
        "The maxima of the children of {code} add up to {sum}, not {max}{type}.",
    ),
    "rule_missing": ("{code} chưa có cách chấm (rule).", "{code} has no rule."),
    "rule_exceeds_max": (
        "Cách chấm của {code} có thể cho {high} điểm, vượt điểm tối đa {max}.",
        "The rule of {code} can give {high} points, above its maximum {max}.",
    ),
    "rule_below_zero": (
        "Cách chấm của {code} có thể cho {low} điểm, dưới 0.",
        "The rule of {code} can give {low} points, below 0.",
    ),
    "extra_not_leaf": (
        "Mục thưởng, trừ {code} không được có mục con.",
        "The bonus or penalty item {code} cannot have children.",
    ),
    "not_positive": ("“{key}” phải lớn hơn 0.", "“{key}” must be above 0."),
    "negative": ("“{key}” không được âm.", "“{key}” cannot be negative."),
    "bands_overlap": (
        "Mức xếp loại “{grade}” (từ {min}) phải thấp hơn mức trước “{other}” (từ {other_min}).",
        "The grade “{grade}” (from {min}) must lie below the one before, “{other}” (from {other_min}).",
    ),
    "grade_unknown": (
        "Không có mức xếp loại “{grade}”. Các mức: {known}.",
        "There is no grade “{grade}”. Grades: {known}.",
    ),
    "condition_one_of": (
        "Điều kiện phải có đúng một phép thử "
        "(index_below, index_at_least, points_below, points_at_least hoặc answered).",
        "A condition has exactly one test "
        "(index_below, index_at_least, points_below, points_at_least or answered).",
    ),
    "node_unknown": ("Không có tiêu chí “{code}”.", "There is no criterion “{code}”."),
    "option_of_rule_unknown": (
        "Cách chấm không có lựa chọn “{id}”. Có: {known}.",
        "The rule has no option “{id}”. It has: {known}.",
    ),
    "names_nobody": (
        "Phải nêu ít nhất một đơn vị hoặc loại đơn vị.",
        "At least one unit or type must be named.",
    ),
    "code_link_sizes": (
        "Quan hệ “{relation}” không nối {old} mã cũ với {new} mã mới.",
        "The relation “{relation}” does not join {old} old codes with {new} new ones.",
    ),
    "window_backwards": (
        "Ngày bắt đầu {start} sau ngày kết thúc {end}.",
        "The start {start} is after the end {end}.",
    ),
    "decimals_range": ("Số chữ số thập phân phải từ 0 đến 6.", "The number of decimals must be 0 to 6."),
    "steps_not_rising": ("Các bước phải tăng dần ({value}).", "The steps must rise ({value})."),
    "policy_needs_survey": (
        "Cách tính rescale_then_add_survey cần có tiêu chí điều tra xã hội học (method: survey).",
        "The policy rescale_then_add_survey needs survey criteria (method: survey).",
    ),
    # rules
    "award_one_of": (
        "Phải ghi đúng một trong hai: points hoặc percent.",
        "Exactly one of points and percent must stand.",
    ),
    "award_percent_range": ("Tỷ lệ {percent}% phải từ 0 đến 100.", "{percent}% must lie between 0 and 100."),
    "range_backwards": (
        "Khoảng từ {low} đến {high} bị ngược.",
        "The range from {low} to {high} is backwards.",
    ),
    "step_bounds": (
        "Bước thứ {step}: mỗi đầu chỉ ghi một mốc (from hoặc above; to hoặc below), equals đứng một mình.",
        "Step {step}: one bound an end (from or above; to or below), equals by itself.",
    ),
    "step_empty": ("Bước thứ {step} không chứa giá trị nào.", "Step {step} holds no value."),
    "steps_overlap": ("Bước thứ {one} và bước thứ {two} chồng lên nhau.", "Steps {one} and {two} overlap."),
    "anchors_equal": ("Hai mốc bằng nhau ({value}).", "The two anchors are equal ({value})."),
    "branch_in_branch": ("Trường hợp “{id}” không được chia tiếp.", "The case “{id}” cannot branch again."),
    "formula_too_long": (
        "Công thức quá dài (tối đa {limit} ký tự).",
        "The formula is too long (at most {limit} characters).",
    ),
    "formula_too_deep": (
        "Công thức, ký tự {at}: lồng nhau quá {limit} tầng.",
        "Formula, character {at}: nested more than {limit} deep.",
    ),
    "formula_character": (
        "Công thức, ký tự {at}: không dùng được “{text}”.",
        "Formula, character {at}: “{text}” cannot be used.",
    ),
    "formula_expected": (
        "Công thức, ký tự {at}: cần “{expected}” chứ không phải “{text}”.",
        "Formula, character {at}: “{expected}” is needed, not “{text}”.",
    ),
    "formula_value_expected": (
        "Công thức, ký tự {at}: cần một số hoặc một tên, không phải “{text}”.",
        "Formula, character {at}: a number or a name is needed, not “{text}”.",
    ),
    "formula_arguments": (
        "Công thức, ký tự {at}: {name} không nhận {given} đối số.",
        "Formula, character {at}: {name} does not take {given} arguments.",
    ),
    "formula_rest": (
        "Công thức, ký tự {at}: thừa “{text}”.",
        "Formula, character {at}: “{text}” is left over.",
    ),
    "formula_name_unknown": (
        "Công thức, ký tự {at}: không có số liệu tên “{name}”.",
        "Formula, character {at}: there is no input “{name}”.",
    ),
    "formula_input_unused": (
        "Số liệu “{name}” không được dùng trong công thức.",
        "The input “{name}” is not used in the formula.",
    ),
    "formula_division_by_zero": (
        "Công thức, ký tự {at}: chia cho 0.",
        "Formula, character {at}: division by zero.",
    ),
    "formula_type": (
        "Công thức, ký tự {at}: lẫn giữa số và điều kiện đúng, sai.",
        "Formula, character {at}: a number and a condition are mixed up.",
    ),
    "formula_number_too_long": (
        "Công thức, ký tự {at}: kết quả quá dài.",
        "Formula, character {at}: the result is too long.",
    ),
    "formula_decimals": (
        "Công thức, ký tự {at}: số chữ số làm tròn phải từ 0 đến 6.",
        "Formula, character {at}: decimals must be 0 to 6.",
    ),
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
    "header_without_criteria": ("Không có cột tiêu chí nào.", "There is no criterion column."),
    "column_unknown": ("Không có cột “{column}”.", "There is no column “{column}”."),
    "column_twice": ("Cột “{column}” xuất hiện hai lần.", "The column “{column}” stands twice."),
    "row_too_long": (
        "Dòng có {given} ô, nhiều hơn {expected} cột.",
        "The row has {given} cells, more than the {expected} columns.",
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
        "Số ngày nộp muộn “{text}” phải là số nguyên không âm.",
        "Days late “{text}” must be a whole number, not negative.",
    ),
    "criterion_unknown": (
        "Không có tiêu chí “{criterion}”{near}.",
        "There is no criterion “{criterion}”{near}.",
    ),
    "answer_twice": (
        "{unit} đã trả lời {criterion} ở dòng {first}.",
        "{unit} already answered {criterion} in line {first}.",
    ),
    # the command line
    "unit_not_found": ("Không có đơn vị “{unit}”{near}.", "There is no unit “{unit}”{near}."),
    "criterion_not_found": (
        "Không có tiêu chí “{criterion}”{near}.",
        "There is no criterion “{criterion}”{near}.",
    ),
    "output_unwritable": ("Không ghi được {path}: {detail}.", "{path} cannot be written: {detail}."),
}

EXPECTED: Mapping[str, tuple[str, str]] = {
    "mapping": ("một nhóm khóa: giá trị", "a mapping"),
    "list": ("một danh sách", "a list"),
    "word": ("một từ", "a word"),
    "text": ("chữ", "text"),
    "whole": ("số nguyên", "a whole number"),
    "yes_no": ("true hoặc false", "true or false"),
    "number": ("một số", "a number"),
    "date": ("ngày dạng 2024-01-31", "a date such as 2024-01-31"),
}


def sentence(code: str, data: Mapping[str, object], language: str) -> str:
    """The sentence for a problem's code and data."""
    vi = language == "vi"
    words = {key: value_text(value, language) for key, value in data.items()}
    if "near" in words:
        words["near"] = (
            (f" (có phải “{words['near']}”?)" if vi else f" (did you mean “{words['near']}”?)")
            if words["near"]
            else ""
        )
    if "expected" in words:
        words["expected"] = EXPECTED.get(words["expected"], (words["expected"],) * 2)[0 if vi else 1]
    if code == "children_do_not_add_up":
        words["type"] = (
            ((" đối với loại đơn vị " if vi else " for the unit type ") + words["type"])
            if words["type"]
            else ""
        )
    said = SENTENCES[code][0 if vi else 1].format_map(words)
    if code == "wrong_type" and words.get("text"):
        said = said.removesuffix(".") + (
            f", không phải “{words['text']}”." if vi else f", not “{words['text']}”."
        )
    return said
