"""Appraisal: why a ruling or a sign-off is not taken."""

SENTENCES = {
    "sheet_still_open": (
        "{unit} còn đang hoàn thiện bảng tự chấm; thẩm định sau khi đơn vị nộp hoặc hết hạn.",
        "{unit} is still completing its sheet; appraise once it is submitted or its deadline has passed.",
    ),
    "leaf_not_assessed": (
        "Tiêu chí {leaf} không đánh giá đối với đơn vị này.",
        "Criterion {leaf} is not assessed for this unit.",
    ),
    "part_signed_off": (
        "Phần có tiêu chí {leaf} đã được ký gửi; không sửa được nữa ở lần thẩm định này.",
        "The part with criterion {leaf} is signed off and cannot be changed in this turn.",
    ),
    "already_signed_off": (
        "{lead} đã ký gửi phần việc của lần thẩm định này.",
        "{lead} has already signed off its part of this turn.",
    ),
}
