"""Explanations: why a turn is not taken."""

SENTENCES = {
    "text_needed": ("Phải ghi nội dung.", "Write what there is to say."),
    "claim_unreadable": (
        "Điểm đề nghị “{text}” không phải là số.",
        "The points claimed, “{text}”, are not a number.",
    ),
    "claim_above_maximum": (
        "Điểm đề nghị {points} nằm ngoài khoảng 0 đến {maximum}.",
        "The points claimed, {points}, are not within 0 to {maximum}.",
    ),
    "case_moved": (
        "Tiêu chí {leaf} đã có kết luận mới sau khi bạn mở trang. Hãy xem lại rồi kết luận.",
        "Criterion {leaf} was ruled on since you opened the page. Look again before you rule.",
    ),
    "case_not_open": (
        "Tiêu chí {leaf} của đơn vị này không có trường hợp nào chờ hội đồng kết luận.",
        "Nothing about criterion {leaf} of this unit waits for the council.",
    ),
    "ruling_not_chosen": (
        "Hãy chọn cách kết luận.",
        "Choose how to rule.",
    ),
}
