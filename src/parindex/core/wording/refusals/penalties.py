"""Penalties: why a case is not entered or taken back."""

SENTENCES = {
    "leaf_no_penalty": (
        "Tiêu chí {leaf} không phải điểm trừ của bộ tiêu chí.",
        "Criterion {leaf} is no penalty of the criteria set.",
    ),
    "penalty_of_others": (
        "Điểm trừ {leaf} do cơ quan khác nhập: cơ quan được phân công hoặc cơ quan thường trực.",
        "Penalty {leaf} is entered by another body: the one it is assigned to, or the secretariat.",
    ),
    "penalty_matter_needed": (
        "Phải ghi vụ việc: ai kết luận điều gì.",
        "The case is needed: who concluded what.",
    ),
    "penalty_date_needed": (
        "Phải ghi ngày của văn bản kết luận.",
        "The date of the concluding document is needed.",
    ),
    "penalty_date_ahead": (
        "Ngày văn bản {day} sau ngày hôm nay.",
        "The document’s date {day} is still to come.",
    ),
    "penalty_times": (
        "Số vụ việc là số nguyên từ 1 đến {most}.",
        "The number of cases is a whole number from 1 to {most}.",
    ),
    "penalty_answer_needed": (
        "Phải chọn hoặc ghi mức trừ theo cách chấm của tiêu chí.",
        "What the item’s rule asks for is needed.",
    ),
    "penalty_twice": (
        "Vụ việc này đã được nhập theo văn bản số {number}.",
        "This case is entered already, by document No. {number}.",
    ),
    "penalty_withdrawn": ("Vụ việc này đã được rút trước đó.", "This case was withdrawn before."),
    "penalty_council_ruled": (
        "Hội đồng đã kết luận điểm trừ {leaf} của đơn vị này; chỉ hội đồng sửa được.",
        "The council has ruled on penalty {leaf} of this unit; only the council can change it.",
    ),
    "penalty_by_case": (
        "Điểm trừ {leaf} tính theo các vụ việc đã nhập. Hãy nhập hoặc rút vụ việc ở trang Điểm trừ.",
        "Penalty {leaf} follows from the cases entered. Enter or withdraw one on the page of penalties.",
    ),
    "penalty_evidence": (
        "Tài liệu này là căn cứ của một vụ việc trừ điểm nên không gỡ được.",
        "A penalty case rests on this document, so it cannot be taken off.",
    ),
    "penalty_unit_unknown": (
        "Hãy chọn đơn vị trong danh sách.",
        "Choose a unit of the list.",
    ),
}
