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
    "unit_code_ambiguous": (
        "Mã “{code}” có ở nhiều nơi; hãy ghi cả đường dẫn, ví dụ tinh.so.{code}.",
        "The code “{code}” stands at several places; write the whole way, like province.department.{code}.",
    ),
    "unit_of_others": (
        "{unit} không thuộc phạm vi được gửi số liệu.",
        "{unit} is outside what may be sent.",
    ),
}
