"""Briefings, emulation: why something is not kept, issued or handed on."""

SENTENCES = {
    "briefing_exists": (
        "Báo cáo giao ban tháng {month} của đơn vị đã có; hãy mở báo cáo đó.",
        "The unit’s briefing of {month} exists already; open it.",
    ),
    "briefing_ahead": (
        "Tháng {month} chưa đến.",
        "{month} has not begun.",
    ),
    "briefing_month_unreadable": (
        "Không đọc được tháng “{text}”; hãy chọn tháng và năm.",
        "The month “{text}” cannot be read; choose month and year.",
    ),
    "briefing_issued": (
        "Báo cáo đã ban hành nên không sửa được nữa.",
        "The briefing is issued and is not changed any more.",
    ),
    "briefing_not_issued": (
        "Kết luận thành nhiệm vụ sau khi báo cáo được ban hành.",
        "Conclusions become tasks once the briefing is issued.",
    ),
    "briefing_changed": (
        "Người khác đã lưu bản {number} trong lúc bạn sửa. Nội dung bạn gõ còn dưới đây: hãy xem bản mới rồi "
        "lưu lại.",
        "Somebody else saved revision {number} meanwhile. What you typed stands below: look at theirs, then "
        "save again.",
    ),
    "briefing_section_unknown": (
        "Báo cáo không có mục “{section}”.",
        "The briefing has no section “{section}”.",
    ),
    "briefing_number_missing": ("Hãy ghi số của văn bản.", "Give the number of the paper."),
    "briefing_day_unreadable": (
        "Không đọc được ngày “{text}”.",
        "The day “{text}” cannot be read.",
    ),
    "briefing_day_missing": ("Hãy ghi ngày của văn bản.", "Give the date of the paper."),
    "briefing_issue_day": (
        "Ngày văn bản {day} phải từ ngày đầu tháng giao ban đến hôm nay.",
        "The date {day} lies between the first day of the month and today.",
    ),
    "briefing_empty": (
        "Báo cáo chưa có nội dung.",
        "The briefing says nothing yet.",
    ),
    "conclusion_content_missing": (
        "Kết luận {row}: hãy ghi nội dung.",
        "Conclusion {row}: say what was concluded.",
    ),
    "conclusion_unit_unknown": (
        "Kết luận {row}: đơn vị “{unit}” không thuộc đơn vị giao ban.",
        "Conclusion {row}: the unit “{unit}” is not of this briefing’s.",
    ),
    "conclusion_due_unreadable": (
        "Kết luận {row}: không đọc được thời hạn “{text}”.",
        "Conclusion {row}: the deadline “{text}” cannot be read.",
    ),
    "conclusion_due_past": (
        "Kết luận {row}: thời hạn {due} đứng trước tháng giao ban.",
        "Conclusion {row}: the deadline {due} is before the month.",
    ),
    "conclusions_many": ("Tối đa {limit} kết luận.", "At most {limit} conclusions."),
    "conclusions_none": ("Báo cáo không có kết luận nào.", "The briefing has no conclusion."),
    "conclusions_plan_elsewhere": (
        "Kế hoạch này không phải của đơn vị giao ban hoặc đã tổng kết.",
        "This plan is not of the briefing’s unit, or is closed.",
    ),
}
