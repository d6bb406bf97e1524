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
    "campaign_name_missing": ("Hãy ghi tên phong trào.", "Name the movement."),
    "campaign_criteria_missing": ("Hãy ghi tiêu chí thi đua.", "Say what is asked."),
    "campaign_criteria_many": ("Tối đa {limit} tiêu chí.", "At most {limit} criteria."),
    "campaign_days_unreadable": (
        "Không đọc được ngày “{text}”: hãy chọn ngày bắt đầu và ngày kết thúc.",
        "The day “{text}” cannot be read: choose the first and the last day.",
    ),
    "campaign_days_reversed": (
        "Ngày kết thúc {last} đứng trước ngày bắt đầu {first}.",
        "The last day {last} is before the first day {first}.",
    ),
    "campaign_condition_unreadable": (
        "Điều kiện “{text}” phải là số lớn hơn 0.",
        "The condition “{text}” must be a number above 0.",
    ),
    "campaign_rank_without_round": (
        "Điều kiện thứ hạng, chỉ số cần một kỳ đánh giá đã công bố.",
        "A condition on rank or index needs a round that is published.",
    ),
    "campaign_round_unknown": (
        "Kỳ đánh giá này chưa công bố kết quả hoặc không phải của đơn vị phát động.",
        "This round is not published, or is not of the unit that runs the movement.",
    ),
    "campaign_not_now": (
        "Chưa làm được việc này: phong trào ở bước “{now}”.",
        "This cannot be done now: the movement is at “{now}”.",
    ),
    "campaign_over": (
        "Phong trào đã kết thúc ngày {last}.",
        "The movement ended on {last}.",
    ),
    "campaign_elsewhere": (
        "“{unit}” không thuộc đơn vị phát động phong trào.",
        "“{unit}” is not of the unit that runs the movement.",
    ),
    "registration_name_missing": (
        "Hãy ghi tên phòng, bộ phận hoặc cá nhân.",
        "Name the division or the person.",
    ),
    "registration_pledge_missing": ("Hãy ghi nội dung đăng ký.", "Say what is pledged."),
    "registration_twice": ("“{name}” đã đăng ký.", "“{name}” has registered already."),
    "registration_withdrawn": ("Đăng ký này đã rút.", "This registration was taken back."),
    "emulation_reason_missing": ("Hãy ghi lý do.", "Give the reason."),
    "initiative_unfinished": (
        "Sáng kiến phải có tên, tác giả, mô tả và hiệu quả.",
        "An initiative has a title, authors, a description and its effect.",
    ),
    "initiative_recognition": (
        "Việc công nhận phải có cả cơ quan, số và ngày quyết định.",
        "A recognition has its body, and the number and date of the decision.",
    ),
    "initiative_day": (
        "Ngày quyết định {day} ở tương lai.",
        "The date {day} of the decision is still to come.",
    ),
    "reuse_own": (
        "Đơn vị có sáng kiến không tự ghi là đơn vị áp dụng.",
        "The unit whose initiative it is cannot say that it uses it.",
    ),
    "reuse_twice": (
        "“{unit}” đã ghi việc áp dụng sáng kiến này.",
        "“{unit}” has said already that it uses this initiative.",
    ),
    "reuse_note_missing": (
        "Hãy ghi áp dụng ở việc gì, từ khi nào.",
        "Say for what it is used, and since when.",
    ),
    "commendation_issued": (
        "Danh sách đã trình nên không sửa được nữa.",
        "The list was submitted and is not changed any more.",
    ),
    "commendation_none": (
        "Chưa chọn trường hợp nào; hệ thống không tự đề nghị thay người.",
        "Nobody is chosen yet; the system proposes nobody in people’s place.",
    ),
    "commendation_without_form": (
        "“{name}”: hãy ghi hình thức và căn cứ đề nghị.",
        "“{name}”: say which commendation and on what grounds.",
    ),
    "conclusions_other_days": (
        "Không kết luận nào còn lại có thời hạn trong kỳ của kế hoạch ({start} – {end}). Hãy chọn kế hoạch "
        "của năm đến hạn.",
        "No conclusion that is left has its deadline within the plan ({start} – {end}). Choose the plan of "
        "the year in which it falls due.",
    ),
    "conclusions_plan_elsewhere": (
        "Kế hoạch này không phải của đơn vị giao ban hoặc đã tổng kết.",
        "This plan is not of the briefing’s unit, or is closed.",
    ),
}

BLANK = {
    "briefing_month_unreadable": ("Hãy chọn tháng và năm.", "Choose month and year."),
    "briefing_day_unreadable": ("Hãy chọn ngày.", "Choose the day."),
    "campaign_days_unreadable": (
        "Hãy chọn ngày bắt đầu và ngày kết thúc.",
        "Choose the first and the last day.",
    ),
}
