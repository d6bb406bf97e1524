"""What is asked of whoever brings in the tasks of a plan, row by row; the words for its columns."""

from __future__ import annotations

from collections.abc import Mapping

from parindex.core.formats.plan_columns import Field
from parindex.core.kernel.text import Text
from parindex.core.wording.notation import value_text


SENTENCES: Mapping[str, tuple[str, str]] = {
    # deadlines
    "deadline_missing": (
        "Bảng không ghi thời hạn. Hãy ghi, hoặc chọn “không có ngày”.",
        "The table gives no deadline. Give one, or choose “no date”.",
    ),
    "deadline_unclear": (
        "Chưa hiểu thời hạn “{text}”. Hãy ghi ngày, quý, tháng, hoặc chọn “không có ngày”.",
        "The deadline “{text}” is not understood. Give a day, quarter or month, or choose “no date”.",
    ),
    "deadline_depends": (
        "“{text}” phụ thuộc việc khác. Hãy ghi ngày dự kiến, hoặc chọn “không có ngày”.",
        "“{text}” depends on something else. Give the day expected, or choose “no date”.",
    ),
    "deadline_several": (
        "“{text}” có nhiều thời hạn. Hãy ghi thời hạn cuối, hoặc tách thành nhiều nhiệm vụ sau khi nhập.",
        "“{text}” gives several deadlines. Give the last one, or divide the task after it is taken.",
    ),
    "deadline_impossible": (
        "Không có ngày “{text}” trên lịch. Hãy ghi lại.",
        "No calendar has “{text}”. Give it again.",
    ),
    "deadline_reversed": (
        "“{text}” kết thúc trước khi bắt đầu. Hãy ghi lại.",
        "“{text}” ends before it begins. Give it again.",
    ),
    "deadline_far": (
        "“{text}” cách năm {year} của kế hoạch quá xa. Hãy ghi lại.",
        "“{text}” is too far from {year}, the plan’s year. Give it again.",
    ),
    # the rest of a row
    "content_missing": ("Dòng không có nội dung nhiệm vụ.", "The row has no content."),
    "content_long": (
        "Nội dung dài hơn {limit} ký tự. Hãy rút gọn.",
        "The content is longer than {limit} characters. Shorten it.",
    ),
    "area_unknown": (
        "Chưa rõ lĩnh vực (“{text}”). Hãy chọn.",
        "The area is not clear (“{text}”). Choose one.",
    ),
    "area_missing": (
        "Dòng không nằm dưới lĩnh vực nào. Hãy chọn.",
        "The row stands under no area. Choose one.",
    ),
    "lead_missing": (
        "Bảng không ghi đơn vị chủ trì. Hãy chọn.",
        "The table names no lead unit. Choose one.",
    ),
    "lead_unknown": (
        "Không có đơn vị “{text}” trong cây tổ chức. Hãy chọn.",
        "The tree of units has no “{text}”. Choose a unit.",
    ),
    "lead_several": (
        "“{text}” là nhiều đơn vị; mỗi nhiệm vụ chỉ một đơn vị chủ trì. Hãy chọn.",
        "“{text}” are several units; a task has one lead. Choose it.",
    ),
    "person_unknown": (
        "Không có “{text}” trong đơn vị. Hãy ghi họ tên, hoặc để trống.",
        "The unit has no “{text}”. Give the full name, or leave it empty.",
    ),
    "start_unclear": (
        "Chưa hiểu ngày bắt đầu “{text}”. Hãy ghi ngày, hoặc để trống.",
        "The start “{text}” is not understood. Give a day, or leave it empty.",
    ),
    "due_before_start": (
        "Hạn {due} trước ngày bắt đầu {start}.",
        "The deadline {due} is before the start, {start}.",
    ),
    "row_twice": (
        "Trùng với nhiệm vụ ở bảng {table}, dòng {row}. Hãy sửa, hoặc bỏ một dòng.",
        "The same task stands in table {table}, row {row}. Change it, or leave one out.",
    ),
    "task_known": (
        "Kế hoạch đã có nhiệm vụ này (số {number}). Hãy sửa, hoặc bỏ dòng.",
        "The plan has this task already (number {number}). Change it, or leave the row out.",
    ),
}

FIELDS: Mapping[Field, Text] = {
    Field.NUMBER: Text("Số thứ tự", "Number"),
    Field.AREA: Text("Lĩnh vực", "Area"),
    Field.CONTENT: Text("Nội dung", "Content"),
    Field.OUTPUT: Text("Sản phẩm", "Output"),
    Field.LEAD: Text("Chủ trì", "Lead"),
    Field.COORDINATING: Text("Phối hợp", "Coordinating"),
    Field.PERSON: Text("Người thực hiện", "Person"),
    Field.START: Text("Bắt đầu", "Start"),
    Field.DUE: Text("Thời hạn", "Deadline"),
    Field.CRITERION: Text("Tiêu chí", "Criterion"),
}


def question_sentence(code: str, data: Mapping[str, object], language: str) -> str:
    """What is asked, with what stands in the row."""
    words = {key: value_text(value, language) for key, value in data.items()}
    return SENTENCES[code][0 if language == "vi" else 1].format_map(words)
