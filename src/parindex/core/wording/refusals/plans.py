"""Plans and tasks: why something is not kept, handed down, reported or accepted."""

SENTENCES = {
    "plan_title_missing": ("Hãy ghi tên kế hoạch.", "Give the plan a title."),
    "plan_year_unusable": ("Năm {year} không dùng được.", "The year {year} cannot be used."),
    "plan_not_draft": (
        "Chỉ sửa được kế hoạch đang dự thảo; kế hoạch này {now}.",
        "Only a draft is changed; this plan is {now}.",
    ),
    "plan_not_issued": (
        "Việc này làm sau khi ban hành kế hoạch; kế hoạch này {now}.",
        "This is done once a plan is issued; this one is {now}.",
    ),
    "plan_closed": ("Kế hoạch đã tổng kết, không thay đổi nữa.", "The plan is closed and changes no more."),
    "plan_number_missing": ("Hãy ghi số, ký hiệu của kế hoạch.", "Give the plan’s number and notation."),
    "plan_number_taken": (
        "Đơn vị đã có kế hoạch số {number} trong năm.",
        "The unit has a plan {number} in this year already.",
    ),
    "plan_date_ahead": ("Ngày ban hành {day} chưa tới.", "The date of issue, {day}, has not come yet."),
    "plan_empty": (
        "Kế hoạch chưa có nhiệm vụ nào; hãy thêm nhiệm vụ rồi ban hành.",
        "The plan has no task yet; add tasks, then issue it.",
    ),
    "plan_full": ("Mỗi kế hoạch tối đa {limit} nhiệm vụ.", "A plan has at most {limit} tasks."),
    "plan_area_used": (
        "Lĩnh vực “{area}” còn nhiệm vụ, không bỏ được.",
        "The area “{area}” still has tasks and cannot be left out.",
    ),
    "plan_areas_many": ("Tối đa {limit} lĩnh vực.", "At most {limit} areas."),
    "date_field": (
        "{field}: “{text}” không phải ngày trong lịch; ghi ngày/tháng/năm.",
        "{field}: “{text}” is no day of the calendar; write day/month/year.",
    ),
    "plan_choice_unknown": ("{field}: hãy chọn trong danh sách.", "{field}: choose from the list."),
    "plan_of_others": ("Hãy chọn kế hoạch của đơn vị mình.", "Choose a plan of your own unit."),
    "document_elsewhere": (
        "Hãy chọn tài liệu trong kho của đơn vị.",
        "Choose a document from the unit’s own store.",
    ),
    "task_content_missing": ("Hãy ghi nội dung nhiệm vụ.", "Say what the task is."),
    "task_area_unknown": ("Kế hoạch không có lĩnh vực “{area}”.", "The plan has no area “{area}”."),
    "task_weight_unusable": (
        "“{text}” không phải một số dương, tối đa 1000.",
        "“{text}” is no number above 0 and at most 1000.",
    ),
    "task_goal_missing": (
        "Hãy ghi mục tiêu mà chỉ tiêu phải đạt.",
        "Give the goal that the indicator is to reach.",
    ),
    "task_lead_elsewhere": (
        "{unit} không thuộc đơn vị lập kế hoạch.",
        "{unit} is not a part of the unit whose plan this is.",
    ),
    "task_over": ("Nhiệm vụ đã hoàn thành hoặc đã dừng.", "The task is done or cancelled."),
    "task_reason_missing": ("Hãy ghi lý do.", "Give a reason."),
    "task_has_history": (
        "Nhiệm vụ đã có báo cáo hoặc đã giao; hãy dừng nhiệm vụ, kèm lý do.",
        "Something was reported or handed down already; cancel the task with a reason instead.",
    ),
    "task_measured": (
        "Nhiệm vụ này đo bằng chỉ tiêu, không báo cáo bằng tay.",
        "This task is measured by its indicator and not reported by hand.",
    ),
    "task_below": (
        "Nhiệm vụ đã giao đơn vị trực thuộc; tiến độ lấy từ các đơn vị đó.",
        "The task was handed down; its progress comes from the units that took it.",
    ),
    "task_percent": ("Tiến độ là số nguyên từ 0 đến 100.", "Progress is a whole number from 0 to 100."),
    "task_line_missing": ("Hãy ghi một dòng về kết quả.", "Say in a line what was done."),
    "task_document_missing": (
        "Nhiệm vụ này có sản phẩm: hãy chọn văn bản là sản phẩm rồi báo hoàn thành.",
        "This task has an output: choose the document that it is, then report it as done.",
    ),
    "task_waiting": (
        "Sản phẩm đã gửi đang chờ xác nhận.",
        "What was handed in still waits to be accepted.",
    ),
    "output_answered": (
        "Sản phẩm này đã có người trả lời.",
        "Somebody has answered this already.",
    ),
    "output_own_work": (
        "Bạn đã gửi sản phẩm này, nên người khác phải xác nhận.",
        "You handed this in, so somebody else must accept it.",
    ),
    "hand_down_nobody": ("Hãy chọn đơn vị được giao.", "Choose the units that it is handed down to."),
    "hand_down_not_below": (
        "{unit} không thuộc đơn vị lập kế hoạch, nên không giao được.",
        "{unit} is not below the unit whose plan this is.",
    ),
    "hand_down_unit_lives": (
        "{unit} vẫn đang hoạt động: hãy thu hồi nhiệm vụ nếu không giao nữa.",
        "{unit} has not ended: take the task back if it is no longer theirs.",
    ),
    "hand_down_not_with_it": (
        "Đơn vị không còn giữ nhiệm vụ này. Hãy tải lại trang.",
        "The unit does not have this task any more. Load the page again.",
    ),
    "hand_down_answered": ("Đơn vị {now}; không thay đổi được nữa.", "It is {now} and stays so."),
    "task_file_taken": (
        "Nhiệm vụ của tệp này đã được nhập ngày {day} ({count} nhiệm vụ); không nhập lần nữa.",
        "The tasks of this file were taken on {day} ({count} of them), and are not taken again.",
    ),
    "task_rows_asked": (
        "Còn {count} dòng chưa rõ; dòng đầu: bảng {table}, dòng {row}. Chưa nhập dòng nào.",
        "{count} rows are still unclear, the first: table {table}, row {row}. Nothing was taken.",
    ),
    "task_rows_none": ("Không có dòng nào để nhập.", "There is no row to take."),
    "task_rows_many": (
        "Tệp có {count} dòng nhiệm vụ; mỗi kế hoạch tối đa {limit} nhiệm vụ.",
        "The file has {count} rows of tasks; a plan has at most {limit}.",
    ),
    "task_column_twice": (
        "Hai cột cùng là “{field}”. Mỗi loại chỉ một cột.",
        "Two columns are “{field}”. Each is one column only.",
    ),
    "task_column_content": (
        "Bảng {table} cần một cột “Nội dung”.",
        "Table {table} needs a column that is the content.",
    ),
    "tasks_none_marked": ("Hãy đánh dấu ít nhất một nhiệm vụ.", "Mark at least one task."),
    "tasks_elsewhere": (
        "Có nhiệm vụ không thuộc kế hoạch này; chưa thay đổi gì.",
        "One of the tasks is not of this plan; nothing was changed.",
    ),
    "tasks_over": (
        "Nhiệm vụ số {numbers} đã hoàn thành hoặc đã dừng; chưa thay đổi gì.",
        "The tasks {numbers} are done or cancelled; nothing was changed.",
    ),
    "task_without_deadline": (
        "Nhiệm vụ số {numbers} không có ngày hạn nên không dời được; chưa thay đổi gì.",
        "The tasks {numbers} have no day to be moved; nothing was changed.",
    ),
    "shift_unusable": (
        "Số ngày dời là số nguyên từ −366 đến 366, khác 0.",
        "Deadlines are moved by a whole number of days from −366 to 366, other than 0.",
    ),
    "person_elsewhere": (
        "{person} không giữ vai trò nào tại đơn vị lập kế hoạch.",
        "{person} holds no role in the unit whose plan this is.",
    ),
}

BLANK = {
    "date_field": ("{field}: hãy chọn ngày.", "{field}: choose the day."),
    "task_weight_unusable": (
        "Hãy ghi trọng số: một số dương, tối đa 1000.",
        "Give the weight: a number above 0 and at most 1000.",
    ),
}
