"""Plans of inspection, visits, findings, recommendations: why something is not kept or done."""

SENTENCES = {
    "inspection_plan_not_now": (
        "Chưa làm được việc này: kế hoạch kiểm tra {now}.",
        "This cannot be done now: the plan of inspection is {now}.",
    ),
    "inspection_not_now": (
        "Không làm được việc này lúc này: cuộc kiểm tra {now}.",
        "This cannot be done now; the inspection is: {now}.",
    ),
    "inspection_key_missing": (
        "Biểu mẫu này đã cũ. Hãy tải lại trang rồi gửi lại.",
        "This form is too old. Load the page again, then send it.",
    ),
    "inspection_year": (
        "Năm {year} không hợp lệ: ghi năm từ {first} đến {last}.",
        "The year {year} does not do: give one from {first} to {last}.",
    ),
    "inspection_title_missing": ("Hãy ghi tên kế hoạch.", "Give the plan a name."),
    "inspection_set_missing": ("Hãy chọn bộ tiêu chí.", "Choose the criteria set."),
    "inspection_number_missing": ("Hãy ghi số, ký hiệu văn bản.", "Give number and notation."),
    "inspection_date_missing": ("Hãy ghi ngày văn bản.", "Give the date."),
    "inspection_date_unreadable": ("Không đọc được ngày “{text}”.", "The day “{text}” cannot be read."),
    "inspection_date_ahead": ("Ngày văn bản {on} ở tương lai.", "The date {on} is still to come."),
    "inspection_plan_empty": (
        "Kế hoạch chưa có cuộc kiểm tra nào.",
        "There is no inspection in the plan yet.",
    ),
    "inspection_plan_draft": (
        "Kế hoạch chưa ban hành nên chưa kiểm tra được.",
        "The plan is not issued, so nothing is inspected yet.",
    ),
    "inspection_visits_left": (
        "Còn {count} cuộc kiểm tra chưa thực hiện xong: hãy kiểm tra, hoặc ghi lý do không thực hiện.",
        "{count} inspections are not done yet: make them, or say why they are called off.",
    ),
    "inspection_unit_missing": ("Hãy chọn đơn vị được kiểm tra.", "Choose the unit to inspect."),
    "inspection_unit_elsewhere": (
        "{unit} không thuộc phạm vi của kế hoạch này.",
        "{unit} is not among the units of this plan.",
    ),
    "inspection_days_missing": (
        "Hãy ghi ngày bắt đầu và ngày kết thúc.",
        "Give the first and the last day.",
    ),
    "inspection_days_reversed": (
        "Ngày kết thúc {ends} trước ngày bắt đầu {starts}.",
        "The last day {ends} is before the first, {starts}.",
    ),
    "inspection_days_long": (
        "Một cuộc kiểm tra kéo dài tối đa {limit} ngày.",
        "An inspection lasts {limit} days at most.",
    ),
    "inspection_days_year": (
        "Ngày bắt đầu {starts} không thuộc kế hoạch năm {year} (chậm nhất hết tháng 3 năm sau).",
        "The first day {starts} is not within the plan of {year}, which lasts until the March after it.",
    ),
    "inspection_areas_missing": ("Hãy chọn ít nhất một nội dung kiểm tra.", "Choose at least one area."),
    "inspection_area_unknown": (
        "Nội dung “{area}” không có trong cuộc kiểm tra này.",
        "There is no area “{area}” in this inspection.",
    ),
    "inspection_team_missing": ("Hãy chọn trưởng đoàn.", "Choose who leads the team."),
    "inspection_leader_missing": ("Hãy chọn trưởng đoàn.", "Choose who leads the team."),
    "inspection_team_unknown": (
        "Có người được chọn vào đoàn không có trong hệ thống. Hãy tải lại trang và chọn lại.",
        "Somebody chosen for the team is not known here. Load the page again and choose anew.",
    ),
    "inspection_team_large": ("Đoàn kiểm tra có tối đa {limit} người.", "A team has {limit} people at most."),
    "inspection_person_left": (
        "{person} không còn giữ vai trò nào ở đây: hãy chọn người khác.",
        "{person} holds no role here any more: choose somebody else.",
    ),
    "inspection_own_unit": (
        "{person} thuộc {unit}: không ai kiểm tra đơn vị của mình.",
        "{person} belongs to {unit}: nobody inspects their own unit.",
    ),
    "inspection_too_early": (
        "Cuộc kiểm tra bắt đầu từ ngày {starts}.",
        "The inspection begins on {starts}.",
    ),
    "inspection_choice": ("“{text}” không có trong các lựa chọn.", "“{text}” is none of the choices."),
    "inspection_reason_missing": ("Hãy ghi lý do.", "Give the reason."),
    "inspection_question_unknown": (
        "Nội dung này không còn trong đề cương kiểm tra.",
        "This line is not on the checklist any more.",
    ),
    "inspection_severity_missing": ("Hãy chọn mức độ.", "Choose how grave it is."),
    "inspection_text_missing": ("Hãy mô tả tồn tại.", "Describe what was found."),
    "inspection_criterion_unknown": (
        "Tiêu chí “{criterion}” không thuộc nội dung đã chọn.",
        "Criterion “{criterion}” is not in the chosen area.",
    ),
    "inspection_responsible_elsewhere": (
        "Người hoặc bộ phận chịu trách nhiệm không thuộc đơn vị được kiểm tra.",
        "Who answers for it does not belong to the inspected unit.",
    ),
    "inspection_finding_gone": (
        "Tồn tại số {number} đã được rút.",
        "Finding {number} was withdrawn.",
    ),
    "inspection_photos_many": (
        "Mỗi tồn tại có tối đa {limit} ảnh.",
        "A finding has {limit} photos at most.",
    ),
    "inspection_documents_many": ("Tối đa {limit} tài liệu.", "At most {limit} documents."),
    "inspection_recommendation_missing": ("Hãy ghi nội dung kiến nghị.", "Say what is recommended."),
    "inspection_due_missing": ("Hãy ghi hạn khắc phục.", "Give the deadline."),
    "inspection_due_past": (
        "Hạn khắc phục {due} đã qua: hãy chọn từ hôm nay trở đi.",
        "The deadline {due} has passed: choose today or later.",
    ),
    "inspection_due_far": (
        "Hạn khắc phục {due} xa hơn hai năm.",
        "The deadline {due} is more than two years ahead.",
    ),
    "inspection_unseen": (
        "Còn {count} nội dung chưa kiểm tra. Nếu không kiểm tra các nội dung đó, hãy đánh dấu ô xác nhận.",
        "{count} lines were not looked at. If they are not to be, tick the box that says so.",
    ),
    "inspection_bare": (
        "Tồn tại số {numbers} chưa có kiến nghị khắc phục.",
        "Nothing is recommended on finding {numbers} yet.",
    ),
    "inspection_answered": (
        "Kiến nghị này {now}, không gửi trả lời nữa.",
        "Nothing more is to be answered; this recommendation is: {now}.",
    ),
    "inspection_unanswered": (
        "Kiến nghị này {now}, không có trả lời để xác minh.",
        "There is no answer to verify; this recommendation is: {now}.",
    ),
    "inspection_answer_missing": ("Hãy ghi đơn vị đã làm gì.", "Say what the unit did."),
    "inspection_document_elsewhere": (
        "Tài liệu chứng minh phải nằm trong kho của đơn vị.",
        "The proof must be in the unit’s own vault.",
    ),
    "inspection_paper_early": (
        "Ngày văn bản phải từ ngày bắt đầu kiểm tra ({starts}) trở đi.",
        "The date must be the first day of the inspection ({starts}) or later.",
    ),
    "inspection_remedies_left": (
        "Còn {count} kiến nghị chưa khắc phục xong.",
        "{count} recommendations are not remedied yet.",
    ),
    "inspection_unnumbered": (
        "Hãy ghi số, ngày của thông báo kết luận trước khi khép.",
        "Record number and date of the conclusion first.",
    ),
}

BLANK = {
    "inspection_area_unknown": (
        "Hãy chọn nội dung, tiêu chí mà tồn tại thuộc về.",
        "Choose the area or the criterion that it belongs to.",
    ),
    "inspection_choice": ("Hãy chọn một trong các lựa chọn.", "Choose one of the choices."),
}
