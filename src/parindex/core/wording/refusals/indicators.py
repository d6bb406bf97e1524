"""Indicators and their values: why something cannot be defined or recorded."""

SENTENCES = {
    "measured_needs_reason": (
        "Tiêu chí {leaves} khai khác số liệu đo được: hãy ghi lý do vào phần thuyết minh, hoặc nhận số "
        "liệu đo được.",
        "Criteria {leaves} differ from what was measured: say why in the note, or accept the measured value.",
    ),
    "measured_no_case": (
        "Không phát sinh trong kỳ, nên không có gì để đề xuất.",
        "No case arose in the period, so there is nothing to propose.",
    ),
    "indicator_code_unusable": (
        "Mã chỉ tiêu “{code}” không dùng được: chỉ chữ thường không dấu, chữ số, gạch nối.",
        "The indicator code “{code}” cannot be used: small letters without accents, digits, hyphens.",
    ),
    "indicator_code_taken": (
        "Mã “{code}” đã có chỉ tiêu dùng; hãy mở chỉ tiêu đó để sửa.",
        "The code “{code}” is taken; open that indicator to change it.",
    ),
    "indicator_name_missing": ("Hãy ghi tên chỉ tiêu.", "Give the indicator’s name."),
    "indicator_source_missing": (
        "Hãy ghi nguồn số liệu chính thức của chỉ tiêu.",
        "Give the indicator’s authoritative source.",
    ),
    "indicator_kind_fixed": (
        "“{indicator}” đã có số liệu nên không đổi được cách ghi giá trị. Hãy lập chỉ tiêu mới.",
        "“{indicator}” has values already, so what they are made of stays. Define another indicator.",
    ),
    "indicator_unknown": (
        "Không có chỉ tiêu “{indicator}”.",
        "There is no indicator “{indicator}”.",
    ),
    "choice_unknown": ("“{text}” không có trong các lựa chọn.", "“{text}” is none of the choices."),
    "period_too_long": (
        "Kỳ từ {first} đến {last} quá dài (tối đa năm năm).",
        "The period from {first} to {last} is too long (at most five years).",
    ),
    "report_period_ahead": (
        "Kỳ báo cáo này chưa bắt đầu; bắt đầu từ ngày {first}.",
        "This period has not begun; it begins on {first}.",
    ),
    "period_unreadable": (
        "“{text}” không phải một kỳ: ghi 2025, 03/2025 hoặc Q1/2025.",
        "“{text}” is no period: write 2025, 03/2025 or Q1/2025.",
    ),
    "period_missing": (
        "Hãy ghi kỳ, hoặc cả từ ngày và đến ngày.",
        "Give the period, or both its first and its last day.",
    ),
    "period_said_twice": (
        "Kỳ “{text}” không khớp với từ ngày, đến ngày.",
        "The period “{text}” is not the one of the days given.",
    ),
    "as_of_ahead": (
        "Số liệu không thể tính đến {day}: hôm nay là {today}.",
        "The data cannot be as of {day}: today is {today}.",
    ),
    "as_of_outside": (
        "Số liệu tính đến {day} là trước khi kỳ bắt đầu ({first}).",
        "The data are as of {day}, before the period begins ({first}).",
    ),
    "as_of_older": (
        "Đang có số liệu mới hơn (đến {stands}); số liệu đến {day} không thay được.",
        "Newer data stand (as of {stands}); those as of {day} cannot replace them.",
    ),
    "value_missing": ("Hãy ghi giá trị.", "Give the value."),
    "value_negative": ("{text} là số âm.", "{text} is negative."),
    "value_unreadable": (
        "“{text}” không phải một số (không dùng dấu phân cách hàng nghìn).",
        "“{text}” is not a number (no thousands separators).",
    ),
    "count_unreadable": (
        "“{text}” không phải số đếm: ghi số nguyên, không dấu phân cách.",
        "“{text}” is not a count: write a whole number without separators.",
    ),
    "count_too_large": ("{text} quá lớn.", "{text} is too large."),
    "numerator_larger": (
        "Tử số {part} lớn hơn mẫu số {whole}.",
        "The numerator {part} is larger than the denominator {whole}.",
    ),
    "cell_not_of_kind": (
        "Ô này không thuộc loại chỉ tiêu: tỷ lệ ghi tử số và mẫu số, còn lại ghi giá trị. Hãy để trống.",
        "This cell is not of the indicator’s kind: a share has numerator and denominator, others a value. "
        "Leave it empty.",
    ),
    "dossiers_missing": (
        "{unit} chưa nạp hồ sơ nào; hãy chạy parindex dossiers ingest.",
        "No dossiers of {unit} are kept; run parindex dossiers ingest.",
    ),
    "unit_code_ambiguous": (
        "Mã “{code}” có ở nhiều nơi; hãy ghi cả đường dẫn, ví dụ tinh.so.{code}.",
        "The code “{code}” stands at several places; write the whole way, like province.department.{code}.",
    ),
    "unit_of_others": (
        "{unit} không thuộc phạm vi được gửi số liệu.",
        "{unit} is outside what may be sent.",
    ),
    "indicator_of_others": (
        "Mã truy cập này không được gửi chỉ tiêu “{indicator}”.",
        "This token may not send the indicator “{indicator}”.",
    ),
    "row_no_object": (
        'Mỗi dòng là một đối tượng JSON, dạng {{"tên trường": giá trị, …}}.',
        'Each row is a JSON object, like {{"field": value, …}}.',
    ),
    "field_unknown": (
        "Không có trường “{field}”.",
        "There is no field “{field}”.",
    ),
    "field_no_text": (
        "Trường “{field}” phải là chữ hoặc số.",
        "The field “{field}” must be text or a number.",
    ),
    "field_unusable": (
        "Trường “{field}” có ký tự không lưu được.",
        "The field “{field}” has characters that cannot be kept.",
    ),
    "address_unknown": ("Không có địa chỉ “{path}”.", "There is no address “{path}”."),
    "token_missing": (
        "Hãy gửi mã truy cập trong đầu mục Authorization, sau chữ Bearer.",
        "Send the token in the header Authorization, after the word Bearer.",
    ),
    "token_wrong": (
        "Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi.",
        "The token is wrong, has expired or was revoked.",
    ),
    "asked_too_often": (
        "Gửi quá nhiều lần. Hãy thử lại sau {until}.",
        "Too many requests. Try again after {until}.",
    ),
    "body_too_large": (
        "Nội dung gửi quá lớn (tối đa {limit} byte). Hãy chia thành nhiều lần gửi.",
        "What was sent is too large (at most {limit} bytes). Send it in parts.",
    ),
    "body_unreadable": (
        'Không đọc được nội dung gửi: phải là JSON dạng {{"rows": […]}} bằng UTF-8.',
        'What was sent cannot be read: it must be JSON like {{"rows": […]}} in UTF-8.',
    ),
    "push_empty": ("Không có dòng nào để ghi.", "There is no row to record."),
    "push_too_long": (
        "Có {rows} dòng; mỗi lần gửi tối đa {limit} dòng.",
        "There are {rows} rows; at most {limit} may be sent at once.",
    ),
    "query_unreadable": (
        "Không đọc được tham số “{field}”.",
        "The parameter “{field}” cannot be read.",
    ),
    "push_key_unusable": (
        "Idempotency-Key không dùng được: 1–100 ký tự ASCII, không dấu cách.",
        "The Idempotency-Key cannot be used: 1–100 ASCII characters without spaces.",
    ),
    "push_key_reused": (
        "Idempotency-Key này đã dùng cho một lần gửi có nội dung khác.",
        "This Idempotency-Key was used for a delivery with other content.",
    ),
    "dossiers_not_granted": (
        "Mã truy cập này không được gửi hồ sơ; quản trị hệ thống cấp mã có quyền ấy.",
        "This token may not send dossiers; the administrator gives one that may.",
    ),
    "token_system_missing": ("Hãy ghi tên hệ thống.", "Give the system’s name."),
    "token_units_missing": ("Hãy chọn ít nhất một đơn vị.", "Choose at least one unit."),
    "token_indicators_missing": (
        "Hãy chọn chỉ tiêu, mọi chỉ tiêu, hoặc hồ sơ.",
        "Choose indicators, all of them, or dossiers.",
    ),
    "token_day_over": ("Ngày {day} đã qua.", "The day {day} is over."),
    "token_too_long": (
        "Mã truy cập dùng được đến {limit} là muộn nhất; khi sắp hết hạn hãy cấp mã mới.",
        "A token holds until {limit} at the latest; when it is about to end, make another.",
    ),
    "token_revoked_already": ("Mã truy cập này đã bị thu hồi.", "This token was revoked already."),
    "token_unknown": ("Không có mã truy cập số {number}.", "There is no token {number}."),
    "unit_outside": (
        "{unit} không thuộc địa bàn này.",
        "{unit} is not in this territory.",
    ),
    "target_year": ("“{text}” không phải một năm, ví dụ 2026.", "“{text}” is no year such as 2026."),
    "target_percent": (
        "“{text}” không phải một tỷ lệ: ghi từ 0 đến 100 (phần trăm).",
        "“{text}” is no share: write 0 to 100 (percent).",
    ),
    "target_document_missing": (
        "Hãy ghi số, ngày của văn bản giao mục tiêu.",
        "Give the number and date of the document that sets the target.",
    ),
    "target_missing": ("Không có mục tiêu nào để bỏ.", "There is no target to take back."),
    "target_weaker": (
        "Đơn vị chỉ đặt được mục tiêu bằng hoặc cao hơn mục tiêu được giao.",
        "A unit may set itself no easier target than the one it was given.",
    ),
}
