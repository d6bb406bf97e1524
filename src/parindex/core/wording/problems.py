"""What is wrong and what to do, for every code the core refuses with."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.wording import (
    answer_problems,
    backup_problems,
    dossier_problems,
    file_problems,
    survey_problems,
)
from parindex.core.wording.file_problems import DETAILS
from parindex.core.wording.notation import value_text


SENTENCES: Mapping[str, tuple[str, str]] = {
    **file_problems.SENTENCES,
    **answer_problems.SENTENCES,
    **dossier_problems.SENTENCES,
    **survey_problems.SENTENCES,
    **backup_problems.SENTENCES,
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
    "code_unusable": (
        "Mã tiêu chí “{code}” không dùng được (không để trống, không có dấu /, không trùng tên cột trả lời).",
        "The criterion code “{code}” cannot be used (not empty, no slash, no column name of answers).",
    ),
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
    "indicator_on_inner_node": (
        "{code} có mục con nên không gắn chỉ tiêu đo được (indicator); hãy gắn ở mục con.",
        "{code} has children, so it has no indicator of its own; name it at a leaf.",
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
    "node_without_options": (
        "Trả lời của “{code}” không phải là lựa chọn nên không dùng được answered.",
        "Answers to “{code}” name no options, so answered cannot be used.",
    ),
    "cap_on_best": (
        "“{grade}” là mức cao nhất nên không khống chế được gì.",
        "“{grade}” is the best grade, so this caps nothing.",
    ),
    "quota_on_lowest": (
        "“{grade}” là mức thấp nhất, đơn vị vượt tỷ lệ không có mức nào để xuống.",
        "“{grade}” is the lowest grade; a unit beyond the quota has none to fall to.",
    ),
    "quota_of_not_below": (
        "“{of}” phải là mức thấp hơn “{grade}”.",
        "“{of}” must be a grade below “{grade}”.",
    ),
    "late_step_takes_nothing": (
        "Nộp muộn từ ngày thứ {day}: phải ghi points hoặc per_day.",
        "From day {day} late: points or per_day must stand.",
    ),
    "late_step_after_refusal": (
        "Ngày muộn thứ {day} không bao giờ tính đến: quá {last} ngày thì không tiếp nhận.",
        "Day {day} late never counts: beyond {last} days the sheet is refused.",
    ),
    "cutoff_outside": (
        "Ngày chốt số liệu {cutoff} nằm ngoài kỳ từ {start} đến {end}.",
        "The cut-off {cutoff} lies outside {start} to {end}.",
    ),
    "day_off_and_worked": (
        "{day} vừa là ngày nghỉ vừa là ngày làm bù.",
        "{day} is both a day off and a day worked in exchange.",
    ),
    "worked_day_in_week": (
        "{day} không phải thứ bảy, chủ nhật nên không phải ngày làm bù.",
        "{day} is no weekend day, so not one worked in exchange.",
    ),
    "map_twice": (
        "Bảng nối mã với {id} {version} xuất hiện hai lần.",
        "The code map to {id} {version} stands twice.",
    ),
    "map_to_itself": (
        "Bảng nối mã phải nối với một phiên bản khác.",
        "A code map must lead to another version.",
    ),
    "unit_listed_twice": ("Đơn vị “{unit}” xuất hiện hai lần.", "The unit “{unit}” stands twice."),
    "unit_unknown": (
        "Bộ tiêu chí không có đơn vị “{unit}”{near}.",
        "The criteria set does not list the unit “{unit}”{near}.",
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
    # rows of a set being made
    "row_under_itself": (
        "Không chuyển một tiêu chí vào bên dưới chính nó.",
        "A row cannot be put below itself.",
    ),
    "too_deep": ("Cây tiêu chí không quá {limit} cấp.", "The tree has at most {limit} levels."),
    "too_many_rows": ("Bộ tiêu chí không quá {limit} dòng.", "A set has at most {limit} rows."),
    # a rule in lines of a workbook
    "rule_line_unreadable": (
        "Dòng {line}: không hiểu “{text}”. Mỗi dòng ghi “tên: giá trị”.",
        "Line {line}: “{text}” is not understood. Each line says “name: value”.",
    ),
    "rule_key_unknown": (
        "Dòng {line}: không có “{key}”. Dùng một trong: {known}.",
        "Line {line}: there is no “{key}”. One of: {known}.",
    ),
    "rule_no_items": (
        "Dòng {line}: kiểu chấm này không có danh sách mức.",
        "Line {line}: this kind has no list of levels.",
    ),
    "rule_kind_unknown": (
        "Dòng {line}: không có kiểu chấm “{kind}”.",
        "Line {line}: there is no rule kind “{kind}”.",
    ),
    "rule_award_unreadable": (
        "Dòng {line}: “{text}” không phải số điểm hoặc tỷ lệ %.",
        "Line {line}: “{text}” is neither points nor a percentage.",
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
    "formula_ends": (
        "Công thức, ký tự {at}: công thức dừng giữa chừng.",
        "Formula, character {at}: the formula stops short.",
    ),
    "formula_function_unknown": (
        "Công thức, ký tự {at}: không có hàm “{name}”. Các hàm: {known}.",
        "Formula, character {at}: there is no function “{name}”. Functions: {known}.",
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


LONGEST = 160
MOST = 30
_NEAR = (" (có phải “{}”?)", " (did you mean “{}”?)")
_TYPE = (" đối với loại đơn vị {}", " for the unit type {}")
_NOT = (", không phải “{}”.", ", not “{}”.")


def sentence(code: str, data: Mapping[str, object], language: str) -> str:
    """The sentence for a problem's code and data: one line, whatever the data hold."""
    k = 0 if language == "vi" else 1
    words = {key: _shown(value, language) for key, value in data.items()}
    if "near" in words:
        words["near"] = _NEAR[k].format(words["near"]) if words["near"] else ""
    if "expected" in words:
        words["expected"] = EXPECTED.get(words["expected"], (words["expected"],) * 2)[k]
    if "detail" in words:
        words["detail"] = DETAILS.get(words["detail"], (words["detail"],) * 2)[k]
    if code == "children_do_not_add_up":
        words["type"] = _TYPE[k].format(words["type"]) if words["type"] else ""
    said = SENTENCES[code][k].format_map(words)
    if code == "wrong_type" and words.get("text"):
        said = said.removesuffix(".") + _NOT[k].format(words["text"])
    return said


def _shown(value: object, language: str) -> str:
    """A datum as words: no line breaks or signs that are not seen, not without end."""
    if isinstance(value, tuple | list):
        rest = ["…"] if len(value) > MOST else []
        return ", ".join([*(_shown(v, language) for v in value[:MOST]), *rest])
    text = " ".join(value_text(value, language).split())
    if not text.isprintable():
        text = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
